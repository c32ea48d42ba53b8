import { defineCommand } from '../../cli/define-command.ts';
import { aboutOnly, readAllowList } from '../../cli/input/allow-list.ts';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import { durationOption } from '../../cli/input/option-parsers.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { addToFilter } from '../../gateway/operations/filter-change.ts';
import { type DeviceResult, toResult } from '../../render/results.ts';
import { aboutHeld, readHeldDevices } from '../shared/holds-option.ts';
import { aboutWait, toWaitLimitMs } from '../shared/wait-option.ts';
import { type FilterOutcome, showChange } from './change.ts';
import { about, lockoutOption } from './options.ts';
import { changeShape as shape, unread } from './shape.ts';

/** `gsdk filter add` */
export const filterAdd = defineCommand({
  summary: 'Add devices to the accept filter',
  examples: ['gsdk filter add 939342898 --wait', 'gsdk pending ls -o ids | gsdk filter add -'],
  description:
    'A device is accepted at its next dial, not at once. With --only, whoever is not on that list is skipped.',
  output: shape,
  exitCodes: [4, 5, 7, 8, 9, 124],
  parameters: (command) =>
    command
      .argument('[id...]', 'device IDs, @file, or - for standard input')
      .option('--only <LIST>', aboutOnly)
      .option('--holds <FILE>', aboutHeld)
      .option('--listed-only', about.listedOnly)
      .option('--wait', aboutWait.wait)
      .option('--timeout <DURATION>', aboutWait.timeout, durationOption('--timeout'))
      .option('--max-lockout <N>', about.maxLockout, lockoutOption)
      .option('--dry-run', about.dryRun)
      .option('--fail-if-empty', about.failIfEmpty),
  run: async ({ session }, words, { only: list, holds, listedOnly, wait, timeout, failIfEmpty, ...options }) => {
    const withinMs = toWaitLimitMs({ wait, timeout });
    const ids = await readDeviceIDs(words, session);
    const only = list === undefined ? undefined : await readAllowList(list, session, words);
    const held = await readHeldDevices(holds, session);
    const isWanted = (id: number) => (only?.has(id) ?? true) && !held.has(id);
    const wanted = ids.filter(isWanted);
    if (wanted.length === 0 && listedOnly) {
      throw usageError(
        'an empty list with --listed-only would accept nobody',
        'if that is meant: gsdk filter disallow-all',
      );
    }
    const context = { ...session.context, dryRun: options.dryRun === true };
    if (wanted.length === 0) {
      return session.show(shape, () => ({
        ...unread(toResult(ids.map(skipped), context)),
        exitCode: failIfEmpty && ids.length === 0 ? 8 : 0,
      }));
    }
    const change = addToFilter(wanted, listedOnly === true);
    return showChange(session, shape, {
      change,
      options,
      withinMs,
      toResults: (outcome) => ids.map((id) => (isWanted(id) ? resultFor(id, outcome) : skipped(id))),
    });
  },
});

/** What became of a device that is not on the list of those who may be accepted. */
export const skipped = (deviceID: number): DeviceResult => ({
  ...{ deviceID, ok: false, changed: false, outcome: 'skipped', status: null },
});

/** What became of a device that was to be in the filter. */
export function resultFor(deviceID: number, { before, after, failure, done }: FilterOutcome): DeviceResult {
  const ok = after?.deviceIDs.includes(deviceID) ?? false;
  const changed = ok && !before.deviceIDs.includes(deviceID);
  return {
    deviceID,
    ok,
    changed,
    outcome: ok ? done : (failure?.outcome ?? 'not-applied'),
    status: null,
    failure: ok ? undefined : failure,
  };
}
