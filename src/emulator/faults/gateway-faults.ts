import { status } from '@grpc/grpc-js';
import { Connect } from '../../gen/connect_pb.ts';
import type { Clock } from '../clock/clock.ts';
import type { FaultRules } from '../rules/fault-rule.ts';
import type { EventLog } from '../runtime/event-log.ts';
import type { GatewayHost } from '../runtime/gateway-host.ts';
import type { Simulation } from '../runtime/simulation.ts';
import type { Listener } from '../server/listener.ts';
import { methodPath } from '../server/wire-names.ts';
import { RpcError } from '../services/rpc-error.ts';
import { burst } from './burst.ts';
import type {
  BurstOptions,
  ConnectionEnd,
  CrashOptions,
  Faults,
  GoAwayOptions,
  RotationOptions,
  StreamEnd,
} from './faults.ts';
import type { StreamFlaws } from './stream-flaws.ts';

/** What faults act on. */
export interface FaultTargets {
  readonly site: Simulation;
  readonly host: GatewayHost;
  readonly listener: Listener;
  readonly clock: Clock;
  readonly journal: EventLog;
  readonly flaws: StreamFlaws;
  readonly rules: FaultRules;
}

/** The faults of a gateway, as they are carried out. */
export class GatewayFaults implements Faults {
  readonly #targets: FaultTargets;

  constructor(targets: FaultTargets) {
    this.#targets = targets;
  }

  freeze(what: 'everything' | 'streams' = 'everything'): void {
    const { calls, streams } = this.#gates('freeze');
    streams.shut();
    if (what === 'everything') calls.shut();
  }

  thaw(): void {
    const { calls, streams } = this.#gates('thaw');
    calls.open();
    streams.open();
  }

  dropStreams(how: StreamEnd = { code: 'UNAVAILABLE' }): void {
    this.#note('dropStreams');
    const { listener, site } = this.#targets;
    const { settings, statusFeed } = site.gateway;
    if ('rst' in how) listener.connections.reset(methodPath(Connect.method.subscribeStatus, settings), how.rst);
    else statusFeed.drop(how.code === 'OK' ? undefined : new RpcError(status[how.code], how.text ?? ''));
  }

  dropConnections(how: ConnectionEnd = 'fin'): void {
    this.#note('dropConnections');
    this.#targets.listener.connections.drop(how);
  }

  goAway({ graceMs, freezeStreams }: GoAwayOptions = {}): void {
    this.#note('goAway');
    const { listener, site, clock } = this.#targets;
    if (freezeStreams) site.gateway.statusFeed.mute();
    const end = listener.connections.goAway();
    if (graceMs !== undefined) clock.after(graceMs, end);
  }

  crash(options?: CrashOptions): void {
    this.#note('crash');
    this.#targets.host.crash(options);
  }

  rotateCertificate(options: RotationOptions = {}): void {
    this.#note('rotateCertificate');
    this.#targets.host.rotateCertificate(options);
  }

  burst(options: BurstOptions): void {
    this.#note('burst');
    const { clock, site } = this.#targets;
    burst(clock, () => (site.isUp ? site.gateway : undefined), options);
  }

  registerLate(lateMs: number): void {
    this.#note('registerLate');
    this.#targets.flaws.lateMs = lateMs;
  }

  limitQueues(size: number): void {
    this.#note('limitQueues');
    this.#targets.flaws.queueBound = size;
  }

  loseChanges(count: number): void {
    this.#note('loseChanges');
    this.#targets.flaws.toLose = count;
  }

  duplicateChanges(count: number): void {
    this.#note('duplicateChanges');
    this.#targets.flaws.toDuplicate = count;
  }

  clear(): void {
    this.#targets.flaws.clear();
    this.#targets.rules.clear();
    this.thaw();
  }

  #gates(what: string) {
    this.#note(what);
    return this.#targets.site.gateway.gates;
  }

  #note(what: string): void {
    this.#targets.journal.add({ kind: 'fault', what });
  }
}
