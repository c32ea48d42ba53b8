import type { ManagedDevice, StatusChange } from '../gateway.ts';
import type { DeviceEvent } from './event.ts';

/** What is known of one device. */
export interface KnownDevice {
  status: string;
  connected: boolean;
  /** Its entry as last listed; absent for a device that is known by its changes only. */
  device: ManagedDevice | undefined;
}

interface Known extends KnownDevice {
  /** Of the last change that the gateway told, in Unix seconds; null if the status was found by listing. */
  timestamp: number | null;
  /** Whether changes may have been missed since. */
  isDoubtful: boolean;
}

/**
 * What is known of the devices of a gateway, from its lists and from the changes that it tells. The two
 * travel apart, so a list may be older than a change that came before it.
 */
export class DeviceView {
  readonly #devices = new Map<number, Known>();

  /** Every device that is known, in no order. */
  get devices(): ReadonlyMap<number, KnownDevice> {
    return this.#devices;
  }

  /** How many devices are in the list of the gateway, as far as is known. */
  get managedCount(): number {
    let count = 0;
    for (const { device } of this.#devices.values()) if (device) count++;
    return count;
  }

  /**
   * Takes a change that the gateway told.
   *
   * @returns what to tell; nothing for the same change twice
   */
  change({ deviceID, status, connected, timestamp }: StatusChange): DeviceEvent | undefined {
    const known = this.#devices.get(deviceID);
    const isSame = known?.status === status;
    if (isSame && known.timestamp === timestamp) return undefined;
    // Told once more what it was told to be already, the device was something else in between.
    const from = known === undefined || isSame || known.isDoubtful ? null : known.status;
    this.#devices.set(deviceID, { status, connected, timestamp, device: known?.device, isDoubtful: false });
    return { event: 'change', deviceID, from, to: status, connected, timestamp, synthetic: false };
  }

  /** From now on changes of these devices may have been missed. */
  doubt(deviceIDs: Iterable<number>): void {
    for (const deviceID of deviceIDs) {
      const known = this.#devices.get(deviceID);
      if (known) known.isDoubtful = true;
    }
  }

  /**
   * Takes a list. It fills in only what no change has told since the list was asked for: changes outrank it.
   *
   * @param contested the devices with a change since then
   * @returns the differences, by ID as far as they are in the list
   */
  merge(devices: readonly ManagedDevice[], contested: ReadonlySet<number>): DeviceEvent[] {
    const events = devices.flatMap((device) => this.#mergeOne(device, contested.has(device.deviceID)) ?? []);
    const listed = new Set(devices.map(({ deviceID }) => deviceID));
    for (const [deviceID, { status: from }] of this.#devices) {
      if (listed.has(deviceID) || contested.has(deviceID)) continue;
      this.#devices.delete(deviceID);
      events.push({ event: 'removed', deviceID, from, connected: false, synthetic: true });
    }
    return events;
  }

  #mergeOne(device: ManagedDevice, isContested: boolean): DeviceEvent | undefined {
    const { deviceID, status, connected } = device;
    const known = this.#devices.get(deviceID);
    const isKept = known !== undefined && (isContested || known.status === status);
    const now = isKept ? { ...known, device } : { status, connected, timestamp: null, device, isDoubtful: isContested };
    this.#devices.set(deviceID, now);
    if (!known?.device) {
      return { event: 'added', deviceID, to: now.status, connected: now.connected, device, synthetic: true };
    }
    if (isKept) return undefined;
    return {
      ...{ event: 'change', deviceID, from: known.status, to: status, connected },
      ...{ timestamp: null, synthetic: true },
    };
  }
}
