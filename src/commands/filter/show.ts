import { defineCommand } from '../../cli/define-command.ts';
import { filterRow, filterShape } from './shape.ts';

/** `gsdk filter show` */
export const filterShow = defineCommand({
  summary: 'Show the accept filter',
  examples: ['gsdk filter show', 'gsdk filter show --json > filter.json'],
  description: 'With allowAll everybody is accepted, and the listed IDs mean nothing meanwhile.',
  output: filterShape,
  exitCodes: [4, 5, 124],
  run: ({ session }) => session.ask(filterShape, async (gateway) => ({ rows: [filterRow(await gateway.filter())] })),
});
