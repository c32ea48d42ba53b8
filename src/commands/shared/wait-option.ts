import { type Failure, type GsdkError, usageError } from '../../errors/gsdk-error.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { DeviceResult } from '../../render/results.ts';

/** What help says of the options of a write that may wait for its devices. */
export const aboutWait = {
  wait: 'wait until the devices are connected',
  timeout: 'how long --wait may take, such as 90s (60s unless given)',
};

/** The values of these options; `within` in milliseconds. */
export interface WaitFlags {
  wait?: true | undefined;
  timeout?: number | undefined;
}

const ordinaryLimitMs = 60_000;

/**
 * How long is to be waited, in milliseconds; `undefined` for not at all.
 *
 * @throws GsdkError (USAGE) for a limit without a wait
 */
export function toWaitLimitMs({ wait, timeout }: WaitFlags): number | undefined {
  if (timeout !== undefined && !wait)
    throw usageError('--timeout without --wait', 'it is the limit of --wait: give both');
  return wait ? (timeout ?? ordinaryLimitMs) : undefined;
}

/** How `waitUntilConnected` waits. */
export interface ConnectedOptions {
  /** In milliseconds; without it nothing is waited for. */
  withinMs: number | undefined;
  signal: AbortSignal;
}

/**
 * Waits until the devices of a write that went well are connected. One that is not in time is not ok, and what was
 * done to it stays done.
 *
 * @returns the results with what was seen last; `unseen` when the list could not be had to the end
 */
export async function waitUntilConnected(
  gateway: Gateway,
  results: readonly DeviceResult[],
  { withinMs, signal }: ConnectedOptions,
): Promise<{ results: readonly DeviceResult[]; unseen: GsdkError | undefined }> {
  const deviceIDs = results.flatMap(({ deviceID, ok }) => (ok && deviceID !== null ? [deviceID] : []));
  if (withinMs === undefined || deviceIDs.length === 0) return { results, unseen: undefined };
  // Only here: it brings the engine.
  const { waitForDevices: awaitKnown } = await import('../../gateway/subscription/await-known.ts');
  const left = new Set(deviceIDs);
  // Over the connection that is up; it is ended by whoever opened it.
  const dial = async () => ({ ...gateway, close: () => {} });
  const { devices, failure: unseen } = await awaitKnown(dial, {
    ...{ withinMs, signal, listsOften: false },
    isMet(known) {
      for (const id of left) if (known.get(id)?.connected) left.delete(id);
      return left.size === 0;
    },
  });
  return {
    unseen,
    results: results.map((result) => {
      if (!result.ok || result.deviceID === null) return result;
      const status = devices?.get(result.deviceID)?.status ?? null;
      if (!left.has(result.deviceID)) return { ...result, status };
      const failure = unseen?.failure ?? notConnectedYet(result.deviceID, status, signal);
      return { ...result, status, ok: false, failure: { ...failure, outcome: result.outcome } };
    }),
  };
}

const notConnectedYet = (deviceID: number, status: string | null, { aborted }: AbortSignal): Failure => ({
  class: aborted ? 'SIGNAL' : 'TIMEOUT',
  message: `${deviceID} was not connected ${aborted ? 'when this was interrupted' : 'in time'}; it is ${status ?? 'not in the list'} now`,
  hint: `it may come yet; look: gsdk device ls --down${aborted ? '' : ', or allow more time: --timeout 5m'}`,
  stage: 'device',
  target: String(deviceID),
});
