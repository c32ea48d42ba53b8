import type { Device, FleetDevice, LinkLoss } from '../world/device.ts';

/** A link that goes down and up again. */
export interface FlapOptions {
  /** How long it is down each time, in emulated milliseconds. */
  readonly downMs: number;
  /** How long it is up in between. */
  readonly upMs: number;
  /** How often it goes down. */
  readonly count: number;
  /** How it goes down. Default `fin`. */
  readonly how?: LinkLoss | undefined;
}

/** The settings of a device that can be changed at the device itself. */
export type DeviceSettings = Partial<
  Pick<Device, 'useSSL' | 'connectionMode' | 'serverAddr' | 'serverPort' | 'SSLServerPort' | 'handshakeMs'>
>;

/**
 * What somebody does at the devices, whatever the gateway makes of it. Each is written in the journal. All throw
 * RangeError for a device that is not in the fleet.
 */
export interface DeviceActions {
  /** Has a device refuse to be dialled from now on; its session stays, and it still dials in. `plug` takes it back. */
  refuse(deviceID: number): void;
  /** Takes that back. */
  accept(deviceID: number): void;
  /** Takes a device off the network and puts it back, again and again. */
  flap(deviceID: number, options: FlapOptions): void;
  /** Has a device start again: it is off the network for `downMs`, in emulated milliseconds. */
  reboot(deviceID: number, downMs: number): void;
  /** Gives a device another address; its session ends. @throws RangeError for an address that is none, or taken */
  move(deviceID: number, address: { readonly IPAddr: string; readonly port?: number | undefined }): void;
  /** Changes settings; what a session depends on ends it. A device that is to dial in does so at once. */
  set(deviceID: number, settings: DeviceSettings): void;
  /** Adds devices, all or none. @throws RangeError for one that cannot be, or whose ID or address is taken */
  add(devices: readonly FleetDevice[]): void;
  /** Takes a device away for good; its session ends. */
  remove(deviceID: number): void;
}
