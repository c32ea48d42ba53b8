import { ConnectionMode, Status } from '../../gen/connect_pb.ts';
import type { Clock } from '../clock/clock.ts';
import type { EventLog } from '../runtime/event-log.ts';
import type { Device } from '../world/device.ts';
import type { Endpoint } from './dial.ts';
import type { ManagedDevice } from './managed-device.ts';
import type { StatusFeed } from './status-feed.ts';

/** A device as it enters the list. */
export type NewManagedDevice = Omit<ManagedDevice, 'isConnected' | 'status'>;

type Entry = { -readonly [K in keyof ManagedDevice]: ManagedDevice[K] };

/** What a managed list works with. */
export interface ManagedListOptions {
  readonly feed: StatusFeed;
  readonly clock: Clock;
  /** Where it is written down who comes and goes. */
  readonly journal?: Pick<EventLog, 'add'> | undefined;
  /** Whether a device that dialled in keeps its entry when its session ends (F78). Default false. */
  readonly dialInStaysListed?: boolean;
}

/**
 * The devices that the gateway manages, one entry an ID. All changes of status pass through here, so that
 * each is published once and nothing is published that is not a change (gateway-behaviour F10).
 */
export class ManagedList {
  readonly #devices = new Map<number, Entry>();
  readonly #options: ManagedListOptions;

  constructor(options: ManagedListOptions) {
    this.#options = options;
  }

  /** All entries, in the order in which they came. */
  all(): readonly ManagedDevice[] {
    return [...this.#devices.values()];
  }

  get(deviceID: number): ManagedDevice | undefined {
    return this.#devices.get(deviceID);
  }

  /** Whether a session with this device is up. */
  isConnected(deviceID: number): boolean {
    return this.#devices.get(deviceID)?.isConnected ?? false;
  }

  /** Adds an entry without a session, in status DISCONNECTED; an asynchronous one that is in the list stays as it is. */
  add(device: NewManagedDevice): void {
    const entry = this.#devices.get(device.deviceID);
    if (entry?.autoReconnect) return;
    this.#enter({ ...device, isConnected: false, status: Status.DISCONNECTED });
  }

  /** Adds an asynchronous entry, or turns the one that is there into it (F29); its session and status stay. */
  addAsync(deviceID: number, { IPAddr, port, useSSL }: Endpoint): void {
    const entry = this.#devices.get(deviceID);
    const settings = { IPAddr, port, useSSL, autoReconnect: true };
    if (entry) Object.assign(entry, settings);
    else
      this.#enter({
        deviceID,
        type: 0,
        connectionMode: 0,
        ...settings,
        isConnected: false,
        status: Status.DISCONNECTED,
      });
  }

  /** A session to the device is up; what it says of itself is kept. */
  connected({ deviceID, type, connectionMode }: Pick<Device, 'deviceID' | 'type' | 'connectionMode'>, status: number) {
    const entry = this.#devices.get(deviceID);
    if (!entry) return;
    Object.assign(entry, { type, connectionMode, isConnected: true });
    this.#change(entry, status);
  }

  /** An entry without a session is on its way to one, or has failed. */
  notConnected(deviceID: number, status: number): void {
    const entry = this.#devices.get(deviceID);
    if (entry) this.#change(entry, status);
  }

  /** The session is over: an asynchronous entry stays, any other leaves the list (F32, F33, F78). */
  disconnected(deviceID: number): void {
    const entry = this.#devices.get(deviceID);
    if (!entry) return;
    entry.isConnected = false;
    this.#change(entry, Status.DISCONNECTED);
    const isDialIn = entry.connectionMode === ConnectionMode.DEVICE_TO_SERVER;
    if (!entry.autoReconnect && !(isDialIn && this.#options.dialInStaysListed)) this.#leave(deviceID);
  }

  /** Takes an entry out, whatever it is; one that is up or on its way is told as DISCONNECTED before (F27). */
  remove(deviceID: number): void {
    this.disconnected(deviceID);
    this.#leave(deviceID);
  }

  #enter(entry: Entry): void {
    const { deviceID } = entry;
    if (!this.#devices.has(deviceID)) this.#options.journal?.add({ kind: 'added', deviceID });
    this.#devices.set(deviceID, entry);
  }

  #leave(deviceID: number): void {
    if (this.#devices.delete(deviceID)) this.#options.journal?.add({ kind: 'removed', deviceID });
  }

  #change(entry: Entry, status: number): void {
    if (entry.status === status) return;
    entry.status = status;
    const { feed, clock } = this.#options;
    const timestamp = Math.floor(clock.now() / 1000);
    feed.publish({ deviceID: entry.deviceID, status, timestamp });
  }
}
