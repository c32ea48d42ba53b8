import { constants } from 'node:os';
import { isatty } from 'node:tty';
import type { Interruption } from '../../../cli/host.ts';
import { type Ending, interruptions } from '../../../cli/output/stream-writer.ts';
import type { Session } from '../../../cli/session.ts';
import { GsdkError } from '../../../errors/gsdk-error.ts';

/** A command to run. */
export interface Child {
  file: string;
  args: readonly string[];
  env: Record<string, string | undefined>;
}

/**
 * Runs a command with our own standard streams, and hands signals on to it.
 *
 * @returns its end, as ours
 * @throws GsdkError (HANDLER) if it cannot be run
 */
export async function runChild({ file, args, env }: Child, { host, interruption }: Session): Promise<Ending> {
  const { execa } = await import('execa');
  const child = execa(file, args, {
    env,
    extendEnv: false,
    stdio: 'inherit',
    reject: false,
    forceKillAfterDelay: false,
  });
  let forwarded: Interruption | undefined;
  const forward = (signal: Interruption) => {
    forwarded = signal;
    // Ctrl-C at a terminal reaches the whole foreground group: the command has it already.
    if (signal !== 'SIGINT' || ![0, 1, 2].some(isatty)) child.kill(signal);
  };
  interruption.release();
  for (const signal of interruptions) host.on(signal, forward);
  const { exitCode, signal, code, originalMessage } = await child;
  for (const one of interruptions) host.off(one, forward);
  if (exitCode !== undefined) return { exitCode };
  if (signal !== undefined)
    return { exitCode: 128 + constants.signals[signal], ...(signal === forwarded && { signal: forwarded }) };
  if (code === 'ENOENT') throw handlerError(127, `no command "${file}"`);
  throw handlerError(126, `cannot run "${file}": ${originalMessage ?? code}`);
}

/** A failure of `emulator exec` itself. */
export const handlerError = (exitCode: number, message: string, cause?: unknown) =>
  new GsdkError(
    {
      class: 'HANDLER',
      exitCode,
      message,
      hint:
        (cause instanceof GsdkError && cause.failure.hint) || 'it stands after --: gsdk emulator exec -- gsdk search',
      stage: 'cli',
    },
    cause,
  );
