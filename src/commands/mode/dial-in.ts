import { GsdkError } from '../../errors/gsdk-error.ts';
import type { AcceptFilter, ManagedDevice } from '../../gateway/gateway.ts';
import { getDeviceOwnValue, type ObservedDevice } from '../../gateway/operations/device-setting.ts';
import { addToFilter, isAccepted } from '../../gateway/operations/filter-change.ts';
import { callAndVerify } from '../../gateway/operations/verified-call.ts';
import { changeFilter } from '../filter/change.ts';
import type { Surroundings } from '../rollout/context.ts';
import { arrive, conclude, failuresOf, refusal, remember, switchThose } from '../rollout/migrate.ts';
import type { Change } from '../rollout/roll-out.ts';
import { settingDetails } from '../rollout/setting-change.ts';
import { notConnected } from '../slave/change.ts';

/** Has devices dial in from now on: accepted first, then switched, their async connections taken away, and awaited. */
export async function dialInChange(around: Surroundings): Promise<Change> {
  const { gateway, setting, unfinished } = around;
  const [filter, noted] = [await gateway.filter(), unfinished.all()];
  return {
    plan: (device) => {
      const accepted = isAccepted(filter, device.deviceID);
      const isNoted = noted.has(device.deviceID);
      if (isDialledIn(device.entry) && accepted && !isNoted) return 'done';
      // One that is down and accepted may have been switched by a run that was interrupted: it is waited for.
      const isKnown = device.entry !== undefined || getDeviceOwnValue(setting, device) === setting.value;
      const mayCome = isNoted || (accepted && isKnown);
      return device.entry?.connected || mayCome ? 'to-do' : refusal(device, gateway);
    },
    details: (device, isPlanned) =>
      settingDetails(setting, device, isPlanned ? setting.value : getDeviceOwnValue(setting, device)),
    act: (devices) => dialIn(around, devices),
  };
}

const isDialledIn = (entry: ManagedDevice | undefined) =>
  entry?.connected === true && entry.connectionMode === 'DEVICE_TO_SERVER' && !entry.autoReconnect;

async function dialIn(around: Surroundings, known: readonly ObservedDevice[]) {
  const { gateway, setting } = around;
  const remembered = await remember(around, known);
  const ids = known.map(({ deviceID }) => deviceID);
  const accepted = await accept(around, ids).catch((error) => {
    for (const id of ids) around.unfinished.forget(id);
    throw error;
  });
  const devices = await awaited(around, known);
  const switched = await switchThose(around, devices, (device) => getDeviceOwnValue(setting, device) === setting.value);
  const failed = failuresOf(switched.values(), accepted);
  // Nobody's connection is taken away of whom it is not known that it dials in now.
  for (const { deviceID, entry, found } of devices) {
    const isKnown =
      switched.has(deviceID) ||
      entry === undefined ||
      getDeviceOwnValue(setting, { deviceID, entry, found }) === setting.value;
    if (!isKnown) failed.set(deviceID, notConnected(deviceID, entry.status));
  }
  const ready = ids.filter((id) => !failed.has(id));
  const entries = new Map((await gateway.devices().catch(() => [])).map((entry) => [entry.deviceID, entry]));
  const isAsync = (id: number) => entries.get(id)?.autoReconnect === true;
  const { failures } = await callAndVerify(gateway, ready.filter(isAsync), gateway.deleteAsync);
  const arrival = await arrive(around, remembered, { ids: ready, isMet: isDialledIn });
  for (const [id, failure] of failures) if (!arrival.met.has(id)) failed.set(id, failure);
  return conclude(around, devices, { switched, arrival, failed });
}

/**
 * Accepts devices, and returns those that were not accepted before.
 *
 * @throws GsdkError when they are not accepted afterwards: then nothing else is done
 */
async function accept({ gateway, signal }: Surroundings, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const missing = ids.filter(lacking(await gateway.filter()));
  if (missing.length === 0) return new Set();
  const { after, failure } = await changeFilter(gateway, addToFilter(missing, false), { signal });
  if (after && !missing.some(lacking(after))) return new Set(missing);
  throw new GsdkError(failure ?? { class: 'CONFLICT', message: 'the filter does not accept them', stage: 'gateway' });
}

const lacking = (filter: AcceptFilter) => (id: number) => !isAccepted(filter, id);

/** Devices that are down, of which nobody knows who is to dial: one side or the other does so in time. */
async function awaited(around: Surroundings, known: readonly ObservedDevice[]): Promise<ObservedDevice[]> {
  const { gateway, setting, withinMs, signal } = around;
  const isUnclear = (device: ObservedDevice) =>
    device.entry !== undefined && getDeviceOwnValue(setting, device) === undefined;
  const unclear = known.filter(isUnclear).map(({ deviceID }) => deviceID);
  if (unclear.length === 0) return [...known];
  const isMet = (entry: ManagedDevice | undefined) => entry === undefined || entry.connected;
  const { entries } = await around.awaitDevices(gateway, { deviceIDs: unclear, isMet, withinMs, signal });
  return known.map((device) =>
    isUnclear(device) && entries ? { ...device, entry: entries.get(device.deviceID) } : device,
  );
}
