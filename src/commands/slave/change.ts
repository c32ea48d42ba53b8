import type { Session } from '../../cli/session.ts';
import { notManagedFailure } from '../../errors/combine-failures.ts';
import { type Failure, GsdkError } from '../../errors/gsdk-error.ts';
import { decideOutcome } from '../../errors/write-outcome.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import {
  changeSlaves,
  createEmptySlaves,
  isSameSlaves,
  type SlaveChange,
  type SlaveOutcome,
} from '../../gateway/operations/slave-change.ts';
import { indexByDeviceID } from '../../gateway/operations/verified-call.ts';
import { createResultShape, type DeviceResult, toResult } from '../../render/results.ts';
import { slaveColumns, slaveRow } from './shape.ts';

/** What every change of slaves looks like: a row for each parent that was named. */
export const slaveShape = createResultShape(
  slaveColumns.map(({ field }) => field),
  slaveColumns,
);

/** Changes the slaves of parents and shows what came of it. */
export function showSlaveChange(
  session: Session,
  changes: ReadonlyMap<number, SlaveChange>,
  { dryRun }: { dryRun?: true | undefined },
): Promise<void> {
  const context = { ...session.context, dryRun: dryRun === true };
  return session.ask(slaveShape, async (gateway) => {
    const { results, disturbed } = await setSlavesOf(gateway, changes, context);
    const result = toResult(results, context);
    return disturbed.length === 0
      ? result
      : { ...result, failure: result.failure ?? new GsdkError(slavesDisturbed(disturbed)) };
  });
}

/**
 * Changes the slaves of those parents that are connected, and reads them again.
 *
 * @returns a result for each parent, in order, and the parents that nobody named and that read otherwise now
 */
export async function setSlavesOf(
  gateway: Gateway,
  changes: ReadonlyMap<number, SlaveChange>,
  { dryRun }: { dryRun: boolean },
): Promise<{ results: DeviceResult[]; disturbed: readonly number[] }> {
  const devices = indexByDeviceID(await gateway.devices());
  const refusals = new Map<number, Failure>();
  for (const id of changes.keys()) {
    const entry = devices.get(id);
    if (!entry) refusals.set(id, notManagedFailure(id, gateway.target));
    else if (!entry.connected) refusals.set(id, notConnected(id, entry.status));
  }
  const possible = new Map([...changes].filter(([id]) => !refusals.has(id)));
  const outcome = possible.size === 0 ? undefined : await changeSlaves(gateway, possible, { dryRun });
  const results = [...changes.keys()].map((deviceID): DeviceResult => {
    const status = devices.get(deviceID)?.status ?? null;
    const none: DeviceResult = { deviceID, ok: false, changed: false, outcome: 'not-applied', status };
    const failure = refusals.get(deviceID);
    return failure || !outcome ? { ...none, failure } : { ...none, ...judged(deviceID, outcome, dryRun) };
  });
  return { results, disturbed: outcome?.disturbed ?? [] };
}

/** What the gateway reads counts, whatever the call answered. */
function judged(deviceID: number, outcome: SlaveOutcome, dryRun: boolean): Partial<DeviceResult> {
  const [before, target] = [outcome.before.get(deviceID), outcome.wanted.get(deviceID)];
  const isChange = !isSameSlaves(before, target);
  const seen = outcome.isSent ? outcome.after?.get(deviceID) : target;
  const { deviceID: _, ...details } = slaveRow(seen ?? createEmptySlaves(deviceID));
  if (!isChange) return { details, ok: true, outcome: 'applied' };
  if (dryRun) return { details, ok: true, changed: true };
  if (outcome.after === undefined) return { outcome: 'unknown', failure: outcome.failure };
  if (isSameSlaves(seen, target)) return { details, ok: true, changed: true, outcome: 'applied' };
  const failure = decideOutcome(outcome.failure ?? unmet(deviceID), isSameSlaves(seen, before) ? false : undefined);
  return { details, outcome: failure.outcome, failure };
}

/** A device without a connection cannot be told anything. */
export const notConnected = (deviceID: number, status: string): Failure => ({
  class: 'DEVICE',
  message: `${deviceID} is not connected (${status})`,
  hint: 'see its connection: gsdk device ls',
  stage: 'device',
  target: String(deviceID),
});

const unmet = (deviceID: number): Failure => ({
  class: 'DEVICE',
  message: `the slaves of ${deviceID} were set, but read otherwise`,
  hint: 'look again: gsdk slave ls',
  stage: 'device',
  outcome: 'unknown',
});

/** What is wrong when a change of slaves went well, and reached parents that nobody named (gateway-behaviour F76). */
export const slavesDisturbed = (parents: readonly number[]): Failure => ({
  class: 'CONFLICT',
  message: `the slaves of parents that were not named read otherwise now: ${parents.slice(0, 10).join(', ')}`,
  hint: 'somebody else changed them, or the gateway dropped them; look: gsdk slave ls',
  stage: 'gateway',
  outcome: 'applied',
});
