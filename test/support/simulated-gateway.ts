import { type ManualClock, manualClock } from '../../src/emulator/index.ts';
import { GsdkError } from '../../src/errors/gsdk-error.ts';
import type { ManagedDevice, StatusChange } from '../../src/gateway/gateway.ts';
import type { LinkListener, OpenLink } from '../../src/gateway/subscription/link.ts';
import { managed } from './fake-gateway.ts';

/** A change of status as it happened, whoever heard of it. */
export interface JournalEntry {
  atMs: number;
  deviceID: number;
  status: string;
  /** Whether no stream told it: dropped for a subscriber that was too slow, or the status of a new entry. */
  isUntold: boolean;
  /** What tells it from all others, if the wire does: real gateways tell whole seconds only. */
  timestamp?: number;
}

/** The longest that anything is on its way in the simulated network, in milliseconds. */
export const longestDelayMs = 90;

/** A link as the simulation sees it. */
interface SimulatedLink {
  listener: LinkListener;
  isSubscribed: boolean;
  /** Told to go away: its stream is open and silent, and calls are for another connection. */
  isGone: boolean;
  /** Open and silent, whatever is asked. */
  isHung: boolean;
  isOver: boolean;
  /** How many changes may wait; beyond, they are dropped. */
  roomLeft: number;
  lastDeliveryMs: Map<number, number>;
}

/**
 * A gateway that consists of nothing but its behaviour in time: no promise, no socket, so that a thousand runs
 * take a second. Everything random comes from one seed.
 */
