import { defineCommand } from '../../cli/define-command.ts';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import { durationOption } from '../../cli/input/option-parsers.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { createResultShape, toResult } from '../../render/results.ts';
import { disconnectDevices } from './disconnect-devices.ts';

const shape = createResultShape(
  ['comesBack', 'stoppedBy', 'heldUntil'],
  [
    { field: 'comesBack', header: 'COMES BACK' },
    { field: 'stoppedBy', header: 'STOPPED BY', isWide: true },
    { field: 'heldUntil', header: 'HELD UNTIL', isWide: true },
  ],
);

/** `gsdk disconnect` */
export const disconnect = defineCommand({
  summary: 'Disconnect devices',
  examples: [
    'gsdk disconnect 544114231',
    'gsdk disconnect --all --dry-run --json',
    'gsdk disconnect 544114231 --hold 1h --holds holds.json',
  ],
  description:
    'comesBack tells for each device whether it will be connected again without anybody asking, and\n' +
    'stoppedBy the command that would prevent that: an async connection is dialled again by the\n' +
    'gateway, a device that dials in does so itself. With --hold they stay away: how they were is kept in the\n' +
    'file of holds, check and apply leave them alone, and apply or release put them back.',
  output: shape,
  exitCodes: [3, 4, 5, 6, 7, 8, 124],
  parameters: (command) =>
    command
      .argument('[id...]', 'device IDs, @file, or - for standard input')
      .option('--all', 'every connected device')
      .option('--hold <DURATION>', 'take them out for so long', durationOption('--hold'))
      .option('--holds <FILE>', 'with --hold: the file in which it is kept how they were, and until when')
      .option('--dry-run', 'only look at what would be done')
      .option('--fail-if-empty', 'end with 8 when the list of IDs is empty'),
  run: async ({ session }, words, { all, hold, holds, dryRun, failIfEmpty }) => {
    const held = holdOf(hold, holds);
    if (all && words.length > 0) throw usageError('--all beside device IDs', 'say one of them');
    const ids = all ? undefined : await readDeviceIDs(words, session);
    const context = { ...session.context, dryRun: dryRun === true };
    const empty = { ...toResult([], context), exitCode: failIfEmpty ? 8 : 0 };
    if (ids?.length === 0) return session.show(shape, () => empty);
    return session.ask(shape, async (gateway) => {
      const { results, unseen } = held
        ? await (await import('../hold/hold-devices.ts')).holdFor(
            gateway,
            { ids, ...held, dryRun: context.dryRun },
            session,
          )
        : await disconnectDevices(gateway, ids, context);
      return toResult(results, context, unseen);
    });
  },
});

/** How long devices are to stay away, in milliseconds, and the file in which that is kept. */
function holdOf(forMs: number | undefined, path: string | undefined) {
  if (forMs !== undefined && path !== undefined) return { forMs, path };
  if (forMs === undefined && path === undefined) return undefined;
  throw usageError('--hold and --holds need each other', 'such as --hold 1h --holds holds.json');
}
