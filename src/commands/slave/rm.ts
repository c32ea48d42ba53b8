import { defineCommand } from '../../cli/define-command.ts';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import { toDeviceID } from '../../cli/input/option-parsers.ts';
import { GsdkError, usageError } from '../../errors/gsdk-error.ts';
import type { SlaveDevices } from '../../gateway/gateway.ts';
import { createEmptySlaves, type SlaveChange, slaveFields } from '../../gateway/operations/slave-change.ts';
import { toResult } from '../../render/results.ts';
import { showSlaveChange, slaveShape } from './change.ts';

/** `gsdk slave rm` */
export const slaveRm = defineCommand({
  summary: 'Remove slave devices from a parent device',
  examples: ['gsdk slave rm 846 541531007', 'gsdk slave rm 846 --all --dry-run'],
  output: slaveShape,
  exitCodes: [3, 4, 5, 6, 8, 9, 124],
  parameters: (command) =>
    command
      .argument('<parent>', 'the ID of the parent')
      .argument('[id...]', 'IDs of slaves, @file, or - for standard input')
      .option('--all', 'all slaves of the parent')
      .option('--if-exists', 'it is no failure if one is not its slave')
      .option('--dry-run', 'only look at what would be done')
      .option('--fail-if-empty', 'end with 8 when the list of slaves is empty'),
  run: async ({ session }, word, words, { all, ifExists, dryRun, failIfEmpty }) => {
    const parent = toDeviceID(word);
    if (all && words.length > 0) throw usageError('--all beside IDs of slaves', 'say one of them');
    if (all) return showSlaveChange(session, new Map([[parent, () => createEmptySlaves(parent)]]), { dryRun });
    const ids = await readDeviceIDs(words, session);
    const context = { ...session.context, dryRun: dryRun === true };
    if (ids.length === 0) {
      return session.show(slaveShape, () => ({ ...toResult([], context), exitCode: failIfEmpty ? 8 : 0 }));
    }
    return showSlaveChange(session, new Map([[parent, without(ids, ifExists === true)]]), { dryRun });
  },
});

/**
 * Takes slaves away, however they are attached.
 *
 * @throws GsdkError NOT_FOUND, before anything is sent, when one of them is not there
 */
export const without =
  (ids: readonly number[], ifExists: boolean): SlaveChange =>
  (before) => {
    const present = slaveFields.flatMap((field) => before[field]);
    const missing = ids.filter((id) => !present.includes(id));
    if (missing.length > 0 && !ifExists) throw notSlaves(before, missing);
    const kept = (list: readonly number[]) => list.filter((id) => !ids.includes(id));
    return Object.assign({ ...before }, ...slaveFields.map((field) => ({ [field]: kept(before[field]) })));
  };

const notSlaves = ({ deviceID }: SlaveDevices, missing: readonly number[]) =>
  new GsdkError({
    class: 'NOT_FOUND',
    message: `${deviceID} has no slave ${missing.slice(0, 10).join(', ')}`,
    hint: `list those it has: gsdk slave ls ${deviceID}; in a clean-up: --if-exists`,
    stage: 'gateway',
    target: String(deviceID),
  });
