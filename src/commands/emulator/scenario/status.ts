import { defineCommand } from '../../../cli/define-command.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { stepRows, stepShape } from './shape.ts';

const shape = { ...stepShape, isRead: true };

/** `gsdk emulator scenario status` */
export const scenarioStatus = defineCommand({
  summary: 'Show the state of each scenario step',
  examples: [
    'gsdk emulator scenario status',
    `gsdk emulator scenario status --json | jq '.[] | select(.state == "waiting")'`,
  ],
  description:
    'Each step of the scenarios that have begun since the start or the last reset: waiting, done or failed;\n' +
    'what is expected is open, met or unmet. It ends with 8 when a step has failed or is unmet.',
  output: shape,
  exitCodes: [...controlExitCodes, 8],
  parameters: (command) => withName(command),
  run: ({ session, command }) =>
    session.show(shape, async () => {
      const { runs } = await askControl({ command, session, isRead: true }, (client, limits) =>
        client.getScenarioStatus({}, limits),
      );
      const rows = runs.flatMap(stepRows);
      return { rows, exitCode: rows.some(({ state }) => state === 'failed' || state === 'unmet') ? 8 : 0 };
    }),
});
