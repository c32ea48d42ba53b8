import { defineCommand } from '../../../cli/define-command.ts';
import type { Shape } from '../../../render/view.ts';

const shape: Shape = {
  isRead: true,
  fields: ['name', 'steps', 'about'],
  columns: [
    { field: 'name', header: 'NAME' },
    { field: 'steps', header: 'STEPS' },
    { field: 'about', header: 'ABOUT' },
  ],
};

/** `gsdk emulator scenario ls` */
export const scenarioLs = defineCommand({
  summary: 'List the built-in scenarios',
  examples: ['gsdk emulator scenario ls', 'gsdk emulator scenario ls --fields name -o tsv --no-header'],
  description: 'They fit any fleet. exec, run and start take them with --scenario, scenario run at any time.',
  output: shape,
  exitCodes: [],
  run: ({ session }) =>
    session.show(shape, async () => {
      const { shippedScenarios } = await import('../../../emulator/index.ts');
      const scenarios = Object.entries(shippedScenarios);
      return { rows: scenarios.map(([name, { about, steps }]) => ({ name, steps: steps.length, about })) };
    }),
});
