import { defineCommand } from '../../cli/define-command.ts';
import { readAllowList } from '../../cli/input/allow-list.ts';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import { durationOption } from '../../cli/input/option-parsers.ts';
import { type Failure, usageError } from '../../errors/gsdk-error.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { addToFilter } from '../../gateway/operations/filter-change.ts';
import { createResultShape, type DeviceResult, toResult } from '../../render/results.ts';
import { resultFor, skipped } from '../filter/add.ts';
import { type ChangeOptions, changeFilter } from '../filter/change.ts';
import { about } from '../filter/options.ts';
import { aboutHeld, readHeldDevices } from '../shared/holds-option.ts';
import { aboutWait, toWaitLimitMs, waitUntilConnected } from '../shared/wait-option.ts';

const shape = createResultShape([], []);

/** `gsdk pending accept` */
export const pendingAccept = defineCommand({
  summary: 'Add pending devices to the accept filter',
  examples: ['gsdk pending accept 939342898 --wait', 'gsdk pending accept --only @allowed.txt'],
  description:
    'Accepted devices are in the filter from now on, and connect at their next dial. With --only, all\n' +
    'pending devices that are on the list are accepted, and the rest is skipped.',
  output: shape,
  exitCodes: [3, 4, 5, 7, 8, 9, 124],
  parameters: (command) =>
    command
      .argument('[id...]', 'IDs of pending devices, @file, or - for standard input')
      .option(
        '--only <LIST>',
        'those of the pending devices that are on this list: @FILE with IDs or records, or - for standard input',
      )
      .option('--holds <FILE>', aboutHeld)
      .option('--wait', aboutWait.wait)
      .option('--timeout <DURATION>', aboutWait.timeout, durationOption('--timeout'))
      .option('--dry-run', about.dryRun)
      .option('--fail-if-empty', about.failIfEmpty),
  run: async ({ session }, words, { only, holds, wait, timeout, failIfEmpty, ...options }) => {
    const withinMs = toWaitLimitMs({ wait, timeout });
    if (only !== undefined && words.length > 0) throw usageError('--only beside device IDs', 'say one of them');
    const ids = only === undefined ? await readDeviceIDs(words, session) : [...(await readAllowList(only, session))];
    const held = await readHeldDevices(holds, session);
    const context = { ...session.context, dryRun: options.dryRun === true };
    if (ids.length === 0) {
      return session.show(shape, () => ({ ...toResult([], context), exitCode: failIfEmpty ? 8 : 0 }));
    }
    return session.ask(shape, async (gateway) => {
      const results = await acceptDevices(gateway, ids, {
        ...{ isAllowList: only !== undefined, held, signal: session.signal },
        ...options,
      });
      const waiting = { withinMs: options.dryRun ? undefined : withinMs, signal: session.signal };
      const waited = await waitUntilConnected(gateway, results, waiting);
      const result = toResult(waited.results, context, waited.unseen);
      return { ...result, exitCode: failIfEmpty && results.length === 0 ? 8 : 0 };
    });
  },
});

/**
 * Puts pending devices into the accept filter.
 *
 * @param ids whom: these, or with `isAllowList` those of the pending ones that are among these
 * @param held devices that are taken out on purpose, and skipped
 * @throws GsdkError CONFLICT when the filter accepts everybody
 */
export async function acceptDevices(
  gateway: Gateway,
  ids: readonly number[],
  { isAllowList, held, ...options }: ChangeOptions & { isAllowList: boolean; held?: ReadonlySet<number> },
): Promise<DeviceResult[]> {
  const pending = (await gateway.pending()).map(({ deviceID }) => deviceID);
  const wanted = isAllowList ? pending : ids;
  const isAllowed = (id: number) => ids.includes(id) && !held?.has(id);
  const accepted = wanted.filter((id) => isAllowed(id) && pending.includes(id));
  const outcome =
    accepted.length === 0 ? undefined : await changeFilter(gateway, addToFilter(accepted, false), options);
  return wanted.map((deviceID): DeviceResult => {
    const none: DeviceResult = { deviceID, ok: false, changed: false, outcome: 'not-applied', status: null };
    if (!isAllowed(deviceID)) return skipped(deviceID);
    if (!pending.includes(deviceID)) return { ...none, failure: notPending(deviceID) };
    return outcome ? resultFor(deviceID, outcome) : none;
  });
}

const notPending = (deviceID: number): Failure => ({
  class: 'NOT_FOUND',
  message: `${deviceID} is not pending`,
  hint: 'see who is: gsdk pending ls; to accept a device before it dials in: gsdk filter add',
  stage: 'gateway',
  target: String(deviceID),
});
