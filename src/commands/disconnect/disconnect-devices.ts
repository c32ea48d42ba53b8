import { notManagedFailure } from '../../errors/combine-failures.ts';
import type { GsdkError } from '../../errors/gsdk-error.ts';
import type { Gateway, ManagedDevice } from '../../gateway/gateway.ts';
import { callAndVerify, indexByDeviceID } from '../../gateway/operations/verified-call.ts';
import type { DeviceResult } from '../../render/results.ts';
import { type Goal, toDeviceOutcome } from '../shared/outcome.ts';

/** What `disconnectDevices` is told beside the devices. */
export interface DisconnectOptions {
  dryRun: boolean;
}

/**
 * Disconnects devices in batches, and looks at the list of the gateway to see what came of it.
 *
 * @param ids whom; all that are connected when absent
 * @returns a result for each, in order; `unseen` when that last look failed
 */
export async function disconnectDevices(
  gateway: Gateway,
  ids: readonly number[] | undefined,
  { dryRun }: DisconnectOptions,
): Promise<{ results: DeviceResult[]; unseen: GsdkError | undefined }> {
  const before = indexByDeviceID(await gateway.devices());
  const isConnected = (id: number) => before.get(id)?.connected === true;
  const wanted = ids ?? [...before.keys()].filter(isConnected);
  const connected = wanted.filter(isConnected);
  gateway.announce(wanted, { dryRun });
  const look = dryRun ? undefined : await callAndVerify(gateway, connected, gateway.disconnect);
  const results = wanted.map((deviceID): DeviceResult => {
    const entry = before.get(deviceID);
    const none: DeviceResult = { deviceID, ok: false, changed: false, outcome: 'not-applied', status: null };
    if (!entry) return { ...none, failure: notManagedFailure(deviceID, gateway.target) };
    const status = (look?.after ?? (look ? undefined : before))?.get(deviceID)?.status ?? null;
    const known = { ...none, status, details: returnOf(entry) };
    if (!entry.connected) return { ...known, ok: true, outcome: 'applied' };
    return look ? { ...known, ...toDeviceOutcome(deviceID, look, goal) } : { ...known, ok: true, changed: true };
  });
  return { results, unseen: look?.unseen };
}

const goal: Goal = {
  isMet: (entry) => !entry?.connected,
  mayReturn: (entry) => entry !== undefined && returnOf(entry).comesBack,
  unmet: 'was disconnected, but is connected still or again',
};

/** Whether a device is connected again by itself (gateway-behaviour F32 to F34). */
function returnOf({ deviceID, autoReconnect, connectionMode }: ManagedDevice) {
  if (autoReconnect) return { comesBack: true, stoppedBy: `gsdk async rm ${deviceID}` };
  const dialsIn = connectionMode === 'DEVICE_TO_SERVER';
  return { comesBack: dialsIn, stoppedBy: dialsIn ? `gsdk filter rm ${deviceID} --max-lockout 1` : null };
}
