import type { Command } from '@commander-js/extra-typings';
import { document } from '../../../cli/help/help.ts';
import type { Session } from '../../../cli/session.ts';

/** `gsdk emulator fleet schema` */
export const fleetSchema = (command: Command, session: Session) => {
  document(command, {
    examples: [
      'gsdk emulator fleet schema > fleet.schema.json',
      "gsdk emulator fleet schema | jq '.properties.groups.items.properties | keys'",
    ],
    notes:
      'A JSON Schema (draft 7), the one by which fleet files are checked. Editors go by a first line in the file:\n' +
      '# yaml-language-server: $schema=fleet.schema.json   or in JSON   "$schema": "fleet.schema.json"',
    exitCodes: [],
  });
  command.action(async () => {
    const emulator = await import('../../../emulator/index.ts');
    await session.print([`${JSON.stringify(emulator.fleetSchema, null, 2)}\n`]);
    session.ending = { exitCode: 0 };
  });
};
