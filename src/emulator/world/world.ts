import { isIPv4 } from 'node:net';
import { NotFoundError } from '../input/not-found-error.ts';
import { type Device, type FleetDevice, toDevice } from './device.ts';

/** Where the gateway of the vendor's tutorial is, as its devices see it. */
export const tutorialGatewayIPAddr = '192.168.0.2';

/** The devices and their network: what is still there after a gateway has been restarted. */
export class World {
  /** All devices by ID, in the order of the fleet. */
  readonly devices: ReadonlyMap<number, Device>;
  readonly #devices = new Map<number, Device>();
  readonly #fleet: readonly FleetDevice[];
  /** The gateway's own address in the emulated network: what devices dial. */
  readonly gatewayIPAddr: string;
  readonly #hosts = new Map<string, Map<number, Device>>();

  /** @throws RangeError for a device or gateway that cannot exist, an ID that comes twice, or an address and port that do */
  constructor(fleet: readonly FleetDevice[], gatewayIPAddr = tutorialGatewayIPAddr) {
    if (!isIPv4(gatewayIPAddr)) throw new RangeError(`gateway: expected an IPv4 address, got "${gatewayIPAddr}"`);
    this.gatewayIPAddr = gatewayIPAddr;
    this.devices = this.#devices;
    this.#fleet = [...fleet];
    this.add(fleet);
  }

  /** Adds devices, all or none. @throws RangeError for one that cannot exist, or whose ID or address is taken */
  add(fleet: readonly FleetDevice[]): void {
    const added: number[] = [];
    try {
      for (const fleetDevice of fleet) {
        const device = toDevice(fleetDevice, this.gatewayIPAddr);
        if (this.devices.has(device.deviceID)) throw new RangeError(`device ${device.deviceID} is in the fleet twice`);
        this.#plugIn(device);
        this.#devices.set(device.deviceID, device);
        added.push(device.deviceID);
      }
    } catch (error) {
      for (const deviceID of added) this.remove(deviceID);
      throw error;
    }
  }

  /** Takes a device away. @throws RangeError if there is none */
  remove(deviceID: number): void {
    this.#unplug(this.device(deviceID));
    this.#devices.delete(deviceID);
  }

  /** Gives a device another address. @throws RangeError for an address that cannot be, or is taken; then it keeps its own */
  move(deviceID: number, { IPAddr, port }: { IPAddr: string; port: number }): void {
    const device = this.device(deviceID);
    const moved = toDevice({ ...device, IPAddr, port } as FleetDevice, this.gatewayIPAddr);
    if (IPAddr === device.IPAddr && port === device.port) return;
    this.#refuseTaken(moved);
    this.#unplug(device);
    this.#plugIn(Object.assign(device, { IPAddr, port }));
  }

  /** Makes it what it was at first: the same fleet, each device with the settings of the beginning. */
  reset(): void {
    this.#devices.clear();
    this.#hosts.clear();
    this.add(this.#fleet);
  }

  /** The device with this ID. @throws RangeError if there is none */
  device(deviceID: number): Device {
    const device = this.devices.get(deviceID);
    if (!device) throw new NotFoundError(`no device ${deviceID} in the fleet`);
    return device;
  }

  /** The devices that share an IPv4 address, by port; undefined if nothing has that address. */
  host(IPAddr: string): ReadonlyMap<number, Device> | undefined {
    return this.#hosts.get(IPAddr);
  }

  #plugIn(device: Device): void {
    const { IPAddr, port } = device;
    this.#refuseTaken(device);
    const host = this.#hosts.get(IPAddr) ?? new Map<number, Device>();
    this.#hosts.set(IPAddr, host.set(port, device));
  }

  #refuseTaken({ deviceID, IPAddr, port }: Device): void {
    const other = this.#hosts.get(IPAddr)?.get(port);
    if (other) throw new RangeError(`${IPAddr}:${port} belongs to both ${other.deviceID} and ${deviceID}`);
  }

  #unplug({ IPAddr, port }: Device): void {
    const host = this.#hosts.get(IPAddr);
    host?.delete(port);
    if (host?.size === 0) this.#hosts.delete(IPAddr);
  }
}
