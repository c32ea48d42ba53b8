import { durationFromMs } from '@bufbuild/protobuf/wkt';
import { defineCommand } from '../../../cli/define-command.ts';
import { durationOption } from '../../../cli/input/option-parsers.ts';
import type { Shape } from '../../../render/view.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { clockRow, clockShape } from './shape.ts';

const shape: Shape = {
  ...clockShape,
  fields: [...clockShape.fields, 'sinceSeq'],
  columns: [...clockShape.columns, { field: 'sinceSeq', header: 'SINCE' }],
};

/** `gsdk emulator clock advance` */
export const clockAdvance = defineCommand({
  summary: 'Set a manual clock forward',
  examples: ['gsdk emulator clock advance 30s', 'gsdk emulator clock advance 24h --json'],
  description:
    'Of a gateway that was started with --clock manual. What falls due on the way happens, each at its own\n' +
    'time; when the command is over, it has. A clock that moves by itself is\n' +
    'exit 9.',
  output: shape,
  exitCodes: [...controlExitCodes, 9],
  parameters: (command) => withName(command).argument('<duration>', 'by how much: 30s', durationOption('duration')),
  run: ({ session, command }, byMs) =>
    session.show(shape, async () => {
      const { clock, sinceSeq } = await askControl({ command, session, isRead: false, hint }, (client, limits) =>
        client.advanceClock({ by: durationFromMs(byMs) }, limits),
      );
      return { rows: [{ ...clockRow(clock), sinceSeq }] };
    }),
});
const hint = 'see how it passes: gsdk emulator clock show';
