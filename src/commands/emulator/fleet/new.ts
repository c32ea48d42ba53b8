import type { Command } from '@commander-js/extra-typings';
import { document } from '../../../cli/help/help.ts';
import type { Session } from '../../../cli/session.ts';
import { readFleet } from '../options/fleet-option.ts';

/** `gsdk emulator fleet new` */
export const fleetNew = (command: Command, session: Session) => {
  document(command, {
    examples: [
      'gsdk emulator fleet new > fleet.yaml',
      'gsdk search --json | gsdk emulator fleet new -f - > fleet.yaml',
      'gsdk emulator fleet new -f site.csv > fleet.yaml',
    ],
    notes:
      'Prints a fleet file to begin with, YAML, with a word on each thing that it can say. With -f it is one of\n' +
      'these devices: what search or device ls prints, or a site file.',
    exitCodes: [],
  });
  command
    .option('-f, --file <FILE>', 'records of devices, JSON, NDJSON or CSV, or another fleet; - for standard input')
    .action(async ({ file }) => {
      const { startFile, toFleetFile } = await import('../../../emulator/index.ts');
      const text = file === undefined ? startFile : await toFleetFile((await readFleet(file, session)).fleet ?? []);
      await session.print([text]);
      session.ending = { exitCode: 0 };
    });
};
