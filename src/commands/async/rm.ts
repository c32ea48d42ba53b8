import { defineCommand } from '../../cli/define-command.ts';
import { readDeviceIDs } from '../../cli/input/id-list.ts';
import type { Session } from '../../cli/session.ts';
import { type Failure, usageError } from '../../errors/gsdk-error.ts';
import type { Gateway, SlaveDevices } from '../../gateway/gateway.ts';
import { slaveFields } from '../../gateway/operations/slave-change.ts';
import { callAndVerify, indexByDeviceID } from '../../gateway/operations/verified-call.ts';
import { createResultShape, type DeviceResult, toResult } from '../../render/results.ts';
import { type Goal, toDeviceOutcome } from '../shared/outcome.ts';

const shape = createResultShape([], []);

/** `gsdk async rm` */
export const asyncRm = defineCommand({
  summary: 'Remove persistent connections',
  examples: ['gsdk async rm 544114231', 'gsdk async rm --all --dry-run'],
  description:
    'A device that is connected is disconnected first. Nothing will connect to it again by itself.\n' +
    'Slaves of it that the gateway may forget are named in a warning.',
  output: shape,
  exitCodes: [3, 4, 5, 6, 7, 8, 124],
  parameters: (command) =>
    command
      .argument('[id...]', 'device IDs, @file, or - for standard input')
      .option('--all', 'every async connection')
      .option('--if-exists', 'it is no failure if there is none')
      .option('--dry-run', 'only look at what would be done')
      .option('--fail-if-empty', 'end with 8 when the list of IDs is empty'),
  run: async ({ session }, words, { all, ifExists, dryRun, failIfEmpty }) => {
    if (all && words.length > 0) throw usageError('--all beside device IDs', 'say one of them');
    const ids = all ? undefined : await readDeviceIDs(words, session);
    const context = { ...session.context, dryRun: dryRun === true };
    const empty = { ...toResult([], context), exitCode: failIfEmpty ? 8 : 0 };
    if (ids?.length === 0) return session.show(shape, () => empty);
    return session.ask(shape, async (gateway) => {
      const options = { ifExists: ifExists === true, ...context };
      const slaves = await gateway.slaves().catch(() => []);
      const { results, unseen } = await removeDevices(gateway, ids, options);
      const removed = new Set(results.filter(({ changed }) => changed).map(({ deviceID }) => deviceID));
      await warnOfSlaves(
        session,
        slaves.filter(({ deviceID }) => removed.has(deviceID)),
      );
      return toResult(results, context, unseen);
    });
  },
});

/** A gateway may forget the slaves of a parent whose connection is removed (gateway-behaviour F77). */
async function warnOfSlaves(session: Session, slaves: readonly SlaveDevices[]): Promise<void> {
  if (slaves.length === 0) return;
  const told = slaves
    .slice(0, 10)
    .map((entry) => `${entry.deviceID} (${slaveFields.flatMap((field) => entry[field]).join(', ')})`);
  const more = slaves.length > 10 ? `, and ${slaves.length - 10} more` : '';
  await session.warn(
    `the gateway may forget the slaves of ${told.join(', ')}${more}; when they are back: gsdk slave add`,
  );
}

/**
 * Removes async connections in batches, and looks at the list of the gateway to see what came of it.
 *
 * @param ids whose; all there are when absent
 * @returns a result for each ID, in order; `unseen` when that last look failed
 */
export async function removeDevices(
  gateway: Gateway,
  ids: readonly number[] | undefined,
  { ifExists, dryRun }: { ifExists: boolean; dryRun: boolean },
) {
  const before = indexByDeviceID(await gateway.devices());
  const isAsync = (id: number) => before.get(id)?.autoReconnect === true;
  const wanted = ids ?? [...before.keys()].filter(isAsync);
  const present = wanted.filter(isAsync);
  gateway.announce(wanted, { dryRun });
  const look = dryRun || present.length === 0 ? undefined : await callAndVerify(gateway, present, gateway.deleteAsync);
  const results = wanted.map((deviceID): DeviceResult => {
    const status = (look?.after ?? before).get(deviceID)?.status ?? null;
    const none: DeviceResult = { deviceID, ok: false, changed: false, outcome: 'not-applied', status };
    if (!isAsync(deviceID)) {
      return ifExists ? { ...none, ok: true, outcome: 'applied' } : { ...none, failure: noAsync(deviceID) };
    }
    return look ? { ...none, ...toDeviceOutcome(deviceID, look, goal) } : { ...none, ok: true, changed: true };
  });
  return { results, unseen: look?.unseen };
}

const goal: Goal = {
  isMet: (entry) => !entry?.autoReconnect,
  unmet: 'was removed, but the gateway lists it still or again',
};

const noAsync = (deviceID: number): Failure => ({
  class: 'NOT_FOUND',
  message: `${deviceID} has no async connection`,
  hint: 'list those there are: gsdk async ls; in a clean-up: --if-exists',
  stage: 'gateway',
  target: String(deviceID),
});
