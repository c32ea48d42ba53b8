import type { Command } from '@commander-js/extra-typings';
import { shellWord } from '../../base/shell-word.ts';
import { portOption } from '../../cli/arguments.ts';
import { document } from '../../cli/help.ts';
import type { Session } from '../../cli/session.ts';
import { GsdkError } from '../../errors/gsdk-error.ts';
import type { Shape } from '../../render/view.ts';
import { clockOption } from './clock.ts';
import { aboutFleet, readFleet } from './fleet.ts';
import { surroundingsOf } from './surroundings.ts';

/** `gsdk emulator run` */
export const emulatorRun = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk emulator run', 'gsdk emulator run --port 4000 --clock scaled:20 --json'],
    notes:
      'Once the gateway answers, it prints how to reach it, and then runs until it is interrupted. In\n' +
      'another shell, paste what it prints, then: gsdk search',
    output: shape,
    exitCodes: [9, 130, 143],
  });
  command
    .option('--port <PORT>', 'the port to listen on; any free one unless given', portOption('--port'))
    .option('--clock <CLOCK>', 'real, or scaled:K for emulated time that is K times as fast', clockOption, 1)
    .option('--fleet <FILE>', `${aboutFleet}; the tutorial's unless given`)
    .action(async ({ port, clock, fleet: fleetFile }) => {
      const fleet = fleetFile === undefined ? undefined : await readFleet(fleetFile, session);
      const { scaledClock, startEmulator } = await import('../../emulator/index.ts');
      let stop: (() => Promise<void>) | undefined;
      try {
        await session.show(shape, async () => {
          const options = { clock: scaledClock(clock), ...(port !== undefined && { port }), ...(fleet && { fleet }) };
          const emulator = await startEmulator(options).catch((error: NodeJS.ErrnoException) => {
            throw error.code === 'EADDRINUSE' ? portTaken(port) : error;
          });
          stop = emulator.close;
          const surroundings = await surroundingsOf(new Map([['emulator', emulator]]), session.host.argv[1] ?? '');
          stop = () => emulator.close().finally(surroundings.remove);
          const row = { gateway: emulator.address, caFile: surroundings.caFile };
          return { rows: [row], text: exportLines(row) };
        });
        // Not started where only the fields were asked for.
        if (stop) {
          await session.tell('running; Ctrl-C ends it');
          await interrupted(session.signal);
        }
      } finally {
        await stop?.();
      }
    });
};

const shape: Shape = {
  isRead: true,
  isObject: true,
  fields: ['gateway', 'caFile'],
  columns: [
    { field: 'gateway', header: 'GATEWAY' },
    { field: 'caFile', header: 'CA FILE' },
  ],
};

/** What a shell must be told, ready to paste. */
const exportLines = ({ gateway, caFile }: { gateway: string; caFile: string }) =>
  `export GSDK_GATEWAY=${gateway}\nexport GSDK_CA_FILE=${shellWord(caFile)}\n`;

const interrupted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });

const portTaken = (port: number | undefined) =>
  new GsdkError({
    class: 'CONFLICT',
    message: `port ${port} is taken`,
    hint: 'leave --port out for any free one',
    stage: 'cli',
  });
