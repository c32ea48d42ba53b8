import type { Time } from '../../base/time.ts';
import type { PrintRows } from '../../cli/session.ts';
import type { GsdkError } from '../../errors/gsdk-error.ts';
import type { DownTracker } from '../../gateway/subscription/down-tracker.ts';
import type { SubscriptionEvent } from '../../gateway/subscription/event.ts';
import { type DeliveredEvent, OutputQueue, type QueuedEvent } from '../../gateway/subscription/event-queue.ts';
import { isSelectedDevice, isSelectedStatus, type Selection } from '../../gateway/subscription/selection.ts';
import type { Subscription } from '../../gateway/subscription/subscription.ts';
import type { Tally } from '../../gateway/subscription/tally.ts';
import type { Row } from '../../render/view.ts';
import type { Handlers } from './handlers.ts';
import { toRow } from './rows.ts';
import type { WatchGroup } from './watch-group.ts';

/** When a watch ends by itself. */
export interface Bounds {
  durationMs?: number | undefined;
  /** Every device that is watched has one of these statuses. */
  untilStatuses?: ReadonlySet<string> | undefined;
}

/** What a watch consists of. */
export interface WatchParts {
  time: Time;
  context: Row;
  /** What it shares with the watches of other gateways; also that so many changes were printed ends it. */
  group: WatchGroup;
  selection: Selection;
  bounds: Bounds;
  hasSnapshot: boolean;
  tracker: DownTracker | undefined;
  tally: Tally | undefined;
  handlers: Pick<Handlers, 'push'> | undefined;
}

/** How many events wait for a slow reader one by one; beyond, what became of each device. */
const waitingAtMost = 16_384;

/** How many lines are written at once. */
const batchLength = 512;

/**
 * Between a subscription, which never waits, and a reader, who may be slow: what is told goes to the lines, the
 * handlers and the counts, until a bound is met.
 */
export class Watching {
  readonly #parts: WatchParts;
  readonly #queue = new OutputQueue(waitingAtMost);
  readonly #ended = new AbortController();
  #wake = () => {};
  #hasSynced = false;
  #isSynced = false;
  #printed = 0;
  #failure: GsdkError | undefined;

  constructor(parts: WatchParts) {
    this.#parts = parts;
    const { durationMs } = parts.bounds;
    const { group } = parts;
    group.signal.addEventListener('abort', () => this.end(group.signal.reason));
    if (durationMs !== undefined)
      this.#ended.signal.addEventListener(
        'abort',
        parts.time.after(durationMs, () => this.end('duration')),
      );
  }

  /** Aborted once it is to end; the reason is why. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Whether the gateway is heard. */
  get isSynced(): boolean {
    return this.#isSynced;
  }

  /** Gives a sign of life, once there was one of the gateway. */
  beat(): void {
    if (this.#hasSynced) this.say({ event: 'heartbeat', lost: !this.#isSynced });
  }

  /** Takes what the subscription tells. */
  readonly told = (event: SubscriptionEvent, subscription: Pick<Subscription, 'devices'>): void => {
    const { selection, tracker, tally, hasSnapshot } = this.#parts;
    if (event.event === 'synced') this.#hasSynced = this.#isSynced = true;
    if (event.event === 'lost') this.#isSynced = false;
    if (!isSelectedDevice(event, selection)) return;
    tally?.told(event);
    if (isSelectedStatus(event, selection) && (hasSnapshot || event.event !== 'snapshot')) this.say(event);
    tracker?.told(event);
    if (this.#isEverywhereAsWanted(subscription)) this.end('until-state');
  };

  /** Prints an event, and hands it to the handlers. */
  say(event: QueuedEvent): void {
    if (this.#ended.signal.aborted) return;
    // The time first: a property that is added after a spread makes V8 lay out each object anew.
    const told: DeliveredEvent<QueuedEvent> = { atMs: this.#parts.time.now(), ...event };
    this.#queue.push(told);
    const { group, handlers } = this.#parts;
    if (event.event === 'change') group.said++;
    // What will not be printed any more is not handled either.
    if (group.isWanted) handlers?.push(told);
    this.#wake();
  }

  /** Ends it in order. @param failure what is wrong, if it was not meant to end */
  end(reason: string, failure?: GsdkError): void {
    if (this.#ended.signal.aborted) return;
    this.#failure = failure;
    this.#ended.abort(reason);
    this.#wake();
  }

  /**
   * Prints what is told, until it ends or nobody reads any more.
   *
   * @throws GsdkError when it ended because of a failure
   */
  async print(print: PrintRows): Promise<void> {
    const { signal } = this.#ended;
    const { group } = this.#parts;
    while (group.left > 0 && (!signal.aborted || !this.#queue.isEmpty)) {
      if (this.#queue.isEmpty) await this.#somethingNew();
      else if (!(await print(this.#take()))) return group.end('reader gone');
      if (group.left <= 0) group.end('count');
    }
    await print([toRow(this.#lastWord(signal.reason), this.#parts.context)]);
    if (this.#failure) throw this.#failure;
  }

  /** At the end of the turn in which something came: what else came in it is written with it. */
  #somethingNew(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        this.#wake = () => {};
        setImmediate(resolve);
      };
    });
  }

  #take(): Row[] {
    const { group, context } = this.#parts;
    const events = this.#queue.take(Math.min(batchLength, group.left));
    const changes = events.filter(({ event }) => event === 'change').length;
    this.#printed += changes;
    group.printed += changes;
    return events.map((event) => toRow(event, context));
  }

  #lastWord(reason: string) {
    const { tally, time } = this.#parts;
    return { event: 'end' as const, reason, changes: this.#printed, devices: tally?.devices, atMs: time.now() };
  }

  #isEverywhereAsWanted({ devices }: Pick<Subscription, 'devices'>): boolean {
    const { bounds, selection } = this.#parts;
    const { untilStatuses } = bounds;
    if (!untilStatuses || !this.#isSynced) return false;
    const watched = selection.deviceIDs ?? devices.keys();
    const isAsWanted = (id: number) => untilStatuses.has(devices.get(id)?.status ?? '');
    return [...watched].every(isAsWanted) && devices.size > 0;
  }
}
