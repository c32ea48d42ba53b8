import { GsdkError } from '../../errors/gsdk-error.ts';
import type { AcceptFilter, ManagedDevice } from '../../gateway/gateway.ts';
import { getDeviceOwnValue, isSet, type ObservedDevice } from '../../gateway/operations/device-setting.ts';
import { changeFilter } from '../filter/change.ts';
import type { Surroundings } from '../rollout/context.ts';
import { arrive, attempt, conclude, failuresOf, refusal, remember, switchThose } from '../rollout/migrate.ts';
import type { Change } from '../rollout/roll-out.ts';
import { settingDetails } from '../rollout/setting-change.ts';

/** Has the gateway dial devices from now on: async connections first, then switched, awaited, and off the filter last. */
export async function dialOutChange(around: Surroundings): Promise<Change> {
  const { gateway, setting, unfinished } = around;
  const [filter, noted] = [await gateway.filter(), unfinished.all()];
  return {
    plan: (device) => {
      const { deviceID, entry } = device;
      const isNoted = noted.has(deviceID);
      const isListed = filter.deviceIDs.includes(deviceID);
      if (isSettled(setting, device) && !isListed && !isNoted) return 'done';
      const isOnItsWay = entry?.autoReconnect && getDeviceOwnValue(setting, device) === setting.value;
      return entry?.connected || isNoted || isOnItsWay ? 'to-do' : refusal(device, gateway);
    },
    details: (device, isPlanned) =>
      settingDetails(setting, device, isPlanned ? setting.value : getDeviceOwnValue(setting, device)),
    act: (devices) => dialOut(around, devices),
  };
}

const isDialled = (entry: ManagedDevice | undefined) =>
  entry?.connected === true && entry.connectionMode === 'SERVER_TO_DEVICE' && entry.autoReconnect;

const isSettled = (setting: Surroundings['setting'], { entry, found }: ObservedDevice) =>
  isDialled(entry) && (!found || isSet(setting, found));

async function dialOut(around: Surroundings, devices: readonly ObservedDevice[]) {
  const { gateway, setting } = around;
  const remembered = await remember(around, devices);
  const targets = [...remembered.values()].map(({ kind: _, slaves: __, ...target }) => target);
  await gateway.addAsync(targets);
  const switched = await switchThose(around, devices, (device) => getDeviceOwnValue(setting, device) === setting.value);
  const added = devices.filter(({ entry }) => !entry?.autoReconnect).map(({ deviceID }) => deviceID);
  const failed = failuresOf(switched.values(), new Set(added));
  const ready = targets.filter(({ deviceID }) => !failed.has(deviceID));
  const ids = ready.map(({ deviceID }) => deviceID);
  // The first attempt, while they still dialled in, was in vain, and the next would be half a minute later.
  const refused = ready.length === 0 ? undefined : await attempt(gateway.addAsync(ready));
  const arrival = await arrive(around, remembered, { ids, isMet: isDialled });
  if (refused) for (const id of ids) if (!arrival.met.has(id)) failed.set(id, refused);
  const listed = await attempt(unlist(around, [...arrival.met]));
  if (listed) for (const id of arrival.met) failed.set(id, listed);
  return conclude(around, devices, { switched, arrival, failed });
}

/** Takes devices off the filter that do not dial in any more; an open filter stays open. */
async function unlist({ gateway, signal }: Surroundings, ids: readonly number[]): Promise<void> {
  const isListed = (filter: AcceptFilter) => filter.deviceIDs.some((id) => ids.includes(id));
  if (ids.length === 0 || !isListed(await gateway.filter())) return;
  const without = (before: AcceptFilter) => ({
    ...before,
    deviceIDs: before.deviceIDs.filter((id) => !ids.includes(id)),
  });
  const { failure } = await changeFilter(gateway, without, { signal });
  if (failure) throw new GsdkError(failure);
}
