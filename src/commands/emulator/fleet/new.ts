import { defineCommand } from '../../../cli/define-command.ts';
import { readFleet } from '../options/fleet-option.ts';

/** `gsdk emulator fleet new` */
export const fleetNew = defineCommand({
  summary: 'Create a fleet file from a template or from devices',
  examples: [
    'gsdk emulator fleet new > fleet.yaml',
    'gsdk search --json | gsdk emulator fleet new -f - > fleet.yaml',
    'gsdk emulator fleet new -f site.csv > fleet.yaml',
  ],
  description:
    'Prints a fleet file to begin with, YAML, with a word on each thing that it can say. With -f it is one of\n' +
    'these devices: what search or device ls prints, or a site file.',
  exitCodes: [],
  parameters: (command) =>
    command.option(
      '-f, --file <FILE>',
      'records of devices, JSON, NDJSON or CSV, or another fleet; - for standard input',
    ),
  run: async ({ session }, { file }) => {
    const { startFile, toFleetFile } = await import('../../../emulator/index.ts');
    const text = file === undefined ? startFile : await toFleetFile((await readFleet(file, session)).fleet ?? []);
    await session.print([text]);
    session.ending = { exitCode: 0 };
  },
});
