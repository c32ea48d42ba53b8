import { type Failure, GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import type { DeviceFailures, Gateway, ManagedDevice } from '../gateway.ts';

/** What a write to many devices came to, as far as it can be seen. */
export interface Verification {
  /** The failure of a device, or of the call in which it was. */
  failures: DeviceFailures;
  /** The managed devices afterwards, by ID; absent when they could not be listed. */
  after: ReadonlyMap<number, ManagedDevice> | undefined;
  /** Why they could not be listed. */
  unseen: GsdkError | undefined;
}

/** The most IDs in one call that answers for each device: a larger error trailer does not arrive (gateway-behaviour F73). */
export const maxBatchSize = 100;

/**
 * Does something to devices in batches, whatever becomes of each unless it is interrupted, and then looks at the list of the gateway:
 * that is what counts, not what the calls answered.
 */
export async function callAndVerify(
  gateway: Gateway,
  ids: readonly number[],
  act: (batch: readonly number[]) => Promise<void> | Promise<DeviceFailures>,
  most = maxBatchSize,
): Promise<Verification> {
  const failures = new Map<number, Failure>();
  let stopped: Failure | undefined;
  for (let start = 0; start < ids.length; start += most) {
    const batch = ids.slice(start, start + most);
    const told = stopped
      ? allOf(batch, stopped)
      : await act(batch).catch((error) => allOf(batch, toGsdkError(error).failure));
    for (const [id, failure] of told ?? []) {
      failures.set(id, failure);
      // Whoever interrupts wants nothing more to be done.
      if (failure.class === 'SIGNAL') stopped = { ...failure, outcome: 'skipped' };
    }
  }
  const list = await gateway.devices().catch(toGsdkError);
  return list instanceof GsdkError
    ? { failures, after: undefined, unseen: list }
    : { failures, after: indexByDeviceID(list), unseen: undefined };
}

/** The failure of a call as a whole is that of each of its devices. */
const allOf = (ids: readonly number[], failure: Failure): DeviceFailures => new Map(ids.map((id) => [id, failure]));

/** Managed devices by ID. */
export const indexByDeviceID = (devices: readonly ManagedDevice[]) =>
  new Map(devices.map((device) => [device.deviceID, device]));
