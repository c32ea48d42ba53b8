import { Status } from '../../gen/connect_pb.ts';
import type { Clock } from '../clock/clock.ts';
import type { StatusFeed } from './status-feed.ts';

/** What the gateway knows of a device that it manages: the fields of `DeviceInfo`, and whether a session is up. */
export interface ManagedDevice {
  readonly deviceID: number;
  readonly type: number;
  readonly connectionMode: number;
  readonly IPAddr: string;
  /** Zero for a device that dialled in (gateway-behaviour F04). */
  readonly port: number;
  readonly useSSL: boolean;
  /** True for an asynchronous connection: it stays in the list when its session ends (F03, F33). */
  readonly autoReconnect: boolean;
  readonly isConnected: boolean;
  readonly status: number;
}

/** A device as it enters the list. */
export type NewManagedDevice = Omit<ManagedDevice, 'isConnected' | 'status'>;

/**
 * The devices that the gateway manages, one entry an ID. All changes of status pass through here, so that
 * each is published once and nothing is published that is not a change (gateway-behaviour F10).
 */
export class ManagedList {
  readonly #devices = new Map<number, { -readonly [K in keyof ManagedDevice]: ManagedDevice[K] }>();
  readonly #feed: StatusFeed;
  readonly #clock: Clock;

  constructor(feed: StatusFeed, clock: Clock) {
    this.#feed = feed;
    this.#clock = clock;
  }

  /** All entries, in the order in which they came. */
  all(): readonly ManagedDevice[] {
    return [...this.#devices.values()];
  }

  get(deviceID: number): ManagedDevice | undefined {
    return this.#devices.get(deviceID);
  }

  /** Adds an entry without a session, in status DISCONNECTED; a device that is in the list already stays as it is. */
  add(device: NewManagedDevice): void {
    if (this.#devices.has(device.deviceID)) return;
    this.#devices.set(device.deviceID, { ...device, isConnected: false, status: Status.DISCONNECTED });
  }

  /** A session to the device is up. */
  connected(deviceID: number, status: number): void {
    this.#change(deviceID, true, status);
  }

  /** The session is over: an asynchronous entry stays, any other leaves the list (F32, F33). */
  disconnected(deviceID: number): void {
    this.#change(deviceID, false, Status.DISCONNECTED);
    if (!this.#devices.get(deviceID)?.autoReconnect) this.#devices.delete(deviceID);
  }

  #change(deviceID: number, isConnected: boolean, status: number): void {
    const device = this.#devices.get(deviceID);
    if (!device) return;
    device.isConnected = isConnected;
    if (device.status === status) return;
    device.status = status;
    this.#feed.publish({ deviceID, status, timestamp: Math.floor(this.#clock.now() / 1000) });
  }
}
