import type { Time } from '../../base/time.ts';
import type { DeviceEvent, SubscriptionEvent } from './event.ts';

/** What one device went through. */
export interface DeviceTally {
  deviceID: number;
  /** How often its status changed, as far as was seen. */
  changes: number;
  /** How long it had each status, in milliseconds; `UNKNOWN` while the gateway was lost, `NOT_MANAGED` out of the list. */
  msInStatus: Record<string, number>;
  /** The longest time without a connection, in milliseconds. A time in which the gateway was lost ends it. */
  longestOutageMs: number;
}

interface Counted extends DeviceTally {
  status: string;
  connected: boolean;
  /** Up to when it is counted. */
  countedMs: number;
  outageMs: number;
}

/** Counts what devices went through while they were watched. */
export class Tally {
  readonly #time: Time;
  readonly #devices = new Map<number, Counted>();
  #isLost = false;

  constructor(time: Time) {
    this.#time = time;
  }

  /** What each device went through so far, by ID. */
  get devices(): DeviceTally[] {
    this.#countAll();
    return [...this.#devices.values()]
      .map(({ deviceID, changes, msInStatus, longestOutageMs }) => ({ deviceID, changes, msInStatus, longestOutageMs }))
      .sort((one, other) => one.deviceID - other.deviceID);
  }

  /** Takes what a subscription tells. */
  told(event: SubscriptionEvent): void {
    if (event.event === 'lost' || event.event === 'resumed') {
      this.#countAll();
      this.#isLost = event.event === 'lost';
    } else if ('deviceID' in event) this.#device(event);
  }

  #device(event: DeviceEvent): void {
    const status = event.event === 'removed' ? 'NOT_MANAGED' : event.to;
    const { connected } = event;
    const known = this.#devices.get(event.deviceID);
    if (known) {
      this.#count(known);
      Object.assign(known, { status, connected, changes: known.changes + (event.event === 'change' ? 1 : 0) });
      return;
    }
    this.#devices.set(event.deviceID, {
      ...{ deviceID: event.deviceID, changes: event.event === 'change' ? 1 : 0, msInStatus: {}, longestOutageMs: 0 },
      ...{ status, connected, countedMs: this.#time.now(), outageMs: 0 },
    });
  }

  #countAll(): void {
    for (const device of this.#devices.values()) this.#count(device);
  }

  #count(device: Counted): void {
    const nowMs = this.#time.now();
    const elapsedMs = nowMs - device.countedMs;
    const status = this.#isLost ? 'UNKNOWN' : device.status;
    device.countedMs = nowMs;
    device.msInStatus[status] = (device.msInStatus[status] ?? 0) + elapsedMs;
    device.outageMs = this.#isLost || device.connected ? 0 : device.outageMs + elapsedMs;
    device.longestOutageMs = Math.max(device.longestOutageMs, device.outageMs);
  }
}
