import type { Alarm, DeviceEvent, DeviceSeen, Heartbeat, Lost, Merged, Resumed, SubscriptionEvent } from './event.ts';

/** Whatever waits for a reader. */
export type QueuedEvent = SubscriptionEvent | Alarm | Heartbeat;

/** An event and when it was told, in Unix milliseconds. */
export type Told<E> = E & { atMs: number };

/** What became of one device while changes were merged. */
interface Net {
  first: Told<DeviceEvent>;
  last: Told<DeviceEvent>;
  /** How it came into the list meanwhile, if it did and is still there. */
  added: Told<DeviceSeen> | undefined;
}

/**
 * Keeps events for a reader that may be slow, without ever waiting for it and without growing: beyond its
 * bound it keeps only what became of each device, and says so when the reader is back.
 */
export class EventQueue {
  readonly #bound: number;
  #events: Told<QueuedEvent>[] = [];
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
  push(event: Told<QueuedEvent>): void {
    if (!this.#merging && this.#events.length - this.#next >= this.#bound) {
      this.#merging = new Merging(event.atMs, this.#isLost, this.#down);
    }
    if (this.#merging) this.#merging.add(event);
    else this.#append(event);
  }

  /** Takes what waits, in order, at most so many events. */
  take(most: number): Told<QueuedEvent>[] {
    if (this.#next === this.#events.length && this.#merging) {
      const merged = this.#merging.net();
      this.#merging = undefined;
      for (const event of merged) this.#append(event);
    }
    const taken = this.#events.slice(this.#next, this.#next + most);
    this.#next += taken.length;
    if (this.#next === this.#events.length) {
      this.#events = [];
      this.#next = 0;
    }
    return taken;
  }

  #append(event: Told<QueuedEvent>): void {
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
  readonly #alarms = new Map<number, Told<Alarm>>();
  #lastGap: Told<Lost | Resumed> | undefined;
  #lastSynced: Told<QueuedEvent> | undefined;
  #changes = 0;
  #lastMs: number;

  constructor(sinceMs: number, wasLost: boolean, wasDown: ReadonlySet<number>) {
    this.#sinceMs = sinceMs;
    this.#lastMs = sinceMs;
    this.#wasLost = wasLost;
    this.#wasDown = wasDown;
  }

  add(event: Told<QueuedEvent>): void {
    this.#lastMs = event.atMs;
    if (event.event === 'merged') this.#changes += event.changes;
    else if (event.event === 'synced') this.#lastSynced = event;
    else if (event.event === 'lost' || event.event === 'resumed') this.#addGap(event);
    else if (event.event === 'down' || event.event === 'up') this.#alarms.set(event.deviceID, event);
    else if (event.event !== 'heartbeat') this.#addDevice(event);
  }

  /** What the reader has to know, in order. */
  *net(): Generator<Told<QueuedEvent>> {
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

  #addGap(event: Told<Lost | Resumed>): void {
    this.#lastGap = event;
    // A gap begins before it is noticed.
    if (event.event === 'lost') this.#sinceMs = Math.min(this.#sinceMs, event.sinceMs);
  }

  #addDevice(event: Told<DeviceEvent>): void {
    if (event.event === 'change') this.#changes++;
    const net = this.#devices.get(event.deviceID);
    const added = 'device' in event ? event : event.event === 'removed' ? undefined : net?.added;
    this.#devices.set(event.deviceID, { first: net?.first ?? event, last: event, added });
  }
}

function* netOf({ first, last, added }: Net): Generator<Told<DeviceEvent>> {
  if (last.event === 'removed') {
    if (!('device' in first)) yield { ...last, from: first.from ?? last.from };
    return;
  }
  const { deviceID, to, connected, atMs } = last;
  if (added) yield { ...added, to, connected, atMs };
  else if (first.event !== 'change' || first.from !== to) {
    const from = first.event === 'change' ? first.from : null;
    yield { event: 'change', deviceID, from, to, connected, timestamp: null, synthetic: true, atMs };
  }
}
