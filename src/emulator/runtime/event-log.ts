import type { Clock } from '../clock/clock.ts';

/** What can be done at a device. */
export type DeviceAction = 'unplug' | 'plug' | 'refuse' | 'accept' | 'reboot' | 'move' | 'set' | 'add' | 'remove';

/** What happened, without when. */
export type Happening =
  /** A change of status as the gateway process saw it, whether or not anybody was told. */
  | { readonly kind: 'status'; readonly deviceID: number; readonly status: number }
  /** A device entered the managed list, in status DISCONNECTED. */
  | { readonly kind: 'added'; readonly deviceID: number }
  /** A device left the managed list. */
  | { readonly kind: 'removed'; readonly deviceID: number }
  /** A gateway process began, with an empty managed list, or ended: what lies between is an epoch. */
  | { readonly kind: 'gateway'; readonly what: 'started' | 'stopped' }
  /** Somebody walked up to a device; `what` is the name of the method of `Fieldwork`. */
  | { readonly kind: 'device'; readonly deviceID: number; readonly what: DeviceAction }
  /** A rule of faults was added, has fired for these devices, or was taken back. */
  | {
      readonly kind: 'rule';
      readonly id: string;
      readonly what: 'added' | 'fired' | 'removed';
      readonly deviceIDs: readonly number[];
    }
  /** A fault was set, taken back or ended; `what` is the name of the method of `Faults`. */
  | { readonly kind: 'fault'; readonly what: string };

/** A happening with its place in the order of all; `time` in milliseconds since the Unix epoch of the emulated clock. */
export type EventLogEntry = Happening & { readonly seq: number; readonly time: number };

/**
 * What really happened, outside the wire: that against which the report of a client can be held. It only grows at its
 * end; beyond its bound the oldest entries go.
 */
export class EventLog {
  readonly #clock: Clock;
  readonly #bound: number;
  #entries: EventLogEntry[] = [];
  #seq = 0;
  readonly #followers = new Set<(entry: EventLogEntry) => void>();

  /** @param bound how many entries are kept at least; up to twice as many are held in memory */
  constructor(clock: Clock, bound: number) {
    this.#clock = clock;
    this.#bound = bound;
  }

  /** How many happenings there have been in all: the `seq` of the newest one, which is 1 for the first. */
  get seq(): number {
    return this.#seq;
  }

  /** The entries that are kept, oldest first: a view that grows, so copy what is to stay as it is. */
  get entries(): readonly EventLogEntry[] {
    return this.#entries;
  }

  /** The kept entries after the one with this `seq`. */
  since(seq: number): EventLogEntry[] {
    const kept = this.#seq - this.#entries.length;
    return this.#entries.slice(Math.max(0, seq - kept));
  }

  /**
   * Tells of each entry as it is written, in the middle of what happens: a follower that wants to do something about it
   * has to do so later. @returns what ends it
   */
  follow(follower: (entry: EventLogEntry) => void): () => void {
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** Forgets all entries; the numbers go on. */
  clear(): void {
    this.#entries = [];
  }

  /** Adds an entry. */
  add(happening: Happening): void {
    if (this.#entries.length >= 2 * this.#bound) this.#entries = this.#entries.slice(-this.#bound);
    this.#seq += 1;
    const entry = { seq: this.#seq, time: Math.floor(this.#clock.now()), ...happening };
    this.#entries.push(entry);
    for (const follower of this.#followers) follower(entry);
  }
}
