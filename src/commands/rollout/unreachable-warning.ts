import type { Gateway, ManagedDevice } from '../../gateway/gateway.ts';
import type { DeviceSetting } from '../../gateway/operations/device-setting.ts';
import { isAccepted } from '../../gateway/operations/filter-change.ts';
import { indexByDeviceID } from '../../gateway/operations/verified-call.ts';
import type { DeviceResult } from '../../render/results.ts';

/**
 * Who has no way in after a plain change of a setting: an async connection whose flag is the old one now (gateway-behaviour
 * F54), a device that dials in and is not accepted (F41), or one that nobody dials.
 *
 * @returns a warning with the next command; `undefined` where there is nobody, or where nobody can tell
 */
export async function warningOfLeftOut(
  gateway: Gateway,
  setting: DeviceSetting,
  results: readonly DeviceResult[],
): Promise<string | undefined> {
  const changed = results.flatMap(({ deviceID, changed: isChanged }) =>
    isChanged && deviceID !== null ? [deviceID] : [],
  );
  if (changed.length === 0) return undefined;
  const isLeftOut = await judgeOf(gateway, setting).catch(() => () => false);
  const leftOut = changed.filter(isLeftOut);
  if (leftOut.length === 0) return undefined;
  const named = `${leftOut.slice(0, 10).join(', ')}${leftOut.length > 10 ? `, and ${leftOut.length - 10} more` : ''}`;
  return `no way in afterwards for ${named}: ${remedyOf(setting)}`;
}

async function judgeOf(gateway: Gateway, setting: DeviceSetting): Promise<(deviceID: number) => boolean> {
  if (setting.value === 'DEVICE_TO_SERVER') {
    const filter = await gateway.filter();
    return (id) => !isAccepted(filter, id);
  }
  const entries = indexByDeviceID(await gateway.devices());
  const isLeftOut = (entry: ManagedDevice | undefined) =>
    setting.field === 'useSSL'
      ? entry?.autoReconnect === true && entry.useSSL !== setting.value
      : entry?.autoReconnect !== true;
  return (id) => isLeftOut(entries.get(id));
}

function remedyOf({ field, value }: DeviceSetting): string {
  if (field === 'useSSL') return 'their async connections have the old flag; the same with --reconnect mends that';
  return value === 'DEVICE_TO_SERVER'
    ? 'they dial in and are not accepted; gsdk filter add'
    : 'the gateway is to dial them and has no async connection; gsdk async add';
}
