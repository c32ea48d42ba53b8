import type { Command } from '@commander-js/extra-typings';
import { document } from '../../../cli/help/help.ts';
import type { Session } from '../../../cli/session.ts';
import type { Shape } from '../../../render/view.ts';

/** `gsdk emulator scenario ls` */
export const scenarioLs = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk emulator scenario ls', 'gsdk emulator scenario ls --fields name -o tsv --no-header'],
    notes: 'They fit any fleet. exec, run and start take them with --scenario, scenario run at any time.',
    output: shape,
    exitCodes: [],
  });
  command.action(() =>
    session.show(shape, async () => {
      const { shippedScenarios } = await import('../../../emulator/index.ts');
      const scenarios = Object.entries(shippedScenarios);
      return { rows: scenarios.map(([name, { about, steps }]) => ({ name, steps: steps.length, about })) };
    }),
  );
};

const shape: Shape = {
  isRead: true,
  fields: ['name', 'steps', 'about'],
  columns: [
    { field: 'name', header: 'NAME' },
    { field: 'steps', header: 'STEPS' },
    { field: 'about', header: 'ABOUT' },
  ],
};
