import { usageError } from '../errors/gsdk-error.ts';
import { toDeviceID } from './arguments.ts';
import { type Input, readInput } from './input.ts';
import type { Session } from './session.ts';

/**
 * Reads a list of device IDs: IDs themselves, `@file`, or `-` for standard input. In a file or on
 * standard input there is one ID a line; blank lines and what follows a `#` are ignored.
 *
 * @returns the IDs in the order given, each once; empty only if a file or standard input was
 * @throws GsdkError (USAGE) when no list is given at all, or a word or line is not an ID
 */
export async function readDeviceIDs(words: readonly string[], session: Session): Promise<number[]> {
  if (words.length === 0) throw usageError('no device ID given', 'give IDs, @file, or - for standard input');
  if (words.filter((word) => word === '-').length > 1)
    throw usageError('- is given twice', 'standard input can be read once');
  const ids = new Set<number>();
  for (const word of words) {
    const isList = word === '-' || word.startsWith('@');
    const more = isList ? toIDs(await readInput(word.replace(/^@/, ''), session)) : [toDeviceID(word)];
    for (const id of more) ids.add(id);
  }
  return [...ids];
}

/** One ID a line; blank lines and what follows a `#` are ignored. */
export function toIDs({ text, source }: Input): number[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .flatMap((line, index) => (line === '' ? [] : [toDeviceID(line, `${source}, line ${index + 1}: `)]));
}
