import type { Command } from '@commander-js/extra-typings';
import { document } from '../../../cli/help/help.ts';
import type { Session } from '../../../cli/session.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { faultRow, faultShape } from './shape.ts';

/** `gsdk emulator fault ls` */
export const faultLs = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk emulator fault ls', `gsdk emulator fault ls --json | jq '.[] | select(.fired == 0) | .id'`],
    notes: 'A rule that has never fired may be one that does not say what you mean.',
    output: shape,
    exitCodes: controlExitCodes,
  });
  withName(command).action(() =>
    session.show(shape, async () => {
      const { faults } = await askControl({ command, session, isRead: true }, (client, limits) =>
        client.listFaults({}, limits),
      );
      return { rows: faults.map(faultRow) };
    }),
  );
};

const shape = { ...faultShape, isRead: true };
