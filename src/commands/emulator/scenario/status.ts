import type { Command } from '@commander-js/extra-typings';
import { document } from '../../../cli/help/help.ts';
import type { Session } from '../../../cli/session.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { stepRows, stepShape } from './shape.ts';

/** `gsdk emulator scenario status` */
export const scenarioStatus = (command: Command, session: Session) => {
  document(command, {
    examples: [
      'gsdk emulator scenario status',
      `gsdk emulator scenario status --json | jq '.[] | select(.state == "waiting")'`,
    ],
    notes:
      'Each step of the scenarios that have begun since the start or the last reset: waiting, done or failed;\n' +
      'what is expected is open, met or unmet. It ends with 8 when a step has failed or is unmet.',
    output: shape,
    exitCodes: [...controlExitCodes, 8],
  });
  withName(command).action(() =>
    session.show(shape, async () => {
      const { runs } = await askControl({ command, session, isRead: true }, (client, limits) =>
        client.getScenarioStatus({}, limits),
      );
      const rows = runs.flatMap(stepRows);
      return { rows, exitCode: rows.some(({ state }) => state === 'failed' || state === 'unmet') ? 8 : 0 };
    }),
  );
};

const shape = { ...stepShape, isRead: true };
