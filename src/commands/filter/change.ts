import type { Session } from '../../cli/session.ts';
import { type Failure, GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import { decideOutcome } from '../../errors/write-outcome.ts';
import type { AcceptFilter, Gateway } from '../../gateway/gateway.ts';
import {
  announceFilter,
  type FilterChange,
  findLockedOut,
  isSameFilter,
} from '../../gateway/operations/filter-change.ts';
import { type DeviceResult, toResult } from '../../render/results.ts';
import type { Result, Shape } from '../../render/view.ts';
import { waitUntilConnected } from '../shared/wait-option.ts';
import { filterLine, filterRow } from './shape.ts';

/** The options of every command that changes the filter. */
export interface ChangeOptions {
  maxLockout?: number | undefined;
  dryRun?: true | undefined;
  /** Ends the wait for another gsdk that changes the filter. */
  signal?: AbortSignal | undefined;
}

/** A change that was made, or was not. */
export interface FilterOutcome {
  before: AcceptFilter;
  /** As read back, if that could be done; as planned in a dry run. */
  after: AcceptFilter | undefined;
  failure: Failure | undefined;
  /** What a device is reported as that is as wanted: in a dry run nothing was applied. */
  done: 'applied' | 'not-applied';
}

/**
 * Changes the accept filter: read, merge, check, write, read again, with no other gsdk in between.
 *
 * @throws GsdkError CONFLICT, before anything is sent, when the change would shut out devices that dial in
 */
export async function changeFilter(
  gateway: Gateway,
  change: FilterChange,
  { maxLockout = 0, dryRun, signal }: ChangeOptions,
): Promise<FilterOutcome> {
  const { withFilterLock } = await import('../../gateway/operations/filter-lock.ts');
  const action = async (): Promise<FilterOutcome> => {
    const before = await gateway.filter();
    const devices = await gateway.devices();
    const after = change(before, devices);
    const lockedOut = findLockedOut({ before, after }, devices, maxLockout);
    if (lockedOut) throw new GsdkError(lockedOut);
    if (!isSameFilter(before, after)) announceFilter(gateway, { before, after, devices }, dryRun === true);
    if (dryRun) return { before, after, failure: undefined, done: 'not-applied' };
    if (isSameFilter(before, after)) return { before, after, failure: undefined, done: 'applied' };
    return { before, done: 'applied', ...(await writeAndRead(gateway, { before, wanted: after })) };
  };
  return withFilterLock(gateway.target, action, { signal });
}

/** Writes the filter, and reads it again: what it reads counts, whatever the call answered. */
async function writeAndRead(
  gateway: Gateway,
  { before, wanted }: { before: AcceptFilter; wanted: AcceptFilter },
): Promise<Pick<FilterOutcome, 'after' | 'failure'>> {
  const error = await gateway.setFilter(wanted).then(() => undefined, toGsdkError);
  const after = await gateway.filter().catch(toGsdkError);
  if (after instanceof GsdkError) {
    return { after: undefined, failure: error?.failure ?? { ...after.failure, outcome: 'unknown' } };
  }
  if (isSameFilter(after, wanted)) return { after, failure: undefined };
  const isUntouched = isSameFilter(after, before);
  return { after, failure: decideOutcome(error?.failure ?? overwritten, isUntouched ? false : undefined) };
}

/** Changes the filter and shows what came of it; the results are those of the devices that were named. */
export function showChange(
  session: Session,
  shape: Shape,
  {
    change,
    options,
    toResults,
    withinMs,
  }: {
    change: FilterChange;
    options: ChangeOptions;
    toResults(outcome: FilterOutcome): DeviceResult[];
    /** How long to wait for the devices that were named to be connected; not at all when absent. */
    withinMs?: number | undefined;
  },
): Promise<void> {
  return session.ask(shape, async (gateway): Promise<Result> => {
    const outcome = await changeFilter(gateway, change, { ...options, signal: session.signal });
    const { before, after, failure } = outcome;
    const waiting = { withinMs: options.dryRun ? undefined : withinMs, signal: session.signal };
    const { results, unseen } = await waitUntilConnected(gateway, toResults(outcome), waiting);
    const context = { ...session.context, dryRun: options.dryRun === true };
    const { document, ...result } = toResult(results, context, unseen);
    return {
      ...result,
      text: `before: ${filterLine(before)}\nafter:  ${after ? filterLine(after) : 'unknown'}\n`,
      document: (rows) => ({
        ...(document?.(rows) as object),
        changed: !options.dryRun && after !== undefined && !isSameFilter(before, after),
        before: filterRow(before),
        after: after ? filterRow(after) : null,
      }),
      failure: failure ? new GsdkError(failure) : result.failure,
    };
  });
}

const overwritten: Failure = {
  class: 'CONFLICT',
  message: 'the filter was written and reads otherwise now; somebody else changed it meanwhile',
  hint: 'look, and try again: gsdk filter show',
  stage: 'gateway',
  outcome: 'unknown',
};
