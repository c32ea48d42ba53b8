import { defineCommand } from '../../../cli/define-command.ts';

/** `gsdk emulator fleet schema` */
export const fleetSchema = defineCommand({
  summary: 'Print the JSON Schema of fleet files',
  examples: [
    'gsdk emulator fleet schema > fleet.schema.json',
    "gsdk emulator fleet schema | jq '.properties.groups.items.properties | keys'",
  ],
  description:
    'A JSON Schema (draft 7), the one by which fleet files are checked. Editors go by a first line in the file:\n' +
    '# yaml-language-server: $schema=fleet.schema.json   or in JSON   "$schema": "fleet.schema.json"',
  exitCodes: [],
  run: async ({ session }) => {
    const emulator = await import('../../../emulator/index.ts');
    await session.print([`${JSON.stringify(emulator.fleetSchema, null, 2)}\n`]);
    session.ending = { exitCode: 0 };
  },
});
