import type { Session } from '../../cli/session.ts';
import { type Failure, GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import { type FilterChange, isSameFilter, lockOut } from '../../gateway/filter-change.ts';
import type { AcceptFilter, Gateway } from '../../gateway/gateway.ts';
import { type DeviceResult, resultOf } from '../../render/results.ts';
import type { Result, Shape } from '../../render/view.ts';
import { filterLine, filterRow } from './shape.ts';

/** The options of every command that changes the filter. */
export interface ChangeOptions {
  maxLockout?: number | undefined;
  dryRun?: true | undefined;
}

/** A change that was made, or was not. */
export interface FilterOutcome {
  before: AcceptFilter;
  /** As read back; as planned in a dry run. */
  after: AcceptFilter;
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
  { maxLockout = 0, dryRun }: ChangeOptions,
): Promise<FilterOutcome> {
  const { withFilterLock } = await import('../../gateway/filter-lock.ts');
  return withFilterLock(gateway.target, async () => {
    const before = await gateway.filter();
    const devices = await gateway.devices();
    const after = change(before, devices);
    const lockedOut = lockOut({ before, after }, devices, maxLockout);
    if (lockedOut) throw new GsdkError(lockedOut);
    if (dryRun) return { before, after, failure: undefined, done: 'not-applied' };
    if (isSameFilter(before, after)) return { before, after, failure: undefined, done: 'applied' };
    const error = await gateway.setFilter(after).then(() => undefined, toGsdkError);
    const read = await gateway.filter().catch((unread) => {
      throw error ?? new GsdkError({ ...toGsdkError(unread).failure, outcome: 'unknown' });
    });
    const failure = isSameFilter(read, after) ? undefined : (error?.failure ?? overwritten);
    return { before, after: read, failure, done: 'applied' };
  });
}

/** Changes the filter and shows what came of it; the results are those of the devices that were named. */
export function showChange(
  session: Session,
  shape: Shape,
  {
    change,
    options,
    toResults,
  }: { change: FilterChange; options: ChangeOptions; toResults(outcome: FilterOutcome): DeviceResult[] },
): Promise<void> {
  return session.ask(shape, async (gateway): Promise<Result> => {
    const outcome = await changeFilter(gateway, change, options);
    const { before, after, failure } = outcome;
    const { document, ...result } = resultOf(toResults(outcome), {
      ...session.context,
      dryRun: options.dryRun === true,
    });
    return {
      ...result,
      text: `before: ${filterLine(before)}\nafter:  ${filterLine(after)}\n`,
      document: (rows) => ({
        ...(document?.(rows) as object),
        changed: !options.dryRun && !isSameFilter(before, after),
        before: filterRow(before),
        after: filterRow(after),
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
