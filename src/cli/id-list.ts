import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { usageError } from '../errors/gsdk-error.ts';
import { toDeviceID } from './arguments.ts';
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
  const ids: number[] = [];
  for (const word of words) {
    if (word === '-') ids.push(...toIDs(await readStandardInput(session), 'standard input'));
    else if (word.startsWith('@')) ids.push(...toIDs(readListFile(word.slice(1)), word.slice(1)));
    else ids.push(toDeviceID(word));
  }
  return [...new Set(ids)];
}

/** A byte order mark is blank space too. */
function toIDs(list: string, source: string): number[] {
  return list
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .flatMap((line, index) => (line === '' ? [] : [toDeviceID(line, `${source}, line ${index + 1}: `)]));
}

function readListFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw usageError(`cannot read ${path} (${code})`, 'a list is one device ID a line');
  }
}

async function readStandardInput({ host, signal }: Session): Promise<string> {
  const { stdin } = host;
  if (stdin.isTTY)
    throw usageError('- means standard input, and that is a terminal', 'pipe the IDs in, or give them as arguments');
  signal.throwIfAborted();
  const onAbort = () => stdin.destroy(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    return await text(stdin);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
