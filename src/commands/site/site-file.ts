import { type Input, readInput } from '../../cli/input/input.ts';
import { type DeviceRecord, parseRecords, recordError } from '../../cli/input/records.ts';
import type { Session } from '../../cli/session.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import type { ConnectionModeName, SlaveDevices } from '../../gateway/gateway.ts';
import { slaveFields } from '../../gateway/operations/slave-change.ts';
import type { Row } from '../../render/view.ts';
import { toWantedRecord } from '../async/target.ts';
import { toSlaveLists } from '../slave/records.ts';

/** A door as its site file wants it. */
export interface SiteRecord {
  deviceID: number;
  /** Empty where the file gives none. */
  name: string;
  connectionMode: ConnectionModeName;
  /** Of a device that dials in it only tells where it was once. */
  IPAddr: string;
  port: number;
  /** `null` where the file does not say, as for a device that was accepted and never seen. */
  useSSL: boolean | null;
  /** The slaves that there should be; a list that the file does not have asks for nothing. */
  slaves: Partial<Omit<SlaveDevices, 'deviceID'>>;
}

/**
 * Reads a site file: a record a door, as `export` writes it and `async add -f` takes it.
 *
 * @returns the records in the order of the file, at least one
 * @throws GsdkError (USAGE) naming file and place for what is no record, a device that is there twice, or a file
 *   without any: that there should be no doors at all is more likely a mistake
 */
export async function readSite(path: string, session: Session): Promise<SiteRecord[]> {
  const site = await toSite(await readInput(path, session));
  if (site.length > 0) return site;
  throw usageError(`${path}: no device in it`, 'write one from what the gateway manages: gsdk export --out site.csv');
}

/** The records of a site file, if there are any. @throws GsdkError (USAGE) as {@link readSite} does */
export async function toSite(input: Input): Promise<SiteRecord[]> {
  const places = new Map<number, string>();
  return (await parseRecords(input)).map((record) => {
    const door = toSiteRecord(record);
    const other = places.get(door.deviceID);
    if (other !== undefined) throw recordError(`${record.where}: device ${door.deviceID} is there already: ${other}`);
    places.set(door.deviceID, record.where);
    return door;
  });
}

/** Reads one record of it. @throws GsdkError (USAGE) naming the place */
export function toSiteRecord(record: DeviceRecord): SiteRecord {
  const { dialsIn: isDialIn, deviceID, IPAddr, port, useSSL } = toWantedRecord(record);
  const { name, useSSL: stated } = record.fields;
  return {
    ...{ deviceID, IPAddr, port },
    // CSV is written with a guard before what a spreadsheet would compute.
    name: String(name ?? '').replace(/^'(?=[=+\-@])/, ''),
    connectionMode: isDialIn ? 'DEVICE_TO_SERVER' : 'SERVER_TO_DEVICE',
    useSSL: isDialIn && String(stated ?? '').trim() === '' ? null : useSSL,
    slaves: toSlaveLists(record),
  };
}

/** A record as it is written. */
export const siteRow = ({ slaves, ...record }: SiteRecord): Row => ({
  ...record,
  ...Object.fromEntries(slaveFields.map((field) => [field, slaves[field] ?? []])),
});

/** Whether a door waits for its device to dial in. */
export const dialsIn = ({ connectionMode }: { connectionMode: string }) => connectionMode === 'DEVICE_TO_SERVER';
