import { defineCommand } from '../../cli/define-command.ts';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import type { Failure } from '../../errors/gsdk-error.ts';
import { removeFromFilter } from '../../gateway/operations/filter-change.ts';
import { type DeviceResult, toResult } from '../../render/results.ts';
import { type FilterOutcome, showChange } from './change.ts';
import { about, lockoutOption } from './options.ts';
import { changeShape as shape, unread } from './shape.ts';

/** `gsdk filter rm` */
export const filterRm = defineCommand({
  summary: 'Remove devices from the accept filter',
  examples: ['gsdk filter rm 939342898 --dry-run', 'gsdk filter rm 939342898 --max-lockout 1'],
  description:
    'A removal bites at the next dial of the device, perhaps hours later. So one that would shut out\n' +
    'a managed device that dials in is refused, unless --max-lockout allows it.',
  output: shape,
  exitCodes: [3, 4, 5, 7, 8, 9, 124],
  parameters: (command) =>
    command
      .argument('[id...]', 'device IDs, @file, or - for standard input')
      .option('--if-exists', 'it is no failure if a device is not listed')
      .option('--listed-only', about.listedOnly)
      .option('--max-lockout <N>', about.maxLockout, lockoutOption)
      .option('--dry-run', about.dryRun)
      .option('--fail-if-empty', about.failIfEmpty),
  run: async ({ session }, words, { ifExists, listedOnly, failIfEmpty, ...options }) => {
    const ids = await readDeviceIDs(words, session);
    const context = { ...session.context, dryRun: options.dryRun === true };
    if (ids.length === 0) {
      return session.show(shape, () => ({ ...unread(toResult([], context)), exitCode: failIfEmpty ? 8 : 0 }));
    }
    const change = removeFromFilter(ids, listedOnly === true);
    const toResults = (outcome: FilterOutcome) => ids.map((id) => resultFor(id, outcome, ifExists === true));
    return showChange(session, shape, { change, options, toResults });
  },
});

function resultFor(deviceID: number, { before, after, failure, done }: FilterOutcome, ifExists: boolean): DeviceResult {
  const wasListed = before.deviceIDs.includes(deviceID);
  const none: DeviceResult = { deviceID, ok: false, changed: false, outcome: 'not-applied', status: null };
  if (!wasListed && !ifExists) return { ...none, failure: notListed(deviceID) };
  if (after && !after.deviceIDs.includes(deviceID)) return { ...none, ok: true, changed: wasListed, outcome: done };
  return { ...none, outcome: failure?.outcome ?? 'not-applied', failure };
}

const notListed = (deviceID: number): Failure => ({
  class: 'NOT_FOUND',
  message: `${deviceID} is not in the filter`,
  hint: 'see who is: gsdk filter show; in a clean-up: --if-exists',
  stage: 'gateway',
  target: String(deviceID),
});
