import { type Device, type FleetDevice, toDevice } from './device.ts';

/** The devices and their network: what is still there after a gateway has been restarted. */
export class World {
  /** All devices by ID, in the order of the fleet. */
  readonly devices: ReadonlyMap<number, Device>;
  readonly #hosts = new Map<string, Map<number, Device>>();

  /** @throws RangeError for a device that cannot exist, an ID that comes twice, or an address and port that do */
  constructor(fleet: readonly FleetDevice[]) {
    const devices = new Map<number, Device>();
    for (const device of fleet.map(toDevice)) {
      if (devices.has(device.deviceID)) throw new RangeError(`device ${device.deviceID} is in the fleet twice`);
      devices.set(device.deviceID, device);
      this.#plugIn(device);
    }
    this.devices = devices;
  }

  /** The device with this ID. @throws RangeError if there is none */
  device(deviceID: number): Device {
    const device = this.devices.get(deviceID);
    if (!device) throw new RangeError(`no device ${deviceID} in the fleet`);
    return device;
  }

  /** The devices that share an IPv4 address, by port; undefined if nothing has that address. */
  host(IPAddr: string): ReadonlyMap<number, Device> | undefined {
    return this.#hosts.get(IPAddr);
  }

  #plugIn(device: Device): void {
    const { deviceID, IPAddr, port } = device;
    const host = this.#hosts.get(IPAddr) ?? new Map<number, Device>();
    const other = host.get(port);
    if (other) throw new RangeError(`${IPAddr}:${port} belongs to both ${other.deviceID} and ${deviceID}`);
    this.#hosts.set(IPAddr, host.set(port, device));
  }
}
