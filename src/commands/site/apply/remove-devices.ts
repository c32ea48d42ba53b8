import type { Gateway } from '../../../gateway/gateway.ts';
import type { FilterChange } from '../../../gateway/operations/filter-change.ts';
import type { DeviceResult } from '../../../render/results.ts';
import { removeDevices } from '../../async/rm.ts';
import { disconnectDevices } from '../../disconnect/disconnect-devices.ts';
import { changeFilter, type FilterOutcome } from '../../filter/change.ts';
import { type DoorPlan, idsWith } from './plan.ts';
import type { Steps } from './plan-executor.ts';

/** Takes devices away from a gateway, by their plans: first the way in, then the connection. */
export async function removeThem(
  gateway: Gateway,
  plans: readonly DoorPlan[],
  { steps, signal }: { steps: Steps; signal: AbortSignal },
): Promise<void> {
  const listed = idsWith(plans, 'filter-rm');
  await steps.run('filter-rm', listed, async () => {
    // These are meant to be shut out, and no others.
    const outcome = await changeFilter(gateway, without(listed), { maxLockout: listed.length, signal });
    return listed.map((id) => removedFrom(id, outcome));
  });
  const [entries, connected] = [idsWith(plans, 'async-rm'), idsWith(plans, 'disconnect')];
  await steps.run('async-rm', entries, async () => {
    return (await removeDevices(gateway, entries, { ifExists: true, dryRun: false })).results;
  });
  await steps.run('disconnect', connected, async () => {
    return (await disconnectDevices(gateway, connected, { dryRun: false })).results;
  });
}

/** Of an open filter too the list is changed, for the time when it is closed. */
const without =
  (ids: readonly number[]): FilterChange =>
  (before) => ({ ...before, deviceIDs: before.deviceIDs.filter((id) => !ids.includes(id)) });

function removedFrom(deviceID: number, { before, after, failure }: FilterOutcome): DeviceResult {
  const ok = after !== undefined && !after.deviceIDs.includes(deviceID);
  const outcome = ok ? 'applied' : (failure?.outcome ?? 'not-applied');
  const changed = ok && before.deviceIDs.includes(deviceID);
  return { deviceID, ok, changed, outcome, status: null, ...(!ok && failure && { failure }) };
}
