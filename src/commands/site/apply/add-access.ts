import { GsdkError } from '../../../errors/gsdk-error.ts';
import type { Gateway, SlaveDevices } from '../../../gateway/gateway.ts';
import type { FilterChange } from '../../../gateway/operations/filter-change.ts';
import { createEmptySlaves, type SlaveChange, slaveFields } from '../../../gateway/operations/slave-change.ts';
import { addDevices } from '../../async/add.ts';
import { resultFor } from '../../filter/add.ts';
import { changeFilter } from '../../filter/change.ts';
import { setSlavesOf, slavesDisturbed } from '../../slave/change.ts';
import type { LiveSite } from '../gateway-state.ts';
import type { SiteRecord } from '../site-file.ts';
import { type DoorPlan, idsWith, targetOf } from './plan.ts';
import type { Steps } from './plan-executor.ts';

/** What a site file is carried out with. */
export interface Work {
  site: readonly SiteRecord[];
  /** What is to be done for its doors. */
  doors: readonly DoorPlan[];
  /** What the gateway knew when that was planned. */
  live: LiveSite;
  steps: Steps;
  signal: AbortSignal;
}

/** Lets in doors that dial in, and has the gateway dial the others. */
export async function grantWayIn(gateway: Gateway, { site, doors, steps, signal }: Work): Promise<void> {
  const accepted = idsWith(doors, 'filter-add');
  await steps.run('filter-add', accepted, async () => {
    const outcome = await changeFilter(gateway, accept(accepted), { signal });
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

/**
 * Adds slaves of doors that are connected. A new entry may have cost a door its slaves (gateway-behaviour F77), so
 * those that it had are wanted too.
 */
export async function addSlaves(gateway: Gateway, { site, doors, live, steps }: Work): Promise<void> {
  const ids = new Set(idsWith(doors, 'slave-add'));
  const parents = site.filter(({ deviceID }) => ids.has(deviceID));
  const changes = new Map(
    parents.map(({ deviceID, slaves }) => [
      deviceID,
      union(live.slaves.get(deviceID) ?? createEmptySlaves(deviceID), slaves),
    ]),
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
