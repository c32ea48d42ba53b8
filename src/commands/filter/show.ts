import type { Command } from '@commander-js/extra-typings';
import { document } from '../../cli/help/help.ts';
import type { Session } from '../../cli/session.ts';
import { filterRow, filterShape } from './shape.ts';

/** `gsdk filter show` */
export const filterShow = (command: Command, session: Session) => {
  document(command, {
    examples: ['gsdk filter show', 'gsdk filter show --json > filter.json'],
    notes: 'With allowAll everybody is accepted, and the listed IDs mean nothing meanwhile.',
    output: filterShape,
    exitCodes: [4, 5, 124],
  });
  command.action(() => session.ask(filterShape, async (gateway) => ({ rows: [filterRow(await gateway.filter())] })));
};
