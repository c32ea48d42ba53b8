import { devicePort } from '../../base/address.ts';
import { notManagedFailure } from '../../errors/combine-failures.ts';
import { type Failure, toGsdkError } from '../../errors/gsdk-error.ts';
import type { Gateway, ManagedDevice } from '../../gateway/gateway.ts';
import type { ObservedDevice, SettingOutcome } from '../../gateway/operations/device-setting.ts';
import { setOnDevices } from '../../gateway/operations/device-setting.ts';
import type { Unfinished } from '../../gateway/operations/resume-state.ts';
import { changeSlaves, toRestoreChange } from '../../gateway/operations/slave-change.ts';
import type { DeviceResult } from '../../render/results.ts';
import { notConnected } from '../slave/change.ts';
import type { Surroundings } from './context.ts';
import { settingDetails } from './setting-change.ts';

/** Notes how devices are connected and which slaves they have, before anything is sent that takes that away. */
export async function remember(
  { gateway, unfinished }: Surroundings,
  devices: readonly ObservedDevice[],
): Promise<ReadonlyMap<number, Unfinished>> {
  const slaves = new Map((await gateway.slaves()).map((entry) => [entry.deviceID, entry]));
  const noted = unfinished.all();
  const remembered = devices.map((device): Unfinished => {
    const old = noted.get(device.deviceID);
    return { ...(old ?? wayOf(device)), slaves: slaves.get(device.deviceID) ?? old?.slaves ?? null };
  });
  for (const one of remembered) unfinished.note(one);
  return new Map(remembered.map((one) => [one.deviceID, one]));
}

function wayOf({ deviceID, entry, found }: ObservedDevice): Omit<Unfinished, 'slaves'> {
  const dialsIn = entry?.connectionMode === 'DEVICE_TO_SERVER';
  const useSSL = found?.useSSL ?? entry?.useSSL ?? false;
  if (entry && !dialsIn) {
    const kind = entry.autoReconnect ? 'async' : 'sync';
    return { deviceID, kind, IPAddr: entry.IPAddr, port: entry.port, useSSL: entry.useSSL };
  }
  // A device that dialled in has no port in the list (gateway-behaviour F04).
  return {
    deviceID,
    kind: 'dial-in',
    IPAddr: found?.IPAddr ?? entry?.IPAddr ?? '',
    port: found?.port || devicePort,
    useSSL,
  };
}

/** Tells those devices the setting that are connected and do not have it yet. */
export async function switchThose(
  { gateway, setting, unfinished }: Surroundings,
  devices: readonly ObservedDevice[],
  isSetAlready: (device: ObservedDevice) => boolean,
): Promise<ReadonlyMap<number, SettingOutcome>> {
  const ids = devices
    .filter((device) => device.entry?.connected && !isSetAlready(device))
    .map(({ deviceID }) => deviceID);
  if (ids.length === 0) return new Map();
  const switched = await setOnDevices(gateway, setting, ids);
  for (const { deviceID, failure } of switched.values()) {
    if (failure && (failure.outcome ?? 'not-applied') === 'not-applied') unfinished.forget(deviceID);
  }
  return switched;
}

/** A step after which a device may be anywhere: its failure, if there is one, is told only if the device does not come up. */
export const attempt = (step: Promise<unknown>): Promise<Failure | undefined> =>
  step.then(
    () => undefined,
    (error) => ({ ...toGsdkError(error).failure, outcome: 'unknown' as const }),
  );

/** What came of the last steps: who was seen as wanted, and why others were not. */
export interface Arrival {
  met: ReadonlySet<number>;
  entries: ReadonlyMap<number, ManagedDevice> | undefined;
  failure: Failure | undefined;
}

/** Why a device cannot be changed that is neither connected nor on its way. */
export const refusal = ({ deviceID, entry }: ObservedDevice, { target }: Gateway): Failure =>
  entry ? notConnected(deviceID, entry.status) : notManagedFailure(deviceID, target);

