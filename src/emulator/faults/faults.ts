import { status } from '@grpc/grpc-js';
import { Connect } from '../../gen/connect_pb.ts';
import type { Clock } from '../clock/clock.ts';
import type { CrashOptions, GatewayHost } from '../gateway-host.ts';
import type { Journal } from '../journal.ts';
import { RpcError } from '../rpc-error.ts';
import type { ConnectionEnd, ResetCode } from '../server/connections.ts';
import type { Listener } from '../server/listener.ts';
import type { Site } from '../site.ts';
import { type BurstOptions, burst } from './burst.ts';
import type { StreamFlaws } from './stream-flaws.ts';

/** What faults act on. */
export interface FaultTargets {
  readonly site: Site;
  readonly host: GatewayHost;
  readonly listener: Listener;
  readonly clock: Clock;
  readonly journal: Journal;
  readonly flaws: StreamFlaws;
}

/** How a stream is ended: with a status of gRPC, `OK` included, or by a reset of HTTP/2 without any. */
export type StreamEnd =
  | { readonly code: keyof typeof status; readonly text?: string | undefined }
  | { readonly rst: ResetCode };

/** How a gateway asks its clients to leave. */
export interface GoAwayOptions {
  /** How long what is open on these connections may go on, in emulated milliseconds. Default: as long as it likes. */
  readonly graceMs?: number | undefined;
  /** Whether the status streams that are open on them fall silent for ever. Default false. */
  readonly freezeStreams?: boolean | undefined;
}

const subscribePath = `/${Connect.typeName}/${Connect.method.subscribeStatus.name}`;

/**
 * What can be done to a running gateway, at any time and under load. What is frozen, and what has been done to
 * connections, is over with the gateway process; the flaws of streams (`registerLate` to `duplicateChanges`) stay
 * until they are taken back. Each is written in the journal.
 */
export class Faults {
  readonly #targets: FaultTargets;

  constructor(targets: FaultTargets) {
    this.#targets = targets;
  }

  /**
   * Lets the gateway take connections and requests and never answer: open streams stay open and silent, no request is
   * carried out. The side towards the devices goes on. With `streams`, only status streams are so, and calls are answered.
   */
  freeze(what: 'everything' | 'streams' = 'everything'): void {
    const { calls, streams } = this.#gates('freeze');
    streams.shut();
    if (what === 'everything') calls.shut();
  }

  /** Ends a freeze: what has waited is carried out and answered, and streams tell what their queue has held. */
  thaw(): void {
    const { calls, streams } = this.#gates('thaw');
    calls.open();
    streams.open();
  }

  /** Ends all status streams and nothing else; a status is an answer, so it waits for the end of a freeze. */
  dropStreams(how: StreamEnd = { code: 'UNAVAILABLE' }): void {
    this.#note('dropStreams');
    const { listener, site } = this.#targets;
    if ('rst' in how) listener.connections.reset(subscribePath, how.rst);
    else site.gateway.statusFeed.drop(how.code === 'OK' ? undefined : new RpcError(status[how.code], how.text ?? ''));
  }

  /** Ends all connections of clients; new ones are taken at once, by the same gateway process. */
  dropConnections(how: ConnectionEnd = 'fin'): void {
    this.#note('dropConnections');
    this.#targets.listener.connections.drop(how);
  }

  /** Tells all clients by GOAWAY to open no more streams on the connections that they have; new ones are taken. */
  goAway({ graceMs, freezeStreams }: GoAwayOptions = {}): void {
    this.#note('goAway');
    const { listener, site, clock } = this.#targets;
    if (freezeStreams) site.gateway.statusFeed.mute();
    const end = listener.connections.goAway();
    if (graceMs !== undefined) clock.after(graceMs, end);
  }

  /** Ends the gateway process and leaves its port refusing, for a time or until `restartGateway`. */
  crash(options?: CrashOptions): void {
    this.#note('crash');
    this.#targets.host.crash(options);
  }

  /** Makes many changes of status, by links that blip: each device in turn goes down, and the next time up again. */
  burst(options: BurstOptions): void {
    this.#note('burst');
    const { clock, site } = this.#targets;
    burst(clock, () => (site.isUp ? site.gateway : undefined), options);
  }

  /** Registers each new subscriber so long after its call has come, in emulated milliseconds; 0 takes it back. */
  registerLate(lateMs: number): void {
    this.#note('registerLate');
    this.#targets.flaws.lateMs = lateMs;
  }

  /** Lets no more than `size` changes wait for any subscriber, whatever it asked for; `Infinity` takes it back. */
  limitQueues(size: number): void {
    this.#note('limitQueues');
    this.#targets.flaws.queueBound = size;
  }

  /** Tells no subscriber of the next `count` changes, as a queue does that is full. */
  loseChanges(count: number): void {
    this.#note('loseChanges');
    this.#targets.flaws.toLose = count;
  }

  /** Tells each subscriber twice of the next `count` changes. */
  duplicateChanges(count: number): void {
    this.#note('duplicateChanges');
    this.#targets.flaws.toDuplicate = count;
  }

  /** Takes back whatever goes on: freezes, and the flaws of streams. */
  clear(): void {
    this.#targets.flaws.clear();
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
