import { type Failure, GsdkError } from '../../errors/gsdk-error.ts';
import type { FilterChange } from '../../gateway/filter-change.ts';
import type { Gateway, SlaveDevices } from '../../gateway/gateway.ts';
import { noSlaves, type SlaveChange, slaveFields } from '../../gateway/slave-change.ts';
import type { DeviceResult } from '../../render/results.ts';
import { addDevices } from '../async/add.ts';
import { removeDevices } from '../async/rm.ts';
import { disconnectDevices } from '../disconnect.ts';
import { resultFor } from '../filter/add.ts';
import { changeFilter, type FilterOutcome } from '../filter/change.ts';
import { setSlavesOf, slavesDisturbed } from '../slave/change.ts';
import { untilConnected } from '../until-connected.ts';
import type { Journal } from './journal.ts';
import { type LiveSite, readLive, strangersTo } from './live.ts';
import { type ActionName, type DoorPlan, planDoor, planStranger, targetOf } from './plan.ts';
import type { SiteRecord } from './site-file.ts';
import { Steps } from './steps.ts';

/** How a site file is carried out. */
export interface ApplyOptions {
  /** Whether a door that is connected may be given another address. */
  replace: boolean;
  /** Whether what the file does not have is removed. */
  prune: boolean;
  /** How many devices that may be; half of what the gateway knows unless given. */
  maxPrune?: number | undefined;
  dryRun: boolean;
  /** How long to wait for the doors to be connected, in milliseconds; not at all when absent. */
  withinMs: number | undefined;
  signal: AbortSignal;
  /** Opened when it is known what is to be done, and before anything is. */
  openJournal?(): Journal;
}

/**
 * Makes a gateway manage what a site file has: the new way in before the old one goes, removals last and only where
 * nothing failed. What is as it should be is not touched, so that it can be interrupted and run again.
 *
 * @returns a result for each door, in the order of the file, then for each device that is removed
 * @throws GsdkError (CONFLICT), before anything is sent, when more would be removed than may be, or a guard forbids it
 */
export async function applySite(
  gateway: Gateway,
  site: readonly SiteRecord[],
  options: ApplyOptions,
): Promise<{ results: readonly DeviceResult[]; unseen: GsdkError | undefined }> {
  const live = await readLive(gateway);
  const doors = site.map((record) => planDoor(record, live, options));
  const strangers = options.prune ? strangersTo(site, live).map((id) => planStranger(id, live)) : [];
  refuseBroadPrune(strangers, live, options);
  const changed = [...doors, ...strangers].filter(({ actions }) => actions.length > 0);
  if (changed.length > 0) gateway.announce(idsOf(changed), { dryRun: options.dryRun });
  if (options.dryRun) return { results: [...doors, ...strangers].map(foreseen), unseen: undefined };
  const steps = new Steps([...doors, ...strangers], options.openJournal?.());
  await grant(gateway, { site, doors, live, options, steps });
  const { results, unseen } = await untilConnected(gateway, wantedUp(steps, doors), options);
  steps.take(results);
  await addSlaves(gateway, { site, doors, live, options, steps });
  await remove(gateway, strangers, { options, steps });
  steps.end();
  return { results: steps.results, unseen: unseen ?? steps.aside };
}

/** What a run works with. */
interface Work {
  site: readonly SiteRecord[];
  doors: readonly DoorPlan[];
  live: LiveSite;
  options: ApplyOptions;
  steps: Steps;
}

const idsOf = (plans: readonly DoorPlan[]) => plans.map(({ deviceID }) => deviceID);

const idsWith = (plans: readonly DoorPlan[], action: ActionName) =>
  idsOf(plans.filter(({ actions }) => actions.includes(action)));

async function grant(gateway: Gateway, { site, doors, options, steps }: Work): Promise<void> {
  const accepted = idsWith(doors, 'filter-add');
  await steps.run('filter-add', accepted, async () => {
    const outcome = await changeFilter(gateway, accept(accepted), { signal: options.signal });
    return accepted.map((id) => resultFor(id, outcome));
  });
  const added = new Set(idsWith(doors, 'async-add'));
  await steps.run('async-add', [...added], async () => {
    const targets = site.filter(({ deviceID }) => added.has(deviceID));
    const wanted = targets.map((record) => ({ ...targetOf(record), dialsIn: false, where: '' }));
    return (await addDevices(gateway, wanted, { replace: true, dryRun: false })).results;
  });
}

