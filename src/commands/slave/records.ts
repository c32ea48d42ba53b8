import { parseDeviceID } from '../../base/device-id.ts';
import { type DeviceRecord, recordError } from '../../cli/input/records.ts';
import type { SlaveDevices } from '../../gateway/gateway.ts';
import { type SlaveChange, slaveFields } from '../../gateway/operations/slave-change.ts';

/**
 * Reads records of parents with their slaves. A list that a record does not have stays as it is; one that is there
 * is the whole list.
 *
 * @throws GsdkError (USAGE) for a record without a parent or a list, or a parent that comes twice
 */
export function toSlaveChanges(records: readonly DeviceRecord[]): Map<number, SlaveChange> {
  const changes = new Map<number, SlaveChange>();
  for (const { fields, where } of records) {
    const [deviceID] = toIDs(fields.deviceID, 'deviceID', where) ?? [];
    if (deviceID === undefined) throw recordError(`${where}: expected the deviceID of a parent`);
    if (changes.has(deviceID)) throw recordError(`${where}: parent ${deviceID} was given before`);
    const lists = toSlaveLists({ fields, where });
    if (Object.keys(lists).length === 0) throw recordError(`${where}: expected ${slaveFields.join(' or ')}`);
    changes.set(deviceID, (before) => ({ ...before, ...lists }));
  }
  return changes;
}

/** The lists of slaves that a record has. @throws GsdkError (USAGE) for what is no list of device IDs */
export function toSlaveLists({ fields, where }: DeviceRecord): Partial<Omit<SlaveDevices, 'deviceID'>> {
  const lists = slaveFields.flatMap((field) => {
    const ids = toIDs(fields[field], field, where);
    return ids === undefined ? [] : [[field, ids]];
  });
  return Object.fromEntries(lists);
}

/** A list as JSON has it, or as CSV prints it, parted by spaces. An empty cell is a value that is not given. */
function toIDs(value: unknown, field: string, where: string): number[] | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const words = Array.isArray(value) ? value.map(String) : String(value).trim().split(/\s+/);
  return words.map((word) => {
    const id = parseDeviceID(word);
    if (id !== undefined) return id;
    throw recordError(`${where}: expected device IDs of 1 to 4294967295 as ${field}, got ${JSON.stringify(value)}`);
  });
}
