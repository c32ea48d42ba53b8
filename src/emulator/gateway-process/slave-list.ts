/** The slaves of a device, by how they are attached: the fields of `SlaveDeviceInfo`. */
export interface Slaves {
  readonly deviceID: number;
  readonly rs485SlaveDeviceIDs: readonly number[];
  readonly wiegandSlaveDeviceIDs: readonly number[];
}

/** The slaves that a gateway process uses, one entry a parent; it stores them nowhere (gateway-behaviour F57). */
export class SlaveList {
  readonly #byParent = new Map<number, Slaves>();

  /** All entries, in the order in which they came. */
  all(): readonly Slaves[] {
    return [...this.#byParent.values()];
  }

  /** Enters the slaves of a parent in place of those it had; none takes it out. */
  set(slaves: Slaves): void {
    const isEmpty = slaves.rs485SlaveDeviceIDs.length + slaves.wiegandSlaveDeviceIDs.length === 0;
    if (isEmpty) this.#byParent.delete(slaves.deviceID);
    else this.#byParent.set(slaves.deviceID, slaves);
  }

  /** Takes a parent out. */
  drop(deviceID: number): void {
    this.#byParent.delete(deviceID);
  }

  /** Takes all out. */
  clear(): void {
    this.#byParent.clear();
  }
}
