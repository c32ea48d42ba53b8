import type { LiveSite } from '../../src/commands/site/gateway-state.ts';
import type { SiteRecord } from '../../src/commands/site/site-file.ts';
import type { AcceptFilter, ManagedDevice, SlaveDevices } from '../../src/gateway/gateway.ts';
import { acceptFilter, managed } from './fake-gateway.ts';

/** A door that the gateway is to dial, at 10.0.0.N for the ID N. */
export const door = (deviceID: number, others: Partial<SiteRecord> = {}): SiteRecord => ({
  ...{ deviceID, name: `Door ${deviceID}`, connectionMode: 'SERVER_TO_DEVICE', IPAddr: `10.0.0.${deviceID}` },
  ...{ port: 51_211, useSSL: false, slaves: {} },
  ...others,
});

/** A door that dials in. */
export const dialInDoor = (deviceID: number, others: Partial<SiteRecord> = {}) =>
  door(deviceID, { connectionMode: 'DEVICE_TO_SERVER', port: 0, ...others });

/** An async connection that is up, as the gateway lists it. */
export const asyncEntry = (deviceID: number, others: Partial<ManagedDevice> = {}) =>
  managed(deviceID, { autoReconnect: true, ...others });

/** A device that has dialled in, as the gateway lists it. */
export const dialInEntry = (deviceID: number, others: Partial<ManagedDevice> = {}) =>
  managed(deviceID, { connectionMode: 'DEVICE_TO_SERVER', port: 0, ...others });

/** What a gateway knows. */
export const liveSite = (
  devices: readonly ManagedDevice[] = [],
  { filter = acceptFilter([]), slaves = [] }: { filter?: AcceptFilter; slaves?: readonly SlaveDevices[] } = {},
): LiveSite => ({
  devices: new Map(devices.map((device) => [device.deviceID, device])),
  filter,
  slaves: new Map(slaves.map((entry) => [entry.deviceID, entry])),
});
