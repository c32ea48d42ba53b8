import { readFileSync } from 'node:fs';
import type { Command } from '@commander-js/extra-typings';
import { document } from '../../cli/help/help.ts';
import type { Session } from '../../cli/session.ts';
import { defaultName, logOf, nameOption, notRunning } from './instance/instances.ts';

/** `gsdk emulator logs` */
export const emulatorLogs = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk emulator logs', 'gsdk emulator logs --name ci'],
    notes: 'It prints what a gateway that was started in the background has said; mostly that is nothing.',
    exitCodes: [3],
  });
  command
    .option('--name <NAME>', `whose gateway; ${defaultName} unless given`, nameOption, defaultName)
    .action(async ({ name }) => {
      await session.print([readLog(name)]);
      session.ending = { exitCode: 0 };
    });
};

function readLog(name: string): string {
  try {
    return readFileSync(logOf(name), 'utf8');
  } catch {
    throw notRunning(name);
  }
}
