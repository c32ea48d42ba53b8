import { usageError } from '../errors/gsdk-error.ts';
import type { Input } from './input.ts';

/** One record of a file of devices, and where it stands, for messages. */
export interface DeviceRecord {
  fields: Readonly<Record<string, unknown>>;
  /** `doors.csv, line 3` */
  where: string;
}

/** The fields of our own outputs and of site files: taken by those who want them, ignored by the others. */
const knownFields = new Set(
  (
    'deviceID name type connectionMode IPAddr port useSSL useDHCP serverAddr status autoReconnect connected ' +
    'rs485SlaveDeviceIDs wiegandSlaveDeviceIDs profile address ok changed outcome error comesBack stoppedBy'
  ).split(' '),
);

/**
 * Reads records of devices: a JSON array or object, one JSON object a line, or CSV with a header; which of
 * them it is shows at the first character.
 *
 * @throws GsdkError (USAGE) naming file and line, for what is none of these, or has a field that nobody knows
 */
export async function parseRecords(input: Input): Promise<DeviceRecord[]> {
  const text = input.text.trim();
  if (text === '') return [];
  const records = /^[[{]/.test(text) ? parseJson(input, text) : await parseCsv(input);
  for (const { fields, where } of records) {
    const unknown = Object.keys(fields).find((name) => !knownFields.has(name));
    if (unknown !== undefined) throw recordError(`${where}: unknown field "${unknown}"`);
  }
  return records;
}

/** A record that cannot be taken, by where it stands. */
export const recordError = (message: string) =>
  usageError(message, 'fields are deviceID, IPAddr, port, useSSL, ... as in: gsdk search -o csv');

function parseJson(input: Input, text: string): DeviceRecord[] {
  const whole = tryJson(text);
  if (whole !== undefined) {
    const records = Array.isArray(whole) ? whole : [whole];
    return records.map((value, index) => toRecord(value, `${input.source}, record ${index + 1}`));
  }
  const lines = input.text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  return lines
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => toRecord(tryJson(line), `${input.source}, line ${number}`));
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toRecord(value: unknown, where: string): DeviceRecord {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { fields: { ...value }, where };
  throw recordError(`${where}: expected a JSON object`);
}

async function parseCsv({ text, source }: Input): Promise<DeviceRecord[]> {
  const { CsvError, parse } = await import('csv-parse/sync');
  try {
    const rows: { record: Record<string, string>; info: { lines: number } }[] = parse(text, {
      columns: true,
      info: true,
      skipEmptyLines: true,
      trim: true,
    });
    // The parser counts the lines read so far, which for a record that spans several is its last one.
    return rows.map(({ record, info }) => ({ fields: record, where: `${source}, line ${info.lines}` }));
  } catch (error) {
    if (error instanceof CsvError) throw recordError(`${source}: not CSV: ${error.message}`);
    throw error;
  }
}
