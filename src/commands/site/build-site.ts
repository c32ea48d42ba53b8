import { GsdkError } from '../../errors/gsdk-error.ts';
import type { ManagedDevice } from '../../gateway/gateway.ts';
import { slaveFields } from '../../gateway/operations/slave-change.ts';
import type { Holds } from '../hold/holds-file.ts';
import type { LiveSite } from './gateway-state.ts';
import { dialsIn, type SiteRecord } from './site-file.ts';

/**
 * The doors that a gateway keeps, by ID, and the connections that it would not make again.
 *
 * @param old what is already written down: names, and doors that dial in and are away
 * @param holds doors that are taken out on purpose, and stay written down
 */
export function exported(
  live: LiveSite,
  old: readonly SiteRecord[],
  holds: Holds = new Map(),
): { site: SiteRecord[]; left: number[] } {
  const written = new Map(old.map((record) => [record.deviceID, record]));
  const isKept = (entry: ManagedDevice) => entry.autoReconnect || dialsIn(entry);
  const entries = [...live.devices.values()];
  const managed = entries.filter(isKept).map((entry) => toRecord(entry, live, written.get(entry.deviceID)));
  const accepted = live.filter.deviceIDs
    .filter((deviceID) => !live.devices.has(deviceID))
    .map((deviceID) => toAbsent(deviceID, written.get(deviceID)));
  const left = entries.filter((entry) => !isKept(entry)).map(({ deviceID }) => deviceID);
  const known = new Set([...managed, ...accepted].map(({ deviceID }) => deviceID));
  const held = [...holds.values()]
    .filter(({ record }) => !known.has(record.deviceID))
    .map(({ record }) => written.get(record.deviceID) ?? record);
  return { site: [...managed, ...accepted, ...held].sort((one, other) => one.deviceID - other.deviceID), left };
}

/** A door as the gateway has it, with the name that it had. */
export function toRecord(entry: ManagedDevice, { slaves }: LiveSite, old: SiteRecord | undefined): SiteRecord {
  const { deviceID, IPAddr, port, useSSL } = entry;
  const { rs485SlaveDeviceIDs = [], wiegandSlaveDeviceIDs = [] } = slaves.get(deviceID) ?? {};
  return {
    ...{ deviceID, name: old?.name ?? '', IPAddr, port, useSSL },
    connectionMode: dialsIn(entry) ? 'DEVICE_TO_SERVER' : 'SERVER_TO_DEVICE',
    slaves: { rs485SlaveDeviceIDs, wiegandSlaveDeviceIDs },
  };
}

/** A door that is accepted and not connected: of the gateway's own, only its ID is known. */
const toAbsent = (deviceID: number, old: SiteRecord | undefined): SiteRecord =>
  old && dialsIn(old)
    ? old
    : {
        ...{ deviceID, name: old?.name ?? '', IPAddr: '', port: 0, useSSL: null },
        ...{ connectionMode: 'DEVICE_TO_SERVER', slaves: {} },
      };

/**
 * Refuses to let a file lose what it has: a gateway that has just been restarted looks healthy, and empty.
 *
 * @throws GsdkError (CONFLICT) naming the doors, and those whose slaves would go
 */
export function refuseShrinking(old: readonly SiteRecord[], site: readonly SiteRecord[], path: string): void {
  const kept = new Map(site.map((record) => [record.deviceID, record]));
  const isLost = ({ deviceID }: SiteRecord) => !kept.has(deviceID);
  const losesSlaves = ({ deviceID, slaves }: SiteRecord) =>
    slaveFields.some((field) => slaves[field]?.some((id) => !kept.get(deviceID)?.slaves[field]?.includes(id)));
  const doors = old.filter(isLost);
  const parents = old.filter((record) => !isLost(record) && losesSlaves(record));
  if (doors.length === 0 && parents.length === 0) return;
  const what = [
    ...(doors.length > 0 ? [`${doors.length} of ${old.length} doors (${named(doors)})`] : []),
    ...(parents.length > 0 ? [`slaves of ${named(parents)}`] : []),
  ].join(' and ');
  throw new GsdkError({
    class: 'CONFLICT',
    message: `${path} would lose ${what}; it is left as it is`,
    hint: `doors taken out on purpose: --holds FILE; what the gateway has lost: gsdk apply -f ${path}; if it is meant: --allow-shrink`,
    stage: 'cli',
  });
}

const named = (records: readonly SiteRecord[]) =>
  `${records
    .slice(0, 10)
    .map(({ deviceID }) => deviceID)
    .join(', ')}${records.length > 10 ? `, and ${records.length - 10} more` : ''}`;
