import { parseDeviceID } from '../../base/device-id.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import type { Row } from '../../render/view.ts';
import type { StreamShape } from '../output/row-printer.ts';
import { type InputContext, readInput } from './input.ts';
import { parseRecords, recordError } from './records.ts';

/** What devices are called, by ID. */
export type DeviceNames = ReadonlyMap<number, string>;

/**
 * Reads the names of devices from a file of records, such as a site file.
 *
 * @throws GsdkError (USAGE) naming file and place, for what is no record of a device
 */
export async function readDeviceNames(path: string, run: InputContext): Promise<DeviceNames> {
  const records = await parseRecords(await readInput(path, run));
  return new Map(
    records.map(({ fields, where }) => {
      const deviceID = parseDeviceID(String(fields.deviceID ?? '').trim());
      if (deviceID === undefined) throw recordError(`${where}: expected a deviceID of 1 to 4294967295`);
      return [deviceID, String(fields.name ?? '')];
    }),
  );
}

/**
 * The shape of rows that bear the names of their devices too.
 *
 * @throws GsdkError (USAGE) for a command that prints no devices
 */
export function withNameField<S extends StreamShape>(shape: S): S {
  if (!shape.fields.includes('deviceID')) {
    throw usageError('--names: this command prints no devices', 'leave it out');
  }
  if (shape.fields.includes('name')) return shape;
  const { line } = shape;
  return {
    ...shape,
    fields: shape.fields.flatMap((field) => (field === 'deviceID' ? [field, 'name'] : [field])),
    columns: shape.columns.flatMap((column) =>
      column.field === 'deviceID' ? [column, { field: 'name', header: 'NAME' }] : [column],
    ),
    ...(line && { line: (row: Row) => (row.name ? `${line(row)} (${row.name})` : line(row)) }),
  };
}

/** A row with the name of its device, if any is known; a name that is there stays, and what is about no device has none. */
export const withName = (row: Row, names: DeviceNames | undefined): Row =>
  !names || typeof row.deviceID !== 'number' || row.name ? row : { ...row, name: names.get(row.deviceID) ?? '' };
