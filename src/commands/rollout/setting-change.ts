import { notManagedFailure } from '../../errors/combine-failures.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import {
  type DeviceSetting,
  getDeviceOwnValue,
  type ObservedDevice,
  type SettingOutcome,
  setOnDevices,
} from '../../gateway/operations/device-setting.ts';
import type { DeviceResult } from '../../render/results.ts';
import { notConnected } from '../slave/change.ts';
import type { Change } from './roll-out.ts';

/** The name under which a result tells the device's own value, beside that of the gateway's entry. */
export const ownField = ({ field }: Pick<DeviceSetting, 'field'>) =>
  field === 'useSSL' ? 'deviceUseSSL' : 'deviceConnectionMode';

/** A change of the devices' own setting, and nothing else: how they are connected afterwards is not its business. */
export function plainChange(gateway: Gateway, setting: DeviceSetting): Change {
  return {
    plan: (device) => {
      // One that was done before may have left the list since, if its connection was an ordinary one.
      if (getDeviceOwnValue(setting, device) === setting.value) return 'done';
      if (!device.entry) return notManagedFailure(device.deviceID, gateway.target);
      return device.entry.connected ? 'to-do' : notConnected(device.deviceID, device.entry.status);
    },
    details: (device, isPlanned) =>
      settingDetails(setting, device, isPlanned ? setting.value : getDeviceOwnValue(setting, device)),
    act: async (devices) => {
      const ids = devices.map(({ deviceID }) => deviceID);
      return [...(await setOnDevices(gateway, setting, ids)).values()].map((device) => toResult(setting, device));
    },
  };
}

/** What a result tells of a device beside its outcome. */
export const settingDetails = (
  setting: DeviceSetting,
  { entry }: ObservedDevice,
  own: boolean | string | undefined,
) => ({
  [ownField(setting)]: own ?? null,
  connected: entry?.connected ?? false,
});

/** The result of a device that was told a setting. */
export function toResult(setting: DeviceSetting, device: SettingOutcome): DeviceResult {
  const { deviceID, entry, own, failure } = device;
  const known = { deviceID, status: entry?.status ?? null, details: settingDetails(setting, device, own) };
  if (!failure) return { ...known, ok: true, changed: true, outcome: 'applied' };
  return { ...known, ok: false, changed: false, outcome: failure.outcome ?? 'not-applied', failure };
}
