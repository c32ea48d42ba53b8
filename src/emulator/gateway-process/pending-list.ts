import type { Device } from '../world/device.ts';

/** A device that has dialled in and was refused: the fields of `PendingDeviceInfo`. */
export interface PendingDevice {
  readonly deviceID: number;
  readonly type: number;
  readonly IPAddr: string;
  /** When it dialled last, in Unix seconds of the emulated clock. */
  readonly lastTry: number;
}

/** The devices that have been refused and not yet let in since, one entry an ID (gateway-behaviour F41). */
export class PendingList {
  readonly #devices = new Map<number, PendingDevice>();

  /** All entries, in the order in which they came. */
  all(): readonly PendingDevice[] {
    return [...this.#devices.values()];
  }

  /** Notes that a device was refused at `lastTry`; true if it was not in the list. */
  refused({ deviceID, type, IPAddr }: Device, lastTry: number): boolean {
    const isNew = !this.#devices.has(deviceID);
    this.#devices.set(deviceID, { deviceID, type, IPAddr, lastTry });
    return isNew;
  }

  /** A device was let in. */
  accepted(deviceID: number): void {
    this.#devices.delete(deviceID);
  }
}
