import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { usageError } from '../../errors/gsdk-error.ts';
import type { Host } from '../host.ts';

/** A text that the user handed in, and how messages name it. */
export interface Input {
  text: string;
  source: string;
}

/** A run that reads what the user hands in. */
export interface InputContext {
  readonly host: Pick<Host, 'stdin'>;
  /** Ends the reading when it aborts. */
  readonly signal: AbortSignal;
}

/**
 * Reads a file, or standard input for `-`. A byte order mark is taken off.
 *
 * @throws GsdkError (USAGE) when the file cannot be read, or standard input is a terminal
 */
export async function readInput(path: string, run: InputContext): Promise<Input> {
  const isStandardInput = path === '-';
  const whole = isStandardInput ? await readStandardInput(run) : await readText(path, run);
  return { text: whole.replace(/^\uFEFF/, ''), source: isStandardInput ? 'standard input' : path };
}

/** Not in one go: a named pipe may keep us waiting, and a signal must end that. */
async function readText(path: string, { signal }: InputContext): Promise<string> {
  try {
    return await Promise.race([readFile(path, { encoding: 'utf8', signal }), aborted(signal)]);
  } catch (error) {
    signal.throwIfAborted();
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw usageError(`cannot read ${path} (${code})`, 'name a file that this user can read, or - for standard input');
  }
}

/** Whoever opens a named pipe that nobody writes to is waiting, and hears of no signal. */
const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

async function readStandardInput({ host, signal }: InputContext): Promise<string> {
  const { stdin } = host;
  if (stdin.isTTY)
    throw usageError('- means standard input, and that is a terminal', 'pipe something in, or name a file');
  signal.throwIfAborted();
  const onAbort = () => stdin.destroy(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    return await text(stdin);
  } catch (error) {
    signal.throwIfAborted();
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw usageError(`cannot read standard input (${code})`, 'pipe something in, or name a file');
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
