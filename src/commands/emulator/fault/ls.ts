import { defineCommand } from '../../../cli/define-command.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { faultRow, faultShape } from './shape.ts';

const shape = { ...faultShape, isRead: true };

/** `gsdk emulator fault ls` */
export const faultLs = defineCommand({
  summary: 'List fault rules with their counts',
  examples: ['gsdk emulator fault ls', `gsdk emulator fault ls --json | jq '.[] | select(.fired == 0) | .id'`],
  description: 'A rule that has never fired may be one that does not say what you mean.',
  output: shape,
  exitCodes: controlExitCodes,
  parameters: (command) => withName(command),
  run: ({ session, command }) =>
    session.show(shape, async () => {
      const { faults } = await askControl({ command, session, isRead: true }, (client, limits) =>
        client.listFaults({}, limits),
      );
      return { rows: faults.map(faultRow) };
    }),
});
