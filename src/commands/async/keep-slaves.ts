import { type Failure, toGsdkError } from '../../errors/gsdk-error.ts';
import type { Gateway, SlaveDevices } from '../../gateway/gateway.ts';
import { hasSlaves, toRestoreChange } from '../../gateway/operations/slave-change.ts';
import type { DeviceResult } from '../../render/results.ts';
import { setSlavesOf } from '../slave/change.ts';

/**
 * Gives devices back the slaves that a new entry has cost them (gateway-behaviour F77). For that they have to be
 * connected.
 *
 * @param results what became of devices whose entries may have been made anew
 * @param before the slaves of all parents, as they were
 * @returns the same results; a device whose slaves could not be set again is not ok
 */
export async function keepSlaves(
  gateway: Gateway,
  results: readonly DeviceResult[],
  before: readonly SlaveDevices[],
): Promise<readonly DeviceResult[]> {
  const isAnew = new Set(results.filter(({ changed }) => changed).map(({ deviceID }) => deviceID));
  const parents = before.filter((slaves) => isAnew.has(slaves.deviceID) && hasSlaves(slaves));
  if (parents.length === 0) return results;
  const changes = new Map(parents.map((slaves) => [slaves.deviceID, toRestoreChange(slaves)]));
  const failures = await setSlavesOf(gateway, changes, { dryRun: false }).then(
    (outcome) => new Map(outcome.results.map(({ deviceID, failure }) => [deviceID, failure])),
    (thrown) => new Map(parents.map(({ deviceID }) => [deviceID, toGsdkError(thrown).failure])),
  );
  return results.map((result) => {
    const failure = failures.get(Number(result.deviceID));
    return failure && result.ok ? { ...result, ok: false, failure: notKept(failure, result) } : result;
  });
}

/** The entry is as was wanted, so that is its outcome. */
const notKept = ({ message, ...failure }: Failure, { outcome }: DeviceResult): Failure => ({
  ...failure,
  message: `the slaves that it had were not set again: ${message}`,
  hint: 'that needs it connected: --wait; or set them later: gsdk slave set',
  outcome,
});
