import { type Failure, GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import type { Gateway, SlaveDevices } from '../gateway.ts';

/** The two ways in which slaves are attached, by their fields on the wire. */
export const slaveFields = ['rs485SlaveDeviceIDs', 'wiegandSlaveDeviceIDs'] as const;

/** A change of the slaves of one parent: from what there is to what is to be. */
export type SlaveChange = (before: SlaveDevices) => SlaveDevices;

/** What came of a change of slaves, by parent. */
export interface SlaveOutcome {
  before: ReadonlyMap<number, SlaveDevices>;
  wanted: ReadonlyMap<number, SlaveDevices>;
  /** As read back, if that could be done; absent in a dry run and where nothing was to be sent. */
  after: ReadonlyMap<number, SlaveDevices> | undefined;
  /** Whether anything was sent. */
  isSent: boolean;
  /** Why the write failed, or could not be read back. */
  failure: Failure | undefined;
  /** Parents that nobody named and that read otherwise now. */
  disturbed: readonly number[];
}

/** A parent without slaves. */
export const createEmptySlaves = (deviceID: number): SlaveDevices => ({
  ...{ deviceID, rs485SlaveDeviceIDs: [], wiegandSlaveDeviceIDs: [] },
});

/** Whether a parent has any. */
export const hasSlaves = (slaves: SlaveDevices | undefined): boolean =>
  slaveFields.some((field) => (slaves?.[field].length ?? 0) > 0);

/** Gives a parent the slaves back that it had, where the gateway has forgotten them (gateway-behaviour F57, F77). */
export const toRestoreChange =
  (slaves: SlaveDevices): SlaveChange =>
  (present) =>
    hasSlaves(present) ? present : slaves;

/**
 * Changes the slaves of some parents: read, merge, write, read again. The other parents are written too, as they
 * are, because a gateway may replace the whole list (gateway-behaviour F76); what it reads afterwards counts.
 */
export async function changeSlaves(
  gateway: Gateway,
  changes: ReadonlyMap<number, SlaveChange>,
  { dryRun }: { dryRun: boolean },
): Promise<SlaveOutcome> {
  const before = byParent(await gateway.slaves());
  const wanted = new Map([...changes].map(([id, change]) => [id, change(before.get(id) ?? createEmptySlaves(id))]));
  const isNew = (slaves: SlaveDevices) => !isSameSlaves(slaves, before.get(slaves.deviceID));
  const none = { before, wanted, after: undefined, isSent: false, failure: undefined, disturbed: [] };
  gateway.announce([...changes.keys()], { dryRun });
  if (dryRun || ![...wanted.values()].some(isNew)) return none;
  const error = await gateway
    .setSlaves([...new Map([...before, ...wanted]).values()])
    .then(() => undefined, toGsdkError);
  const list = await gateway.slaves().catch(toGsdkError);
  if (list instanceof GsdkError) {
    return { ...none, isSent: true, failure: { ...(error ?? list).failure, outcome: 'unknown' } };
  }
  const after = byParent(list);
  const disturbed = [...before.keys()].filter((id) => !wanted.has(id) && !isSameSlaves(before.get(id), after.get(id)));
  const isMet = [...wanted].every(([id, slaves]) => isSameSlaves(slaves, after.get(id)));
  return { ...none, after, isSent: true, failure: isMet ? undefined : error?.failure, disturbed };
}

/** Whether two entries name the same slaves; no entry is one without slaves. */
export const isSameSlaves = (one: SlaveDevices | undefined, other: SlaveDevices | undefined) =>
  slaveFields.every((field) => canonical(one?.[field]) === canonical(other?.[field]));

const canonical = (ids: readonly number[] = []) => [...new Set(ids)].sort((one, other) => one - other).join();

const byParent = (slaves: readonly SlaveDevices[]) => new Map(slaves.map((entry) => [entry.deviceID, entry]));
