import { type Failure, toGsdkError } from '../../errors/gsdk-error.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import { type ObservedDevice, readDeviceOwnSettings } from '../../gateway/operations/device-setting.ts';
import { type RollingOptions, runInBatches } from '../../gateway/operations/rolling.ts';
import { indexByDeviceID } from '../../gateway/operations/verified-call.ts';
import type { DeviceResult } from '../../render/results.ts';

/** A change that devices go through in a rolling order. */
export interface Change {
  /** Whether a device is as wanted already, is to be changed, or cannot be, and why. */
  plan(device: ObservedDevice): 'done' | 'to-do' | Failure;
  /** The fields of this command alone, of a device as it is or would be. */
  details(device: ObservedDevice, isPlanned: boolean): NonNullable<DeviceResult['details']>;
  /** Changes a batch and looks at it; a result for each. It throws only what happened before anything was sent. */
  act(devices: readonly ObservedDevice[]): Promise<DeviceResult[]>;
}

/** What `rollOut` is told beside the devices. */
export interface RollOutOptions extends RollingOptions {
  dryRun: boolean;
}

/**
 * Takes devices through a change: those that are as wanted stay untouched, and the others follow in a rolling order,
 * which one that cannot be changed stops in its turn like one that failed.
 *
 * @returns a result for each device, in input order
 */
export async function rollOut(
  gateway: Gateway,
  ids: readonly number[],
  { change, options }: { change: Change; options: RollOutOptions },
): Promise<DeviceResult[]> {
  gateway.announce(ids, { dryRun: options.dryRun });
  const entries = indexByDeviceID(await gateway.devices());
  const found = await readDeviceOwnSettings(gateway);
  const devices = ids.map((deviceID) => ({ deviceID, entry: entries.get(deviceID), found: found.get(deviceID) }));
  const plans = new Map(devices.map((device) => [device.deviceID, change.plan(device)]));
  const isToDo = ({ deviceID }: ObservedDevice) => plans.get(deviceID) === 'to-do';
  const none = (device: ObservedDevice): DeviceResult => ({
    ...{ deviceID: device.deviceID, ok: false, changed: false, outcome: 'not-applied' },
    ...{ status: device.entry?.status ?? null, details: change.details(device, false) },
  });
  const planned = (device: ObservedDevice): DeviceResult => {
    const plan = plans.get(device.deviceID);
    if (typeof plan === 'object') return { ...none(device), failure: plan };
    if (plan === 'done') return { ...none(device), ok: true, outcome: 'applied' };
    return { ...none(device), ok: true, changed: true, details: change.details(device, true) };
  };
  const failed = (error: unknown) => {
    const { failure } = toGsdkError(error);
    return (device: ObservedDevice): DeviceResult => ({
      ...{ ...none(device), outcome: failure.outcome ?? 'not-applied', failure },
    });
  };
  const work = {
    async act(batch: readonly ObservedDevice[]) {
      const toDo = batch.filter(isToDo);
      const done =
        options.dryRun || toDo.length === 0 ? [] : await change.act(toDo).catch((error) => toDo.map(failed(error)));
      const results = new Map(done.map((result) => [result.deviceID, result]));
      return batch.map((device) => results.get(device.deviceID) ?? planned(device));
    },
    isFailed: ({ ok }: DeviceResult) => !ok,
    skip: (device: ObservedDevice, cause: DeviceResult | undefined): DeviceResult => ({
      ...none(device),
      ...{ outcome: 'skipped', failure: notTried(device.deviceID, cause?.failure, options.signal) },
    }),
  };
  const rolled = await runInBatches(
    devices.filter(({ deviceID }) => plans.get(deviceID) !== 'done'),
    work,
    options,
  );
  const byID = new Map(rolled.map((result) => [result.deviceID, result]));
  return devices.map((device) => byID.get(device.deviceID) ?? planned(device));
}

/** Of the class of what stopped it, so that a run of which nothing worked ends with that. */
const notTried = (deviceID: number, cause: Failure | undefined, { aborted }: AbortSignal): Failure => ({
  class: cause?.class ?? 'SIGNAL',
  message: `${deviceID} was not tried, because ${aborted ? 'it was interrupted' : 'a device before it failed'}`,
  hint: 'mend that one and run the same again: devices that are done stay untouched',
  stage: 'cli',
  target: String(deviceID),
  outcome: 'skipped',
  ...(cause?.exitCode !== undefined && { exitCode: cause.exitCode }),
});
