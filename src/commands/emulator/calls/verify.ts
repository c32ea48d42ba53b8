import { defineCommand } from '../../../cli/define-command.ts';
import { usageError } from '../../../errors/gsdk-error.ts';
import type { Shape } from '../../../render/view.ts';
import { askControl } from '../control/ask-control.ts';
import { controlExitCodes, withName } from '../control/find.ts';
import { about, numberOption, toFilter } from './filter.ts';

const shape: Shape = {
  isRead: true,
  isObject: true,
  nullable: ['message'],
  fields: ['ok', 'found', 'message'],
  columns: [
    { field: 'ok', header: 'OK' },
    { field: 'found', header: 'FOUND' },
    { field: 'message', header: 'MESSAGE' },
  ],
};

/** `gsdk emulator calls verify` */
export const callsVerify = defineCommand({
  summary: 'Check that calls were made as expected (exit code 0 or 8)',
  examples: [
    'gsdk emulator calls verify --method AddAsyncConnection --count 1',
    'gsdk emulator calls verify --method DisconnectAll --count 0',
    'gsdk emulator calls verify --order GetAcceptFilter,SetAcceptFilter,GetAcceptFilter',
  ],
  description: 'It ends with 8 when it is not so, and says what is not. A method that there is not is exit 2.',
  output: shape,
  exitCodes: [...controlExitCodes, 8],
  parameters: (command) =>
    withName(command)
      .option('--method <METHOD>', about.method)
      .option('--code <CODE>', about.code)
      .option('--since <SEQ>', about.since, numberOption('--since'))
      .option('--count <N>', 'there are so many', numberOption('--count'))
      .option('--at-least <N>', 'there are so many or more', numberOption('--at-least'))
      .option('--at-most <N>', 'there are so many or fewer', numberOption('--at-most'))
      .option('--order <METHODS>', 'these came in this order, whatever came in between; parted by commas'),
  run: ({ session, command }, { count, atLeast, atMost, order, ...options }) => {
    if ([count, atLeast, atMost, order].every((value) => value === undefined)) {
      throw usageError('nothing to verify', 'give --count, --at-least, --at-most or --order');
    }
    const expected = {
      filter: toFilter(options),
      ...(count !== undefined && { count }),
      ...(atLeast !== undefined && { atLeast }),
      ...(atMost !== undefined && { atMost }),
      order: order?.split(',') ?? [],
    };
    return session.show(shape, async () => {
      const { ok, found, message } = await askControl({ command, session, isRead: true, hint }, (client, limits) =>
        client.verifyCalls(expected, limits),
      );
      return { rows: [{ ok, found, message: message || null }], exitCode: ok ? 0 : 8 };
    });
  },
});
const hint = 'list them: gsdk emulator calls ls';
