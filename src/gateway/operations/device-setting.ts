import { type Failure, GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import { decideOutcome } from '../../errors/write-outcome.ts';
import type { ConnectionModeName, FoundDevice, Gateway, ManagedDevice } from '../gateway.ts';
import { callAndVerify } from './verified-call.ts';

/** A setting that devices keep themselves (gateway-behaviour F56), and the value that is wanted. */
export type DeviceSetting =
  | { field: 'useSSL'; value: boolean }
  | { field: 'connectionMode'; value: ConnectionModeName };

/** What is known of a device: its entry in the gateway's list, and what it answered to a search. */
export interface ObservedDevice {
  deviceID: number;
  entry: ManagedDevice | undefined;
  found: FoundDevice | undefined;
}

/** How long a search lasts with which a write looks at the devices' own settings. */
const lookMs = 2000;

/**
 * What devices say of themselves, by ID: those that answer a search. One that does not, because it is in another
 * subnet or because the search failed, is not there.
 */
export async function readDeviceOwnSettings(gateway: Gateway, durationMs = lookMs): Promise<Map<number, FoundDevice>> {
  const answer = await gateway.search(durationMs).catch(toGsdkError);
  if (answer instanceof GsdkError) return new Map();
  return new Map(answer.devices.map((device) => [device.deviceID, device]));
}

/** Whether an entry or a find bears the wanted value. */
export const isSet = (
  { field, value }: DeviceSetting,
  device: Pick<ManagedDevice, DeviceSetting['field']> | undefined,
) => device?.[field] === value;

/**
 * The device's own value: what it answered to a search, else what its live connection shows, else unknown. A live
 * connection may be older than the setting (gateway-behaviour F79), so the search comes first.
 */
export const getDeviceOwnValue = (
  { field }: DeviceSetting,
  { entry, found }: ObservedDevice,
): boolean | string | undefined => found?.[field] ?? (entry?.connected ? entry[field] : undefined);

/** A device after it was told a setting. */
export interface SettingOutcome extends ObservedDevice {
  /** Its own value as seen now; unknown where nobody could see it. */
  own: boolean | string | undefined;
  /** Why it is not as wanted; its outcome says how sure that is. Without, it is as wanted, by sight or by the answer. */
  failure: Failure | undefined;
}

/** Tells connected devices a setting, in batches, and looks what became of it: what is seen counts more than an answer. */
export async function setOnDevices(
  gateway: Gateway,
  setting: DeviceSetting,
  ids: readonly number[],
): Promise<Map<number, SettingOutcome>> {
  const { failures, after } = await callAndVerify(gateway, ids, (batch) =>
    setting.field === 'useSSL' ? gateway.setSsl(batch, setting.value) : gateway.setMode(batch, setting.value),
  );
  const found = await readDeviceOwnSettings(gateway);
  return new Map(
    ids.map((deviceID) => {
      const device: ObservedDevice = { deviceID, entry: after?.get(deviceID), found: found.get(deviceID) };
      // A live connection that shows the old value may just have survived; one that shows the new one has not.
      const isSeen = device.entry?.connected && isSet(setting, device.entry);
      const own = device.found?.[setting.field] ?? (isSeen ? setting.value : undefined);
      return [deviceID, { ...device, own, failure: judged(setting, device, { own, failure: failures.get(deviceID) }) }];
    }),
  );
}

function judged(
  { field, value }: DeviceSetting,
  { deviceID }: ObservedDevice,
  { own, failure }: Pick<SettingOutcome, 'own' | 'failure'>,
): Failure | undefined {
  if (own === value || (own === undefined && failure === undefined)) return undefined;
  if (failure) return decideOutcome(failure, own === undefined ? undefined : false);
  return {
    class: 'DEVICE',
    message: `${deviceID} was set to ${field} ${value}, but says ${own} of itself`,
    hint: field === 'useSSL' ? 'look again: gsdk ssl status' : 'look again: gsdk mode get',
    stage: 'device',
    outcome: 'unknown',
  };
}
