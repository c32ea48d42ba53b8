import { isIPv4 } from 'node:net';
import { type Device, type FleetDevice, toDevice } from './device.ts';

/** Where the gateway of the vendor's tutorial is, as its devices see it. */
export const tutorialGatewayIPAddr = '192.168.0.2';

/** The devices and their network: what is still there after a gateway has been restarted. */
export class World {
  /** All devices by ID, in the order of the fleet. */
  readonly devices: ReadonlyMap<number, Device>;
  /** The gateway's own address in the emulated network: what devices dial. */
  readonly gatewayIPAddr: string;
  readonly #hosts = new Map<string, Map<number, Device>>();

  /** @throws RangeError for a device or gateway that cannot exist, an ID that comes twice, or an address and port that do */
  constructor(fleet: readonly FleetDevice[], gatewayIPAddr = tutorialGatewayIPAddr) {
    if (!isIPv4(gatewayIPAddr)) throw new RangeError(`gateway: expected an IPv4 address, got "${gatewayIPAddr}"`);
    const devices = new Map<number, Device>();
    for (const fleetDevice of fleet) {
      const device = toDevice(fleetDevice, gatewayIPAddr);
      if (devices.has(device.deviceID)) throw new RangeError(`device ${device.deviceID} is in the fleet twice`);
      devices.set(device.deviceID, device);
      this.#plugIn(device);
    }
    this.devices = devices;
    this.gatewayIPAddr = gatewayIPAddr;
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
