import { usageError } from '../../errors/gsdk-error.ts';
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
    'rs485SlaveDeviceIDs wiegandSlaveDeviceIDs serverPort SSLServerPort group labels factoryInfo answers refuses ' +
    'handshakeMs answerMs statusWhenConnected profile address ok changed outcome error comesBack stoppedBy lastTry lastTryTime ' +
    'heldSince heldUntil'
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
  return /^[[{]/.test(text) ? parseJson(input, text) : parseCsv(input);
}

/** A record that cannot be taken, by where it stands. */
export const recordError = (message: string) =>
  usageError(shortened(message), 'fields are deviceID, IPAddr, port, useSSL, ... as in: gsdk search -o csv');

/** What came instead of a record may be of any length; its beginning will do. */
const shortened = (message: string) => (message.length > 300 ? `${message.slice(0, 300)}...` : message);

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
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw recordError(`${where}: expected a JSON object, whole on its line unless it is alone or in an array`);
  }
  checkNames(Object.keys(value), where);
  return { fields: { ...value }, where };
}

function checkNames(names: readonly string[], where: string): void {
  const unknown = names.find((name) => !knownFields.has(name));
  if (unknown !== undefined) throw recordError(`${where}: unknown field "${unknown}"`);
}

/** What stands first in CSV must be a header: taken for one, a device would be lost without a word. */
function checkHeader(names: string[], source: string): string[] {
  const where = `${source}, header`;
  checkNames(names, where);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw recordError(`${where}: field "${twice}" is there twice`);
  return names;
}

/** Longer than any record of a device; garbage is not read to its end. */
const longestRecord = 100_000;

async function parseCsv({ text, source }: Input): Promise<DeviceRecord[]> {
  const { CsvError, parse } = await import('csv-parse/sync');
  try {
    const rows: { record: Record<string, string>; info: { lines: number } }[] = parse(text, {
      columns: (names: string[]) => checkHeader(names, source),
      maxRecordSize: longestRecord,
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
