import { type DeviceAddress, formatHostPort } from '../../base/address.ts';
import { type Failure, GsdkError, type Outcome } from '../../errors/gsdk-error.ts';
import type { ManagedDevice } from '../../gateway/gateway.ts';
import type { DeviceResult } from '../../render/results.ts';

/** An address as messages and results name it. */
export const label = ({ IPAddr, port }: DeviceAddress) => formatHostPort({ host: IPAddr, port });

/** All of them, each once. */
export const labels = (addresses: readonly DeviceAddress[]) => [...new Set(addresses.map(label))];

/** The same device at the same address once, however it was written. */
export const distinct = (addresses: readonly DeviceAddress[]) => [
  ...new Map(addresses.map((address) => [`${address.deviceID}@${label(address)}`, address])).values(),
];

/**
 * What connecting to these addresses would come to, as far as the list of the gateway tells: whether a device
 * answers, and which one, is known only to those who try.
 */
export const planConnections = (addresses: readonly DeviceAddress[], managed: readonly ManagedDevice[]) =>
  distinct(addresses).map((address): DeviceResult => {
    const entry = managed.find((device) => label(device) === label(address));
    const none = { deviceID: entry?.deviceID ?? address.deviceID ?? null, status: entry?.status ?? null };
    const result = { ...none, details: { address: label(address) }, outcome: 'not-applied' as const };
    if (entry && address.deviceID !== undefined && entry.deviceID !== address.deviceID) {
      return { ...result, ok: false, changed: false, failure: otherDevice(address, entry.deviceID).failure };
    }
    return entry?.connected
      ? { ...result, ok: true, changed: false, outcome: 'applied' }
      : { ...result, ok: true, changed: true };
  });

/** Another device answered than was expected. */
export function otherDevice(address: DeviceAddress, deviceID: number, told = '', outcome?: Outcome): GsdkError {
  const failure: Failure = {
    class: 'CONFLICT',
    message: `${label(address)} is device ${deviceID}, not ${address.deviceID}${told}`,
    hint: 'see which device has which address: gsdk search',
    stage: 'device',
    target: String(deviceID),
  };
  return new GsdkError(outcome === undefined ? failure : { ...failure, outcome });
}
