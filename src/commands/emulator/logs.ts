import { readFileSync } from 'node:fs';
import { defineCommand } from '../../cli/define-command.ts';
import { defaultName, logOf, nameOption, notRunning } from './instance/instances.ts';

/** `gsdk emulator logs` */
export const emulatorLogs = defineCommand({
  summary: 'Print the output of an emulator in the background',
  examples: ['gsdk emulator logs', 'gsdk emulator logs --name ci'],
  description: 'It prints what a gateway that was started in the background has said; mostly that is nothing.',
  exitCodes: [3],
  parameters: (command) =>
    command.option('--name <NAME>', `whose gateway; ${defaultName} unless given`, nameOption, defaultName),
  run: async ({ session }, { name }) => {
    await session.print([readLog(name)]);
    session.ending = { exitCode: 0 };
  },
});

function readLog(name: string): string {
  try {
    return readFileSync(logOf(name), 'utf8');
  } catch {
    throw notRunning(name);
  }
}