export class SimulatedGateway {
  readonly clock: ManualClock = manualClock(1_700_000_000_000);
  readonly journal: JournalEntry[] = [];
  readonly devices = new Map<number, ManagedDevice>();
  /** Whether a call that belongs to another connection is served there: what a library does on its own. */
  servesElsewhere = false;
  /** Whether a gateway confirms a stream at once, instead of when it has subscribed it. */
  confirmsEarly = false;
  /** Whether nothing happens any more but what is asked for. */
  isQuiet = false;
  #links = new Set<SimulatedLink>();
  #refusesUntilMs = 0;
  #frozenUntilMs = 0;
  #isDuplicating = false;
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = generator(seed);
  }

  /** A number from 0 to 1. */
  random(): number {
    return this.#random();
  }

  /** Puts a device into the list. */
  add(deviceID: number, status: string): void {
    if (this.devices.has(deviceID)) return;
    this.devices.set(deviceID, managed(deviceID, { status, connected: isConnected(status) }));
    this.journal.push({ atMs: this.clock.now(), deviceID, status, isUntold: true });
  }

  /** Takes a device out of the list; one that is connected is told to be disconnected before. */
  remove(deviceID: number): void {
    if (this.devices.get(deviceID)?.connected) this.change(deviceID, 'DISCONNECTED');
    this.devices.delete(deviceID);
  }

  /** Changes the status of a device, if it is another one. */
  change(deviceID: number, status: string): void {
    const device = this.devices.get(deviceID);
    if (!device || device.status === status) return;
    const connected = isConnected(status);
    this.devices.set(deviceID, { ...device, status, connected });
    const atMs = this.clock.now();
    // Unlike real ones, so that a line stands for one entry and no other.
    const timestamp = this.journal.length;
    const entry: JournalEntry = { atMs, deviceID, status, isUntold: false, timestamp };
    this.journal.push(entry);
    const change = { deviceID, status, connected, timestamp };
    for (const link of this.#links) this.#deliver(link, change, entry);
    this.#isDuplicating = false;
  }

  /** The next change is told twice. */
  duplicate(): void {
    this.#isDuplicating = true;
  }

  /** Ends all streams, in order or not. */
  dropStreams(withError: boolean): void {
    for (const link of this.#links) this.#end(link, withError ? 'stream reset' : undefined);
  }

  /** Every stream stays open and silent; whatever else is asked is for a new connection. */
  goAway(): void {
    for (const link of this.#links) link.isGone = true;
  }

  /** Accepts everything and answers nothing. */
  freeze(forMs: number): void {
    this.#frozenUntilMs = this.clock.now() + forMs;
    for (const link of this.#links) link.isHung = true;
  }

  /** Ends the process, and starts it again later. */
  crash(downMs: number, remembers: boolean): void {
    this.dropStreams(true);
    this.#refusesUntilMs = this.clock.now() + downMs;
    if (!remembers) this.devices.clear();
  }

  /** Takes only so many changes for its subscribers for a while. */
  overflow(room: number, forMs: number): void {
    for (const link of this.#links) link.roomLeft = room;
    this.clock.after(forMs, () => {
      for (const link of this.#links) link.roomLeft = Number.POSITIVE_INFINITY;
    });
  }

  /** Dials it. */
  readonly open: OpenLink = (listener) => {
    const link: SimulatedLink = {
      listener,
      ...{ isSubscribed: false, isGone: false, isHung: false, isOver: false },
      roomLeft: Number.POSITIVE_INFINITY,
      lastDeliveryMs: new Map(),
    };
    this.#later(() => {
      if (this.clock.now() < this.#refusesUntilMs) this.#end(link, 'connection refused');
      else {
        this.#links.add(link);
        listener.dialed();
      }
    });
    return {
      subscribe: () => this.#subscribe(link),
      list: () => this.#list(link),
      close: () => {
        link.isOver = true;
        this.#links.delete(link);
      },
    };
  };

  #subscribe(link: SimulatedLink): void {
    if (this.confirmsEarly) link.listener.subscribed();
    // Later than the call, but within what a gateway may take.
    this.#whenAwake(this.#random() * 240, () => {
      link.isSubscribed = true;
      if (this.#random() < 0.5) this.#later(() => link.listener.subscribed());
    });
  }

  #list(link: SimulatedLink): void {
    this.#whenAwake(this.#random() * longestDelayMs, () => {
      if (link.isHung) return;
      if (link.isGone && !this.servesElsewhere) {
        this.#end(link, 'the connection is closed');
        return;
      }
      const devices = [...this.devices.values()];
      this.#later(() => link.listener.listed(devices));
      // Something that happens right behind the list, and may overtake it.
      if (!this.isQuiet && this.#random() < 0.3) this.#overtake(devices);
    });
  }

  #overtake(devices: readonly ManagedDevice[]): void {
    const device = devices[Math.floor(this.#random() * devices.length)];
    if (device) this.change(device.deviceID, device.connected ? 'DISCONNECTED' : 'TLS_CONNECTED');
  }

  #deliver(link: SimulatedLink, change: StatusChange, entry: JournalEntry): void {
    if (!link.isSubscribed || link.isGone || link.isHung) return;
    if (link.roomLeft-- < 1) {
      entry.isUntold = true;
      return;
    }
    const atMs = Math.max(
      this.clock.now() + this.#random() * longestDelayMs,
      link.lastDeliveryMs.get(change.deviceID) ?? 0,
    );
    link.lastDeliveryMs.set(change.deviceID, atMs);
    for (let copies = this.#isDuplicating ? 2 : 1; copies > 0; copies--) {
      this.clock.after(atMs - this.clock.now(), () => {
        if (!link.isOver) link.listener.changed(change);
      });
    }
  }

  #end(link: SimulatedLink, reason: string | undefined): void {
    this.#links.delete(link);
    link.isSubscribed = false;
    this.#later(() => {
      if (!link.isOver) link.listener.ended(reason === undefined ? undefined : brokenBy(reason));
      link.isOver = true;
    });
  }

  /** Does what a gateway is asked to do, once it is not frozen. */
  #whenAwake(delayMs: number, run: () => void): void {
    this.clock.after(delayMs, () => {
      const frozenMs = this.#frozenUntilMs - this.clock.now();
      if (frozenMs > 0) this.#whenAwake(frozenMs, run);
      else run();
    });
  }

  #later(run: () => void): void {
    this.clock.after(1 + this.#random() * (longestDelayMs - 1), run);
  }
}

const isConnected = (status: string) => status === 'TCP_CONNECTED' || status === 'TLS_CONNECTED';

const brokenBy = (message: string) => new GsdkError({ class: 'UNREACHABLE', message, stage: 'transport' });

/** Numbers from 0 to 1 that look random, the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
