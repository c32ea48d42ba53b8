import type { AcceptFilter, Gateway, ManagedDevice, SlaveDevices } from '../../gateway/gateway.ts';
import { slaveFields } from '../../gateway/operations/slave-change.ts';
import { indexByDeviceID } from '../../gateway/operations/verified-call.ts';
import { countDaysLeft } from '../../gateway/transport/days-left.ts';
import type { SiteRecord } from './site-file.ts';

/** What a gateway knows of a site: all that it forgets when it is restarted (gateway-behaviour F57, F59), and itself. */
export interface LiveSite {
  devices: ReadonlyMap<number, ManagedDevice>;
  filter: AcceptFilter;
  /** By parent. */
  slaves: ReadonlyMap<number, SlaveDevices>;
  /** How many days the certificate of the gateway is still good for, if it has shown one. */
  daysLeft?: number | undefined;
}

/** Reads it: three calls at once. */
export async function readLive(gateway: Gateway): Promise<LiveSite> {
  const [devices, filter, slaves] = await Promise.all([gateway.devices(), gateway.filter(), gateway.slaves()]);
  const certificate = gateway.identity()?.certificate;
  return {
    devices: indexByDeviceID(devices),
    filter,
    slaves: new Map(slaves.map((entry) => [entry.deviceID, entry])),
    daysLeft: certificate && countDaysLeft(certificate),
  };
}

/** The devices that a gateway manages or accepts and a site file does not have, by ID. */
export function strangersTo(site: readonly SiteRecord[], { devices, filter }: LiveSite): number[] {
  const written = new Set(site.map(({ deviceID }) => deviceID));
  return [...new Set([...devices.keys(), ...filter.deviceIDs])]
    .filter((id) => !written.has(id))
    .sort((one, other) => one - other);
}

/** The slaves of a door that the gateway does not use. */
export function missingSlaves({ deviceID, slaves: wanted }: SiteRecord, { slaves }: LiveSite): number[] {
  const used = slaves.get(deviceID);
  return slaveFields.flatMap((field) => wanted[field]?.filter((id) => !used?.[field].includes(id)) ?? []);
}
