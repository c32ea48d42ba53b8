import type { Code } from '../faults/faults.ts';
import type { LinkLoss } from '../world/device.ts';

/** What a rule can do, by name. */
export type EffectName =
  | 'linkDown'
  | 'refuse'
  | 'blackHole'
  | 'slowHandshake'
  | 'certificateMismatch'
  | 'wrongDevice'
  | 'code'
  | 'deviceError'
  | 'hang'
  | 'notSupported';

/** Something that the journal will tell, and that a rule waits for. */
export interface AwaitedEvent {
  /** The kind of its entry in the journal. */
  readonly kind: 'status' | 'added' | 'removed' | 'device' | 'gateway';
  /** Whose it is: IDs, or a selector. Default: those of the rule. */
  readonly deviceIDs?: string | readonly number[];
  /** Of `status`: the name or number of the new status. Default: any. */
  readonly status?: string | number;
  /** Of `device` and `gateway`: `unplug`, `started`, ... Default: any. */
  readonly what?: string;
}

/**
 * A rule about what goes wrong, as it stands in JSON: which calls, which devices, what becomes of them, and when. What
 * is left out limits nothing. Durations are texts such as `"5s"`, of emulated time, counted from the adding of the rule.
 */
export interface FaultRule {
  /** What it is called. Default: `rule-1`, `rule-2`, ... */
  readonly id?: string;
  /** The method that is called, `EnableSSL`, or `*`. A dial of an async connection is one of `AddAsyncConnection`. */
  readonly rpc?: string;
  /** Whom it concerns: IDs, or a selector that is looked up when the rule is added. */
  readonly deviceIDs?: string | readonly number[];
  readonly effect: EffectName;

  /** Of `linkDown`: how the link goes. Default `silent`. */
  readonly how?: LinkLoss;
  /** Of `linkDown`: how long it is gone. Default: as long as the rule is there. */
  readonly lasts?: string;
  /** Of `slowHandshake`: how long a session takes to open. */
  readonly handshake?: string;
  /** Of `wrongDevice`: who answers. Default: the next device of the fleet that can. */
  readonly otherDeviceID?: number;
  /** Of `code` and `deviceError`: a status of gRPC. */
  readonly code?: Exclude<Code, 'OK'>;
  /** Of `code` and `deviceError`: the text beside it. Default: none. */
  readonly text?: string;
  /** Of `code` and `hang`: whether the call is carried out all the same, and only its answer lost. Default false. */
  readonly carriedOut?: boolean;

  /** From when on; the moment of a `linkDown` that waits for no call. */
  readonly at?: string;
  /** Between when. */
  readonly window?: { readonly from: string; readonly to: string };
  /** From the first such event on; a `linkDown` that waits for no call happens at each. */
  readonly on?: AwaitedEvent;
  /** Only each so-manieth of what it matches. */
  readonly every?: number;
  /** Only the so-manieth of what it matches. */
  readonly nth?: number;
  /** Not more often than that. */
  readonly times?: number;
  /** By chance, 0 to 1, which follows from the seed, the rule, the device, and how often that one was matched. */
  readonly rate?: number;
}

/** A rule in force. */
export interface RuleReport {
  readonly id: string;
  /** How often it has fired. */
  readonly fired: number;
  /** How often there was something that it matches, at a time when it could have fired. */
  readonly matched: number;
  readonly rule: FaultRule;
}

/** The rules in force, which outlive the gateway process; of several that fire at once, the first decides. */
export interface FaultRules {
  /** Puts a rule in force. @throws RangeError naming the key that cannot be, or an ID that is taken */
  add(rule: FaultRule): RuleReport;
  /** All rules, in the order in which they came. */
  list(): RuleReport[];
  /** Takes a rule back, and with it what it has done to links; whether there was one. */
  remove(id: string): boolean;
  /** Takes all of them back. */
  clear(): void;
}