/** An open filter lets these in already, and its list is none of our business. */
const accept =
  (ids: readonly number[]): FilterChange =>
  (before) =>
    before.allowAll ? before : { ...before, deviceIDs: [...new Set([...before.deviceIDs, ...ids])] };

/** The doors of which something is to be seen: those that went well so far, and are not to be removed. */
function wantedUp(steps: Steps, doors: readonly DoorPlan[]): DeviceResult[] {
  const ids = new Set(doors.map(({ deviceID }) => deviceID));
  return steps.results.filter(({ deviceID }) => deviceID !== null && ids.has(deviceID));
}

/** A new entry may have cost a device its slaves (gateway-behaviour F77): those that it had are wanted too. */
async function addSlaves(gateway: Gateway, { site, doors, live, steps }: Work): Promise<void> {
  const ids = new Set(idsWith(doors, 'slave-add'));
  const parents = site.filter(({ deviceID }) => ids.has(deviceID));
  const changes = new Map(
    parents.map(({ deviceID, slaves }) => [deviceID, union(live.slaves.get(deviceID) ?? noSlaves(deviceID), slaves)]),
  );
  await steps.run('slave-add', [...ids], async () => {
    const { results, disturbed } = await setSlavesOf(gateway, changes, { dryRun: false });
    if (disturbed.length > 0) steps.aside ??= new GsdkError(slavesDisturbed(disturbed));
    return results;
  });
}

const union =
  (...lists: readonly Partial<SlaveDevices>[]): SlaveChange =>
  (before) => {
    const all = (field: (typeof slaveFields)[number]) => [before, ...lists].flatMap((one) => one[field] ?? []);
    return Object.assign({ ...before }, ...slaveFields.map((field) => ({ [field]: [...new Set(all(field))] })));
  };

async function remove(
  gateway: Gateway,
  strangers: readonly DoorPlan[],
  { options, steps }: Pick<Work, 'options' | 'steps'>,
): Promise<void> {
  const ids = idsOf(strangers);
  if (steps.hasFailed) return steps.skip(ids, notAllWell);
  const listed = idsWith(strangers, 'filter-rm');
  await steps.run('filter-rm', listed, async () => {
    const change: FilterChange = (before) => ({
      ...before,
      deviceIDs: before.deviceIDs.filter((id) => !listed.includes(id)),
    });
    const outcome = await changeFilter(gateway, change, { maxLockout: listed.length, signal: options.signal });
    return listed.map((id) => removedFrom(id, outcome));
  });
  const [entries, connected] = [idsWith(strangers, 'async-rm'), idsWith(strangers, 'disconnect')];
  await steps.run('async-rm', entries, async () => {
    return (await removeDevices(gateway, entries, { ifExists: true, dryRun: false })).results;
  });
  await steps.run('disconnect', connected, async () => {
    return (await disconnectDevices(gateway, connected, { dryRun: false })).results;
  });
}

function removedFrom(deviceID: number, { after, failure }: FilterOutcome): DeviceResult {
  const ok = after !== undefined && !after.deviceIDs.includes(deviceID);
  const outcome = ok ? 'applied' : (failure?.outcome ?? 'not-applied');
  return { deviceID, ok, changed: ok, outcome, status: null, ...(!ok && failure && { failure }) };
}

const notAllWell: Failure = {
  class: 'CONFLICT',
  message: 'something else failed, and removals come last',
  hint: 'mend that, and run the same again',
  stage: 'cli',
};

function refuseBroadPrune(
  strangers: readonly DoorPlan[],
  { devices, filter }: LiveSite,
  { maxPrune }: ApplyOptions,
): void {
  const known = new Set([...devices.keys(), ...filter.deviceIDs]).size;
  const most = maxPrune ?? Math.floor(known / 2);
  if (strangers.length <= most) return;
  throw new GsdkError({
    class: 'CONFLICT',
    message: `--prune would remove ${strangers.length} of ${known} devices; nothing was sent`,
    hint: `is the file whole? whom: --dry-run --max-prune ${strangers.length}; if that is meant: --max-prune ${strangers.length}`,
    stage: 'cli',
  });
}

/** What a dry run tells of a device: the same, and nothing of it done. */
function foreseen({ deviceID, name, entry, actions, failure }: DoorPlan): DeviceResult {
  const changed = actions.length > 0;
  return {
    ...{ deviceID, details: { name, actions }, ok: !failure, changed, status: entry?.status ?? null },
    outcome: changed || failure ? 'not-applied' : 'applied',
    ...(failure && { failure }),
  };
}
