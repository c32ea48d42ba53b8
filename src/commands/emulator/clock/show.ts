import { defineCommand } from '../../../cli/define-command.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { clockRow, clockShape } from './shape.ts';

const shape = { ...clockShape, isRead: true };

/** `gsdk emulator clock show` */
export const clockShow = defineCommand({
  summary: 'Show the emulated time and the clock mode',
  examples: ['gsdk emulator clock show', 'gsdk emulator clock show --fields time -o tsv --no-header'],
  output: shape,
  exitCodes: controlExitCodes,
  parameters: (command) => withName(command),
  run: ({ session, command }) =>
    session.show(shape, async () => {
      const { clock } = await askControl({ command, session, isRead: true }, (client, limits) =>
        client.getClock({}, limits),
      );
      return { rows: [clockRow(clock)] };
    }),
});
