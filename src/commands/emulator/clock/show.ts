import type { Command } from '@commander-js/extra-typings';
import { document } from '../../../cli/help/help.ts';
import type { Session } from '../../../cli/session.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { clockRow, clockShape } from './shape.ts';

/** `gsdk emulator clock show` */
export const clockShow = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk emulator clock show', 'gsdk emulator clock show --fields time -o tsv --no-header'],
    output: shape,
    exitCodes: controlExitCodes,
  });
  withName(command).action(() =>
    session.show(shape, async () => {
      const { clock } = await askControl({ command, session, isRead: true }, (client, limits) =>
        client.getClock({}, limits),
      );
      return { rows: [clockRow(clock)] };
    }),
  );
};

const shape = { ...clockShape, isRead: true };
