import { constants } from 'node:os';
import { isatty } from 'node:tty';
import type { Command } from '@commander-js/extra-typings';
import { document } from '../../cli/help.ts';
import type { Interruption } from '../../cli/host.ts';
import { type Ending, interruptions } from '../../cli/process.ts';
import type { Session } from '../../cli/session.ts';
import { GsdkError } from '../../errors/gsdk-error.ts';
import { clockOption } from './clock.ts';
import { environmentOf, surroundingsOf } from './surroundings.ts';

/** `gsdk emulator exec` */
export const emulatorExec = (command: Command, session: Session) => {
  document(command, {
    examples: [
      'gsdk emulator exec -- gsdk search',
      "gsdk emulator exec --clock scaled:20 -- sh -c 'gsdk connect 192.168.0.104 && gsdk device ls'",
    ],
    notes:
      'The command finds a gateway of its own by GSDK_GATEWAY, GSDK_CA_FILE and the profile "emulator",\n' +
      'a gsdk on its PATH, and none of your own settings. Its exit code is passed on, and signals to it.',
    exitCodes: [125, 126, 127],
  });
  command
    .argument('<command...>', 'the command and its arguments, after --')
    .option('--clock <CLOCK>', 'real, or scaled:K for emulated time that is K times as fast', clockOption, 1)
    .action(async ([file = '', ...args], { clock }) => {
      const { emulator, surroundings } = await start(session, clock);
      try {
        session.signal.throwIfAborted();
        const env = environmentOf(emulator, surroundings, session.host.env);
        session.ending = await runChild({ file, args, env }, session);
      } finally {
        await emulator.close();
        surroundings.remove();
      }
    });
};

async function start(session: Session, clockFactor: number) {
  try {
    const { scaledClock, startEmulator } = await import('../../emulator/index.ts');
    const emulator = await startEmulator({ clock: scaledClock(clockFactor) });
    return { emulator, surroundings: await surroundingsOf(emulator, session.host.argv[1] ?? '') };
  } catch (error) {
    throw handlerError(125, `the embedded gateway did not start: ${(error as Error).message}`, error);
  }
}

/** A command to run. */
interface Child {
  file: string;
  args: readonly string[];
  env: Record<string, string | undefined>;
}

async function runChild({ file, args, env }: Child, { host, interruption }: Session): Promise<Ending> {
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

const handlerError = (exitCode: number, message: string, cause?: unknown) =>
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
