import { parseDeviceID } from '../../base/device-id.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import type { Session } from '../session.ts';
import { toDeviceIDs } from './id-list.ts';
import { readInput } from './input.ts';
import { toDeviceID } from './option-parsers.ts';
import { parseRecords, recordError } from './records.ts';

/** What help says of `--only`. */
export const aboutOnly = 'leave out whoever is not on this list: @FILE with IDs or records, or - for standard input';

/**
 * Reads the value of `--only`: `@file`, or `-` for standard input, with IDs as everywhere or with records as in a
 * site file; or one ID.
 *
 * @param others the words from which the command takes its devices: standard input can be read once
 * @throws GsdkError (USAGE) when a line is not an ID, or a record has none
 */
export async function readAllowList(
  word: string,
  session: Session,
  others: readonly string[] = [],
): Promise<Set<number>> {
  if (word === '-' && others.includes('-')) throw usageError('- is given twice', 'standard input can be read once');
  if (word !== '-' && !word.startsWith('@')) return new Set([toDeviceID(word)]);
  const input = await readInput(word.replace(/^@/, ''), session);
  // A list of IDs may start with a comment; a record has a deviceID, in its header or itself.
  const isRecords = /^\s*[[{]|^[^#\n]*deviceID/.test(input.text);
  if (!isRecords) return new Set(toDeviceIDs(input));
  const records = await parseRecords(input);
  return new Set(
    records.map(({ fields, where }) => {
      const id = parseDeviceID(String(fields.deviceID ?? '').trim());
      if (id === undefined) throw recordError(`${where}: expected a deviceID of 1 to 4294967295`);
      return id;
    }),
  );
}
