import { defineCommand } from '../../cli/define-command.ts';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import { durationOption } from '../../cli/input/option-parsers.ts';
import { type Failure, usageError } from '../../errors/gsdk-error.ts';
import type { DeviceResult } from '../../render/results.ts';
import { toResult } from '../../render/results.ts';
import { aboutWait, toWaitLimitMs } from '../shared/wait-option.ts';
import { applySite } from '../site/apply/apply-site.ts';
import { applyShape } from '../site/apply.ts';
import { aboutSite } from '../site/options.ts';
import { forgetHolds, isDue, readHolds } from './holds-file.ts';

/** `gsdk release` */
export const release = defineCommand({
  summary: 'Restore devices that were put on hold',
  examples: ['gsdk release 846 --holds holds.json --wait', 'gsdk release --due --holds holds.json'],
  description:
    'It puts doors back that disconnect --hold took out, before their time or at it, as they were. A door whose\n' +
    'slaves are to be added again has to be connected for that: give --wait. A hold goes when its door is as it was.',
  output: applyShape,
  exitCodes: [3, 4, 5, 6, 7, 8, 9, 124],
  parameters: (command) =>
    command
      .argument('[id...]', 'device IDs, @file, or - for standard input')
      .requiredOption('--holds <FILE>', aboutSite.holds)
      .option('--all', 'all doors that are held')
      .option('--due', 'those whose time is over')
      .option('--wait', aboutWait.wait)
      .option('--timeout <DURATION>', aboutWait.timeout, durationOption('--timeout'))
      .option('--dry-run', 'only look at what would be done')
      .option('--fail-if-empty', 'end with 8 when there is no such door'),
  run: async ({ session }, words, { holds: path, all, due, dryRun, failIfEmpty, ...wait }) => {
    const withinMs = toWaitLimitMs(wait);
    if ([all, due, words.length > 0].filter(Boolean).length > 1) {
      throw usageError('device IDs, --all and --due exclude each other', 'say one of them');
    }
    const holds = await readHolds(path, session);
    const ids =
      all || due
        ? [...holds.values()].filter((hold) => all || isDue(hold, Date.now())).map(({ record }) => record.deviceID)
        : await readDeviceIDs(words, session);
    const context = { ...session.context, dryRun: dryRun === true };
    const empty = { ...toResult([], context), exitCode: failIfEmpty ? 8 : 0 };
    if (ids.length === 0) return session.show(applyShape, () => empty);
    return session.ask(applyShape, async (gateway) => {
      const site = ids.flatMap((id) => holds.get(id)?.record ?? []);
      const options = { replace: false, prune: false, withinMs, signal: session.signal, ...context };
      const { results, unseen } = await applySite(gateway, site, options);
      if (!dryRun) await forgetHolds(path, results, session);
      const byID = new Map(results.map((result) => [result.deviceID, result]));
      return toResult(
        ids.map((id) => byID.get(id) ?? notHeld(id, path)),
        context,
        unseen,
      );
    });
  },
});

function notHeld(deviceID: number, path: string): DeviceResult {
  const failure: Failure = {
    class: 'NOT_FOUND',
    message: `${deviceID} is not held in ${path}`,
    hint: 'those that are: gsdk release --all --dry-run --holds FILE',
    stage: 'cli',
    target: String(deviceID),
  };
  return {
    deviceID,
    ok: false,
    changed: false,
    outcome: 'not-applied',
    status: null,
    details: { name: '', actions: [] },
    failure,
  };
}
