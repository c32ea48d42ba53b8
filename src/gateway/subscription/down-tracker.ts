import type { Time } from '../../base/time.ts';
import type { Alarm, DeviceEvent, SubscriptionEvent } from './event.ts';

/** A device without a connection. */
export interface Outage {
  deviceID: number;
  /** Since when it is, or was first seen so, in Unix milliseconds. */
  downSinceMs: number;
  /** Whether it has been told. */
  isTold: boolean;
}

/** What a tracker is told. */
export interface DownTrackerOptions {
  time: Time;
  /** How long a device may be without a connection, in milliseconds. */
  downForMs: number;
  /** Devices that should be there: one that is not in the list is down too. */
  expected?: readonly number[];
  /** Outages from before, of a run that was ended. */
  outages?: readonly Outage[];
  /** Hears that a device is down, once an outage, and that it is up again. */
  tell(alarm: Alarm): void;
}

/**
 * Tells which devices have been without a connection for too long, whatever they went through meanwhile: each
 * flavour of not connected is the same outage, and so is not being in the list any more. While the gateway is
 * lost nothing is told, as nothing is seen.
 */
export class DownTracker {
  readonly #options: DownTrackerOptions;
  readonly #outages = new Map<number, Outage & { to: string | null; cancel: () => void }>();
  readonly #seen = new Set<number>();
  #isBlind = true;

  constructor(options: DownTrackerOptions) {
    this.#options = options;
    for (const outage of options.outages ?? []) this.#outages.set(outage.deviceID, { ...outage, ...nothingPlanned });
  }

  /** The outages that there are now. */
  get outages(): Outage[] {
    return [...this.#outages.values()].map(({ deviceID, downSinceMs, isTold }) => ({ deviceID, downSinceMs, isTold }));
  }

  /** Takes what a subscription tells. */
  told(event: SubscriptionEvent): void {
    if (event.event === 'lost') this.#isBlind = true;
    else if (event.event === 'synced') this.#look();
    else if ('deviceID' in event) this.#device(event);
  }

  /** Tells nothing any more. */
  stop(): void {
    for (const { cancel } of this.#outages.values()) cancel();
  }

  #device(event: DeviceEvent): void {
    this.#seen.add(event.deviceID);
    const to = event.event === 'removed' ? null : event.to;
    if (event.connected && to !== null) this.#recovered(event.deviceID, to);
    else this.#isDown(event.deviceID, to);
  }

  #isDown(deviceID: number, to: string | null): void {
    const known = this.#outages.get(deviceID);
    if (known) {
      known.to = to;
      return;
    }
    const outage = { deviceID, downSinceMs: this.#options.time.now(), isTold: false, ...nothingPlanned, to };
    this.#outages.set(deviceID, outage);
    this.#plan(outage);
  }

  #recovered(deviceID: number, to: string): void {
    const outage = this.#outages.get(deviceID);
    if (!outage) return;
    outage.cancel();
    this.#outages.delete(deviceID);
    const { downSinceMs, isTold } = outage;
    const downForMs = this.#options.time.now() - downSinceMs;
    if (isTold) this.#options.tell({ event: 'up', deviceID, to, connected: true, downSinceMs, downForMs });
  }

  /** The gateway is seen again: what is due is told, and what is not is planned. */
  #look(): void {
    this.#isBlind = false;
    for (const deviceID of this.#options.expected ?? []) if (!this.#seen.has(deviceID)) this.#isDown(deviceID, null);
    for (const outage of this.#outages.values()) this.#plan(outage);
  }

  #plan(outage: Outage & { to: string | null; cancel: () => void }): void {
    outage.cancel();
    if (outage.isTold || this.#isBlind) return;
    const leftMs = outage.downSinceMs + this.#options.downForMs - this.#options.time.now();
    if (leftMs > 0) outage.cancel = this.#options.time.after(leftMs, () => this.#tell(outage));
    else this.#tell(outage);
  }

  #tell(outage: Outage & { to: string | null }): void {
    if (this.#isBlind || outage.isTold) return;
    outage.isTold = true;
    const { deviceID, to, downSinceMs } = outage;
    this.#options.tell({ event: 'down', deviceID, to, connected: false, downSinceMs });
  }
}

const nothingPlanned = { to: null, cancel: () => {} };
