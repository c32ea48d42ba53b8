import { decideOutcome } from '../../errors/write-outcome.ts';
import type { ManagedDevice } from '../../gateway/gateway.ts';
import type { Verification } from '../../gateway/operations/verified-call.ts';
import type { DeviceResult } from '../../render/results.ts';

/** What a write wanted of a device. */
export interface Goal {
  /** Whether the entry in the gateway's list, or its absence, is as wanted. */
  isMet(entry: ManagedDevice | undefined): boolean;
  /** Whether an entry that is not as wanted may have been so between the call and the look. */
  mayReturn?(entry: ManagedDevice | undefined): boolean;
  /** What to say when the call succeeded and the list shows otherwise. */
  unmet: string;
}

/**
 * What became of a device that was written to: what the list shows counts, whatever the call answered.
 * Without a list an answer that all is done is taken; one that something failed leaves every device of
 * the call unknown, as the others may well be done (gateway-behaviour F36).
 */
export function toDeviceOutcome(
  deviceID: number,
  { failures, after }: Verification,
  { isMet, mayReturn, unmet }: Goal,
): Pick<DeviceResult, 'ok' | 'changed' | 'outcome' | 'failure'> {
  const failure = failures.get(deviceID);
  const isSeen = after !== undefined && isMet(after.get(deviceID));
  if (isSeen || (after === undefined && !failure)) return { ok: true, changed: true, outcome: 'applied' };
  if (failure) {
    const entry = after?.get(deviceID);
    const decided = decideOutcome(failure, after === undefined || mayReturn?.(entry) ? undefined : false);
    return { ok: false, changed: false, outcome: decided.outcome, failure: decided };
  }
  const message = `${deviceID} ${unmet}`;
  return {
    ...{ ok: false, changed: false, outcome: 'unknown' },
    failure: { class: 'DEVICE', message, hint: 'look again: gsdk device ls', stage: 'device', outcome: 'unknown' },
  };
}
