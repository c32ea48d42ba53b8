import { type Failure, GsdkError } from '../../errors/gsdk-error.ts';
import type { AcceptFilter, Gateway, ManagedDevice } from '../gateway.ts';

/** A change of the accept filter: from what there is, the managed devices too, to what is to be. */
export type FilterChange = (before: AcceptFilter, devices: readonly ManagedDevice[]) => AcceptFilter;

/** Accepts these devices too. On an open filter that means nothing, unless it is closed to the listed ones. */
export const addToFilter =
  (deviceIDs: readonly number[], listedOnly: boolean): FilterChange =>
  (before) => ({
    ...closed(before, listedOnly),
    deviceIDs: [...new Set([...before.deviceIDs, ...deviceIDs])],
  });

/** Accepts these devices no more. On an open filter that means nothing, unless it is closed to the listed ones. */
export const removeFromFilter =
  (deviceIDs: readonly number[], listedOnly: boolean): FilterChange =>
  (before) => ({
    ...closed(before, listedOnly),
    deviceIDs: before.deviceIDs.filter((deviceID) => !deviceIDs.includes(deviceID)),
  });

/** Accepts everybody; the listed IDs are kept for later. */
export const allowAll: FilterChange = (before) => ({ ...before, allowAll: true });

/** Accepts the listed devices only, and these. */
export const listedOnly =
  (deviceIDs: readonly number[]): FilterChange =>
  (before) => ({ ...before, allowAll: false, deviceIDs: [...new Set([...before.deviceIDs, ...deviceIDs])] });

/** Accepts nobody, and forgets the list, as the vendor's tutorial does (gateway-behaviour F38a). */
export const disallowAll: FilterChange = (before) => ({ ...before, allowAll: false, deviceIDs: [] });

function closed(before: AcceptFilter, isWanted: boolean): AcceptFilter {
  if (!before.allowAll || isWanted) return { ...before, allowAll: false };
  throw new GsdkError({
    class: 'CONFLICT',
    message: 'the filter accepts everybody, so a list of devices means nothing',
    hint: 'to accept the listed devices only from now on: gsdk filter listed-only, or --listed-only beside filter add',
    stage: 'gateway',
  });
}

/** Whether a filter lets a device in. */
export const isAccepted = (filter: AcceptFilter, deviceID: number) =>
  filter.allowAll || filter.deviceIDs.includes(deviceID);

/** Whether two filters let in the same devices and keep the same list. */
export const isSameFilter = (one: AcceptFilter, other: AcceptFilter) => canonical(one) === canonical(other);

const canonical = ({ allowAll: open, deviceIDs, IPAddrs, subnetMasks }: AcceptFilter) =>
  JSON.stringify([open, [...new Set(deviceIDs)].sort((one, two) => one - two), IPAddrs, subnetMasks]);

/** A filter before and after a change, and whom the gateway manages. */
export interface FilterStep {
  before: AcceptFilter;
  after: AcceptFilter;
  devices: readonly ManagedDevice[];
}

/** Announces a change of the filter; one that lets in whoever may come is for more than any number of devices. */
export function announceFilter(gateway: Gateway, step: FilterStep, dryRun: boolean): void {
  gateway.announce(changedBy(step), { dryRun, isForAll: step.after.allowAll && !step.before.allowAll });
}

/** Whom a change of the filter concerns: those that are listed or not listed by it, and managed devices that dial in. */
function changedBy({ before, after, devices }: FilterStep): number[] {
  const [was, is] = [new Set(before.deviceIDs), new Set(after.deviceIDs)];
  const relisted = [...was, ...is].filter((id) => was.has(id) !== is.has(id));
  const dialIns = devices.filter(dialsIn).map(({ deviceID }) => deviceID);
  const isOtherwise = (id: number) => (before.allowAll || was.has(id)) !== (after.allowAll || is.has(id));
  return [...new Set([...relisted, ...dialIns.filter(isOtherwise)])];
}

const dialsIn = ({ connectionMode }: ManagedDevice) => connectionMode === 'DEVICE_TO_SERVER';

/**
 * The failure of a change that would shut out managed devices that dial in. It would bite hours later, at
 * their next dial, so it is refused now.
 *
 * @param most how many the user allows
 */
export function findLockedOut(
  change: { before: AcceptFilter; after: AcceptFilter },
  devices: readonly ManagedDevice[],
  most: number,
): Failure | undefined {
  const lockedOut = devices
    .filter(dialsIn)
    .map(({ deviceID }) => deviceID)
    .filter((id) => isAccepted(change.before, id) && !isAccepted(change.after, id));
  if (lockedOut.length <= most) return undefined;
  const named = lockedOut.slice(0, 10).join(', ');
  const more = lockedOut.length > 10 ? `, and ${lockedOut.length - 10} more` : '';
  return {
    class: 'CONFLICT',
    message: `this would shut out ${lockedOut.length} managed devices that dial in: ${named}${more}; nothing was sent`,
    hint: `if that is meant: --max-lockout ${lockedOut.length}`,
    stage: 'gateway',
    lockedOut,
  };
}