/** Waits for devices, and gives those that came the slaves that they had, where the gateway has forgotten them. */
export async function arrive(
  { gateway, awaitDevices: wait, withinMs, signal }: Surroundings,
  remembered: ReadonlyMap<number, Unfinished>,
  { ids, isMet }: { ids: readonly number[]; isMet(entry: ManagedDevice | undefined): boolean },
): Promise<Arrival> {
  const { met, entries, unseen } = await wait(gateway, { deviceIDs: ids, isMet, withinMs, signal });
  const failure = await restoreSlaves(
    gateway,
    [...met].flatMap((id) => remembered.get(id)?.slaves ?? []),
  );
  return { met, entries, failure: failure ?? (unseen && { ...unseen.failure, outcome: 'unknown' }) };
}

async function restoreSlaves(
  gateway: Gateway,
  slaves: NonNullable<Unfinished['slaves']>[],
): Promise<Failure | undefined> {
  if (slaves.length === 0) return undefined;
  const changes = new Map(slaves.map((wanted) => [wanted.deviceID, toRestoreChange(wanted)]));
  return changeSlaves(gateway, changes, { dryRun: false }).then(
    ({ failure }) => failure && { ...failure, message: `the slaves were not restored: ${failure.message}` },
    (error) => toGsdkError(error).failure,
  );
}

/** The results of a change in several steps; a device that came to its end needs no note any more. */
export function conclude(
  { setting, unfinished, signal }: Surroundings,
  devices: readonly ObservedDevice[],
  {
    switched,
    arrival,
    failed,
  }: { switched: ReadonlyMap<number, SettingOutcome>; arrival: Arrival; failed: ReadonlyMap<number, Failure> },
): DeviceResult[] {
  return devices.map((device): DeviceResult => {
    const { deviceID } = device;
    const entry = arrival.entries?.get(deviceID);
    const isMet = arrival.met.has(deviceID);
    const own = isMet ? setting.value : (switched.get(deviceID)?.own ?? device.found?.[setting.field]);
    const details = settingDetails(setting, { ...device, entry }, own);
    const known = { deviceID, status: entry?.status ?? null, details };
    const failure = failed.get(deviceID) ?? arrival.failure;
    if (!isMet || failure) return { ...known, ...undone(failure ?? notUp(deviceID, entry, signal)) };
    unfinished.forget(deviceID);
    return { ...known, ok: true, changed: true, outcome: 'applied' };
  });
}

const undone = (failure: Failure) => ({
  ...{ ok: false, changed: false, outcome: failure.outcome ?? ('not-applied' as const), failure },
});

const notUp = (deviceID: number, entry: ManagedDevice | undefined, { aborted }: AbortSignal): Failure => ({
  class: aborted ? 'SIGNAL' : 'TIMEOUT',
  message: `${deviceID} was not seen connected the new way in time; it is ${entry ? entry.status : 'not in the list'} now`,
  hint: 'run the same again: it goes on where it stopped; with more time: --timeout 5m',
  stage: 'device',
  target: String(deviceID),
  outcome: 'unknown',
});

/**
 * Returns the devices that failed to take the setting, and why. The outcome is unknown for those of which an earlier step
 * of the change is done: the setting was refused, and the device is still not as it was.
 *
 * @param begun the devices of which an earlier step changed something
 */
export function failuresOf(
  switched: Iterable<{ deviceID: number; failure: Failure | undefined }>,
  begun: ReadonlySet<number>,
): Map<number, Failure> {
  const failures = new Map<number, Failure>();
  for (const { deviceID, failure } of switched) {
    if (!failure) continue;
    const message = `${failure.message}; an earlier step is done`;
    failures.set(deviceID, begun.has(deviceID) ? { ...failure, message, outcome: 'unknown' } : failure);
  }
  return failures;
}
