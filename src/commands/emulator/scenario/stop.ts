import { defineCommand } from '../../../cli/define-command.ts';
import { numberOption } from '../calls/filter.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { stepRows, stepShape } from './shape.ts';

/** `gsdk emulator scenario stop` */
export const scenarioStop = defineCommand({
  summary: 'Stop scenarios',
  examples: ['gsdk emulator scenario stop', 'gsdk emulator scenario stop 2'],
  description: 'Nothing of it happens any more; what has been done stays done: emulator reset takes that back.',
  output: stepShape,
  exitCodes: controlExitCodes,
  parameters: (command) =>
    withName(command).argument(
      '[run]',
      'its number, as scenario status prints it; all of them unless given',
      numberOption('run'),
    ),
  run: ({ session, command }, run = 0) =>
    session.show(stepShape, async () => {
      const { runs } = await askControl({ command, session, isRead: false, hint }, (client, limits) =>
        client.stopScenario({ run }, limits),
      );
      return { rows: runs.flatMap(stepRows) };
    }),
});

const hint = 'see them: gsdk emulator scenario status';
