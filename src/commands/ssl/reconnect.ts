import { type Failure, toGsdkError } from '../../errors/gsdk-error.ts';
import { isSet, type KnownDevice, ownValue } from '../../gateway/device-setting.ts';
import { batchSize, devicesByID } from '../../gateway/fleet.ts';
import type { Gateway, ManagedDevice } from '../../gateway/gateway.ts';
import type { Unfinished } from '../../gateway/resume-state.ts';
import { settingDetails } from '../rollout/plain.ts';
import type { Change } from '../rollout/roll-out.ts';
import type { Surroundings } from '../rollout/surroundings.ts';
import { arrive, attempt, conclude, refusal, remember, switchThose } from '../rollout/way-in.ts';
import { connectAgain } from './connect-again.ts';

/**
 * Switches TLS on devices and has them connected the new way, by kind: async connections are added again with the
 * new flag, devices that dial in are dropped if they do not go by themselves, and ordinary ones are connected again.
 */
export function reconnectChange(around: Surroundings): Change {
  const { gateway, setting, unfinished } = around;
  const noted = unfinished.all();
  return {
    plan: (device) => {
      const isNoted = noted.has(device.deviceID);
      if (isNew(setting, device) && !isNoted) return 'done';
      const isSwitched = device.entry !== undefined && ownValue(setting, device) === setting.value;
      return device.entry?.connected || isNoted || isSwitched ? 'to-do' : refusal(device, gateway);
    },
    details: (device, isPlanned) =>
      settingDetails(setting, device, isPlanned ? setting.value : ownValue(setting, device)),
    act: (devices) => act(around, devices),
  };
}

const isNew = (setting: Surroundings['setting'], { entry, found }: KnownDevice) =>
  entry?.connected && isSet(setting, entry) && (!found || isSet(setting, found));

async function act(around: Surroundings, devices: readonly KnownDevice[]) {
  const { gateway, setting } = around;
  const remembered = await remember(around, devices);
  const switched = await switchThose(around, devices, (device) => ownValue(setting, device) === setting.value);
  const failed = new Map(
    [...switched.values()].flatMap(({ deviceID, failure }) => (failure ? [[deviceID, failure]] : [])),
  );
  const ready = devices.map(({ deviceID }) => deviceID).filter((id) => !failed.has(id));
  const again = [...remembered.values()].filter(({ deviceID }) => ready.includes(deviceID));
  const failures = await reconnect(around, again);
  const isMet = (entry: ManagedDevice | undefined) => entry?.connected === true && isSet(setting, entry);
  const arrival = await arrive(around, remembered, { ids: ready, isMet });
  for (const [id, failure] of failures) if (!arrival.met.has(id)) failed.set(id, failure);
  await putBack(
    gateway,
    blindly(devices, again).filter(({ deviceID }) => !arrival.met.has(deviceID)),
  );
  return conclude(around, devices, { switched, arrival, failed });
}

/** Async connections that were down, of devices of which nobody knows how they are set: they are tried the new way. */
const blindly = (devices: readonly KnownDevice[], again: readonly Unfinished[]) => {
  const blind = new Set(
    devices.filter(({ entry, found }) => !entry?.connected && !found).map(({ deviceID }) => deviceID),
  );
  return again.filter(({ deviceID, kind }) => kind === 'async' && blind.has(deviceID));
};

/** A device that did not come the new way may be set the old way, and just be off: it keeps that way in. */
const putBack = (gateway: Gateway, targets: readonly Unfinished[]) =>
  targets.length === 0
    ? undefined
    : attempt(gateway.addAsync(targets.map((target) => toTarget(target, target.useSSL))));

async function reconnect(around: Surroundings, devices: readonly Unfinished[]): Promise<Map<number, Failure>> {
  const { gateway, setting } = around;
  const list = await gateway.devices().catch(toGsdkError);
  if (list instanceof Error) return new Map(devices.map(({ deviceID }) => [deviceID, list.failure]));
  const entries = devicesByID(list);
  const waiting = devices.filter(({ deviceID }) => {
    const entry = entries.get(deviceID);
    return !(entry?.connected && isSet(setting, entry));
  });
  const of = (kind: Unfinished['kind']) => waiting.filter((device) => device.kind === kind);
  const failures = new Map<number, Failure>();
  const note = (some: readonly Unfinished[], failure: Failure | undefined) => {
    if (failure) for (const { deviceID } of some) failures.set(deviceID, failure);
  };
  note(of('async'), await addAgain(gateway, of('async'), setting.value === true));
  const stale = [...of('dial-in'), ...of('sync')].filter(({ deviceID }) => entries.get(deviceID)?.connected);
  for (let start = 0; start < stale.length; start += batchSize) {
    const batch = stale.slice(start, start + batchSize);
    note(batch, await attempt(gateway.disconnect(batch.map(({ deviceID }) => deviceID))));
  }
  for (const [id, failure] of await connectAgain(around, of('sync'), entries)) failures.set(id, failure);
  return failures;
}

/** A gateway may ignore that an entry is added again (gateway-behaviour F29); then it is taken out first. */
async function addAgain(
  gateway: Gateway,
  devices: readonly Unfinished[],
  useSSL: boolean,
): Promise<Failure | undefined> {
  if (devices.length === 0) return undefined;
  const failure = await attempt(gateway.addAsync(devices.map((device) => toTarget(device, useSSL))));
  const list = await gateway.devices().catch(toGsdkError);
  if (failure || list instanceof Error) return failure;
  const entries = devicesByID(list);
  const stuck = devices.filter(({ deviceID }) => entries.get(deviceID)?.useSSL !== useSSL);
  if (stuck.length === 0) return undefined;
  const replaced = async () => {
    for (let start = 0; start < stuck.length; start += batchSize) {
      await gateway.deleteAsync(stuck.slice(start, start + batchSize).map(({ deviceID }) => deviceID));
    }
    await gateway.addAsync(stuck.map((device) => toTarget(device, useSSL)));
  };
  return attempt(replaced());
}

const toTarget = ({ deviceID, IPAddr, port }: Unfinished, useSSL: boolean) => ({ deviceID, IPAddr, port, useSSL });
