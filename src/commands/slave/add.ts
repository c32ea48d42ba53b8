import { defineCommand } from '../../cli/define-command.ts';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import { toDeviceID } from '../../cli/input/option-parsers.ts';
import type { SlaveChange } from '../../gateway/operations/slave-change.ts';
import { toResult } from '../../render/results.ts';
import { showSlaveChange, slaveShape } from './change.ts';

/** `gsdk slave add` */
export const slaveAdd = defineCommand({
  summary: 'Add slave devices to a parent device',
  examples: ['gsdk slave add 846 541531007', 'gsdk slave add 846 @readers.txt --wiegand --dry-run'],
  description: 'The slaves must be registered with their parent, and the parent connected. Other slaves stay.',
  output: slaveShape,
  exitCodes: [3, 4, 5, 6, 8, 9, 124],
  parameters: (command) =>
    command
      .argument('<parent>', 'the ID of the parent')
      .argument('[id...]', 'IDs of slaves, @file, or - for standard input')
      .option('--wiegand', 'they are at the Wiegand input; at RS485 unless given')
      .option('--dry-run', 'only look at what would be done')
      .option('--fail-if-empty', 'end with 8 when the list of slaves is empty'),
  run: async ({ session }, word, words, { wiegand, dryRun, failIfEmpty }) => {
    const parent = toDeviceID(word);
    const ids = await readDeviceIDs(words, session);
    const context = { ...session.context, dryRun: dryRun === true };
    if (ids.length === 0) {
      return session.show(slaveShape, () => ({ ...toResult([], context), exitCode: failIfEmpty ? 8 : 0 }));
    }
    const field = wiegand ? 'wiegandSlaveDeviceIDs' : 'rs485SlaveDeviceIDs';
    const change: SlaveChange = (before) => ({ ...before, [field]: [...new Set([...before[field], ...ids])] });
    return showSlaveChange(session, new Map([[parent, change]]), { dryRun });
  },
});
