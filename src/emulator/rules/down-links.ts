import type { Device, LinkLoss } from '../world/device.ts';
import type { World } from '../world/world.ts';

/** The links of devices, to be taken down and put back. */
export interface Links {
  readonly world: Pick<World, 'devices'>;
  unplug(deviceID: number, how: LinkLoss): void;
  plug(deviceID: number): void;
}

/** The links that a rule has taken down, and that go up again with it. */
export class DownLinks {
  readonly #links: Links;
  readonly #down = new Set<number>();

  constructor(links: Links) {
    this.#links = links;
  }

  /** Takes down those that are up. */
  takeDown(deviceIDs: readonly number[], how: LinkLoss): void {
    for (const deviceID of deviceIDs) {
      if (!this.#device(deviceID)?.answers) continue;
      this.#down.add(deviceID);
      this.#links.unplug(deviceID, how);
    }
  }

  /** Puts back those of these that it has taken down, and that nobody else has put back. */
  putBack(deviceIDs: readonly number[] = [...this.#down]): void {
    for (const deviceID of deviceIDs) {
      if (this.#down.delete(deviceID) && this.#device(deviceID)?.answers === false) this.#links.plug(deviceID);
    }
  }

  #device(deviceID: number): Device | undefined {
    return this.#links.world.devices.get(deviceID);
  }
}
