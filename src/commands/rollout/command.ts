import type { Command } from '@commander-js/extra-typings';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import type { Session } from '../../cli/session.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { DeviceSetting } from '../../gateway/operations/device-setting.ts';
import { defaultBatchSize } from '../../gateway/operations/rolling.ts';
import { createResultShape, toResult } from '../../render/results.ts';
import type { Shape } from '../../render/view.ts';
import { about, batchSizeOption, maxFailedOption } from './options.ts';
import { type Change, rollOut } from './roll-out.ts';
import { ownField } from './setting-change.ts';
import { warningOfLeftOut } from './unreachable-warning.ts';

/** Gives a command the devices and options of a change in a rolling order. */
export const withRollOutOptions = <Arguments extends unknown[]>(command: Command<Arguments>) =>
  command
    .argument('[id...]', 'device IDs, @file, or - for standard input')
    .option('--batch-size <N>', about.batchSize, batchSizeOption)
    .option('--max-failed <N>', about.maxFailed, maxFailedOption)
    .option('--dry-run', about.dryRun)
    .option('--fail-if-empty', about.failIfEmpty);

/** The values of these options. */
export interface RollOutFlags {
  batchSize?: number | undefined;
  maxFailed?: number | undefined;
  dryRun?: true | undefined;
  failIfEmpty?: true | undefined;
}

/** What a change of a setting of devices looks like. */
export function rollOutShape(field: DeviceSetting['field']): Shape {
  const own = ownField({ field });
  const header = field === 'useSSL' ? 'DEVICE SSL' : 'DEVICE MODE';
  return createResultShape([own, 'connected'], [{ field: own, header, cell: (row) => row[own] ?? 'unknown' }]);
}

/** Takes devices through a change of a setting of theirs, and shows what came of it. */
export async function showRollOut(
  session: Session,
  {
    words,
    setting,
    options,
    isWhole,
  }: {
    words: readonly string[];
    setting: DeviceSetting;
    options: RollOutFlags;
    /** Whether the change sees to it itself that the devices have a way in afterwards. */
    isWhole: boolean;
  },
  toChange: (gateway: Gateway) => Change | Promise<Change>,
): Promise<void> {
  const { batchSize = defaultBatchSize, maxFailed = 0, dryRun, failIfEmpty } = options;
  const shape = rollOutShape(setting.field);
  const ids = await readDeviceIDs(words, session);
  const context = { ...session.context, dryRun: dryRun === true };
  if (ids.length === 0) {
    return session.show(shape, () => ({ ...toResult([], context), exitCode: failIfEmpty ? 8 : 0 }));
  }
  return session.ask(shape, async (gateway) => {
    const rolling = { batchSize, maxFailed, dryRun: context.dryRun, signal: session.signal };
    const results = await rollOut(gateway, ids, { change: await toChange(gateway), options: rolling });
    const warning = isWhole ? undefined : await warningOfLeftOut(gateway, setting, results);
    if (warning) await session.warn(warning);
    return toResult(results, context);
  });
}
