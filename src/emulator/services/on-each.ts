import { status } from '@grpc/grpc-js';
import type { BehaviorSwitches } from '../fidelity/behavior-switches.ts';
import { type DeviceError, multiError } from './multi-error.ts';
import { isRpcError, RpcError } from './rpc-error.ts';

/**
 * Does the same to several devices side by side, as a Multi RPC (gateway-behaviour F67, F68). What failed is told for
 * each device, by failing the call (F69); the others are done.
 */
export async function onEach(
  deviceIDs: readonly number[],
  assumptions: BehaviorSwitches,
  act: (deviceID: number) => Promise<unknown>,
): Promise<{ deviceErrors: DeviceError[] }> {
  if (deviceIDs.length === 0 && assumptions.multiEmpty === 'INVALID_ARGUMENT') {
    throw new RpcError(status.INVALID_ARGUMENT, 'no device IDs');
  }
  const targets = assumptions.multiDuplicates === 'once' ? [...new Set(deviceIDs)] : deviceIDs;
  const outcomes = await Promise.all(targets.map((deviceID) => errorOf(deviceID, act)));
  const deviceErrors = outcomes.filter((error) => error !== undefined);
  if (deviceErrors.length > 0 && assumptions.multiErrorsIn === 'trailer') throw multiError(deviceErrors, assumptions);
  return { deviceErrors };
}

/** What went wrong with one device; what is no answer but a bug is thrown on. */
async function errorOf(
  deviceID: number,
  act: (deviceID: number) => Promise<unknown>,
): Promise<DeviceError | undefined> {
  try {
    await act(deviceID);
    return undefined;
  } catch (thrown) {
    if (!isRpcError(thrown)) throw thrown;
    return { deviceID, code: thrown.code, msg: thrown.message };
  }
}
