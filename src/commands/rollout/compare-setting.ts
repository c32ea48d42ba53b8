import { combineFailures, notManagedFailure } from '../../errors/combine-failures.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import {
  type DeviceSetting,
  getDeviceOwnValue,
  readDeviceOwnSettings,
} from '../../gateway/operations/device-setting.ts';
import { indexByDeviceID } from '../../gateway/operations/verified-call.ts';
import type { Result, Shape } from '../../render/view.ts';
import { ownField } from './setting-change.ts';

/** What a setting looks like in the gateway's entries and on the devices themselves. */
export function seenShape(field: DeviceSetting['field'], header: string): Shape {
  const own = ownField({ field });
  return {
    isRead: true,
    nullable: ['status', field, own, 'differs'],
    fields: ['deviceID', 'status', 'connected', field, own, 'differs'],
    columns: [
      { field: 'deviceID', header: 'ID' },
      { field: 'status', header: 'STATUS' },
      { field, header: `GATEWAY ${header}` },
      { field: own, header: `DEVICE ${header}`, cell: (row) => row[own] ?? 'unknown' },
      { field: 'differs', header: 'DIFFERS', cell: (row) => row.differs ?? 'unknown' },
    ],
    deviceID: ({ deviceID }) => Number(deviceID),
  };
}

/**
 * Compares a setting in the gateway's entries with the devices' own.
 *
 * @param ids whose; those of all managed devices when absent
 * @param durationMs how long the search lasts that asks the devices
 */
export async function compareSetting(
  gateway: Gateway,
  ids: readonly number[] | undefined,
  { field, durationMs }: { field: DeviceSetting['field']; durationMs: number },
): Promise<Result> {
  const entries = indexByDeviceID(await gateway.devices());
  const found = await readDeviceOwnSettings(gateway, durationMs);
  const wanted = [...(ids ?? entries.keys())].sort((one, other) => one - other);
  const rows = wanted.flatMap((deviceID) => {
    const entry = entries.get(deviceID);
    if (!entry) return [];
    const own = getDeviceOwnValue({ field } as DeviceSetting, { deviceID, entry, found: found.get(deviceID) }) ?? null;
    const differs = own === null ? null : own !== entry[field];
    const { status, connected } = entry;
    return [{ deviceID, status, connected, [field]: entry[field], [ownField({ field })]: own, differs }];
  });
  const failures = wanted.map((id) => (entries.has(id) ? undefined : notManagedFailure(id, gateway.target)));
  return { rows, failure: combineFailures(failures) };
}
