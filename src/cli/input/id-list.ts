import { usageError } from '../../errors/gsdk-error.ts';
import type { Session } from '../session.ts';
import { type Input, readInput } from './input.ts';
import { toDeviceID } from './option-parsers.ts';

/**
 * Reads a list of device IDs: IDs themselves, `@file`, or `-` for standard input. In a file or on
 * standard input there is one ID a line; blank lines and what follows a `#` are ignored.
 *
 * @returns the IDs in the order given, each once; empty only if a file or standard input was
 * @throws GsdkError (USAGE) when no list is given at all, a word or line is not an ID, or a list may have been cut off
 */
export async function readDeviceIDs(words: readonly string[], session: Session): Promise<number[]> {
  if (words.length === 0) throw usageError('no device ID given', 'give IDs, @file, or - for standard input');
  if (words.filter((word) => word === '-').length > 1)
    throw usageError('- is given twice', 'standard input can be read once');
  const ids = new Set<number>();
  for (const word of words) {
    const isList = word === '-' || word.startsWith('@');
    const more = isList ? toDeviceIDs(await readInput(word.replace(/^@/, ''), session)) : [toDeviceID(word)];
    for (const id of more) ids.add(id);
  }
  return [...ids];
}

/**
 * One ID a line; blank lines and what follows a `#` are ignored. Every line with an ID has its end: of a list that was
 * cut off within a line the last ID may be the beginning of another one.
 *
 * @throws GsdkError (USAGE) when a line is not an ID, or the last one has no end
 */
export function toDeviceIDs({ text, source }: Input): number[] {
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  const ids = lines.flatMap((line, index) => (line === '' ? [] : [toDeviceID(line, `${source}, line ${index + 1}: `)]));
  const last = lines.at(-1);
  if (!last) return ids;
  throw usageError(
    `${source}, line ${lines.length}: "${last}" has no end of line, so the list may have been cut off`,
    'if it is whole, end its last line with a newline',
  );
}
