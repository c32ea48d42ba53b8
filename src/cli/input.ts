import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { usageError } from '../errors/gsdk-error.ts';
import type { Session } from './session.ts';

/** A text that the user handed in, and how messages name it. */
export interface Input {
  text: string;
  source: string;
}

/**
 * Reads a file, or standard input for `-`. A byte order mark is taken off.
 *
 * @throws GsdkError (USAGE) when the file cannot be read, or standard input is a terminal
 */
export async function readInput(path: string, session: Session): Promise<Input> {
  const isStandardInput = path === '-';
  const whole = isStandardInput ? await readStandardInput(session) : readFile(path);
  return { text: whole.replace(/^\uFEFF/, ''), source: isStandardInput ? 'standard input' : path };
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw usageError(`cannot read ${path} (${code})`, 'name a file that this user can read, or - for standard input');
  }
}

async function readStandardInput({ host, signal }: Session): Promise<string> {
  const { stdin } = host;
  if (stdin.isTTY)
    throw usageError('- means standard input, and that is a terminal', 'pipe something in, or name a file');
  signal.throwIfAborted();
  const onAbort = () => stdin.destroy(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    return await text(stdin);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
