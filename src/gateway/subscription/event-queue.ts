import type {
  Alarm,
  DeviceEvent,
  DeviceRemoved,
  DeviceSeen,
  Heartbeat,
  Lost,
  Merged,
  Resumed,
  SubscriptionEvent,
} from './event.ts';

/** Whatever waits for a reader. */
export type QueuedEvent = SubscriptionEvent | Alarm | Heartbeat;

/** An event and when it was told, in Unix milliseconds. */
export type DeliveredEvent<E> = E & { atMs: number };

/** What became of one device while changes were merged. */
interface Net {
  first: DeliveredEvent<DeviceEvent>;
  last: DeliveredEvent<DeviceEvent>;
  /** How it last came into the list or left it meanwhile, if it did. */
  listed: DeliveredEvent<DeviceSeen | DeviceRemoved> | undefined;
}

/**
 * Keeps events for a reader that may be slow, without ever waiting for it and without growing: beyond its
 * bound it keeps only what became of each device, and says so when the reader is back.
 */
export class OutputQueue {
  readonly #bound: number;
  #events: DeliveredEvent<QueuedEvent>[] = [];
  #next = 0;
  #merging: Merging | undefined;
  #isLost = false;
  readonly #down = new Set<number>();

  /** @param bound how many events may wait one by one */
  constructor(bound: number) {
    this.#bound = bound;
  }

  /** Whether anything waits. */
  get isEmpty(): boolean {
    return this.#next === this.#events.length && !this.#merging;
  }

  /** Keeps an event. */
  push(event: DeliveredEvent<QueuedEvent>): void {
    if (!this.#merging && this.#events.length - this.#next >= this.#bound) {
      this.#merging = new Merging(event.atMs, this.#isLost, this.#down);
    }
    if (this.#merging) this.#merging.add(event);
    else this.#append(event);
  }

  /** Takes what waits, in order, at most so many events. */
  take(most: number): DeliveredEvent<QueuedEvent>[] {
    if (this.#next === this.#events.length && this.#merging) {
      const merged = this.#merging.net();
      this.#merging = undefined;
      for (const event of merged) this.#append(event);
    }
    const taken = this.#events.slice(this.#next, this.#next + most);
    this.#next += taken.length;
    // A reader that is always a little behind would else keep all that it ever took.
    if (this.#next === this.#events.length || this.#next >= this.#bound) {
      this.#events = this.#events.slice(this.#next);
      this.#next = 0;
    }
    return taken;
  }

  #append(event: DeliveredEvent<QueuedEvent>): void {
    if (event.event === 'lost') this.#isLost = true;
    if (event.event === 'resumed') this.#isLost = false;
    if (event.event === 'down') this.#down.add(event.deviceID);
    if (event.event === 'up') this.#down.delete(event.deviceID);
    this.#events.push(event);
  }
}

/** Events of which only the sum is kept. */
class Merging {
  #sinceMs: number;
  readonly #wasLost: boolean;
  readonly #wasDown: ReadonlySet<number>;
  readonly #devices = new Map<number, Net>();
  readonly #alarms = new Map<number, DeliveredEvent<Alarm>>();
  #lastGap: DeliveredEvent<Lost | Resumed> | undefined;
  #lastSynced: DeliveredEvent<QueuedEvent> | undefined;
  #changes = 0;
  #lastMs: number;

  constructor(sinceMs: number, wasLost: boolean, wasDown: ReadonlySet<number>) {
    this.#sinceMs = sinceMs;
    this.#lastMs = sinceMs;
    this.#wasLost = wasLost;
    this.#wasDown = wasDown;
  }

  add(event: DeliveredEvent<QueuedEvent>): void {
    this.#lastMs = event.atMs;
    if (event.event === 'merged') this.#addMerged(event);
    else if (event.event === 'synced') this.#lastSynced = event;
    else if (event.event === 'lost' || event.event === 'resumed') this.#addGap(event);
    else if (event.event === 'down' || event.event === 'up') this.#alarms.set(event.deviceID, event);
    else if (event.event !== 'heartbeat') this.#addDevice(event);
  }

  /** What the reader has to know, in order. */
  *net(): Generator<DeliveredEvent<QueuedEvent>> {
    const merged: Merged = { event: 'merged', changes: this.#changes, sinceMs: this.#sinceMs };
    yield { ...merged, atMs: this.#lastMs };
    const isLost = this.#lastGap ? this.#lastGap.event === 'lost' : this.#wasLost;
    if (this.#lastGap && this.#wasLost && !isLost) yield this.#lastGap;
    for (const net of this.#devices.values()) yield* netOf(net);
    for (const alarm of this.#alarms.values()) {
      if (this.#wasDown.has(alarm.deviceID) !== (alarm.event === 'down')) yield alarm;
    }
    if (this.#lastSynced) yield this.#lastSynced;
    if (this.#lastGap && isLost && !this.#wasLost) yield this.#lastGap;
  }

  #addMerged({ changes, sinceMs }: Merged): void {
    this.#changes += changes;
    this.#sinceMs = Math.min(this.#sinceMs, sinceMs);
  }

  #addGap(event: DeliveredEvent<Lost | Resumed>): void {
    this.#lastGap = event;
    // A gap begins before it is noticed.
    if (event.event === 'lost') this.#sinceMs = Math.min(this.#sinceMs, event.sinceMs);
  }

  #addDevice(event: DeliveredEvent<DeviceEvent>): void {
    if (event.event === 'change') this.#changes++;
    const net = this.#devices.get(event.deviceID);
    const listed = event.event === 'change' ? net?.listed : event;
    this.#devices.set(event.deviceID, { first: net?.first ?? event, last: event, listed });
  }
}

function* netOf({ first, last, listed }: Net): Generator<DeliveredEvent<DeviceEvent>> {
  const from = 'from' in first ? first.from : null;
  // DeliveredEvent even of a device that came meanwhile: its changes may have been told before it was in the list.
  if (listed?.event === 'removed') yield { ...listed, from: from ?? listed.from };
  if (last.event === 'removed') return;
  const { deviceID, to, connected, atMs } = last;
  if (listed && 'device' in listed) yield { ...listed, to, connected, atMs };
  else if (listed || from !== to) {
    const known = listed ? null : from;
    yield { event: 'change', deviceID, from: known, to, connected, timestamp: null, synthetic: true, atMs };
  }
}
