/** How far a change that goes through many devices dares to go. */
export interface RollingOptions {
  /** How many at the same time, once the first alone has worked; `Infinity` for all the others. */
  batchSize: number;
  /** How many failures do not stop it. */
  maxFailed: number;
  /** Stops it before the next batch when it aborts. */
  signal: AbortSignal;
}

/** What is done in a rolling order. */
export interface RollingTask<Item, Result> {
  /** Does it to a batch, verifies it, and resolves to a result for each, in order. Whatever it throws ends the run. */
  act(batch: readonly Item[]): Promise<readonly Result[]>;
  isFailed(result: Result): boolean;
  /** The result of one that was not tried; it stays untouched. `cause` is the last failure before it, if there was one. */
  skip(item: Item, cause: Result | undefined): Result;
}

/** How many devices at a time unless the user says otherwise. */
export const defaultBatchSize = 10;

/**
 * Does something to devices in the order in which a careful person would: the first alone, then some at a time, and
 * no more once too many have failed. The batch in which that happens is finished.
 *
 * @returns a result for each item, in order
 */
export async function runInBatches<Item, Result>(
  items: readonly Item[],
  { act, isFailed, skip }: RollingTask<Item, Result>,
  { batchSize, maxFailed, signal }: RollingOptions,
): Promise<Result[]> {
  const results: Result[] = [];
  let failures: Result[] = [];
  while (results.length < items.length && failures.length <= maxFailed && !signal.aborted) {
    const size = results.length === 0 ? 1 : batchSize;
    const done = await act(items.slice(results.length, results.length + size));
    results.push(...done);
    failures = [...failures, ...done.filter(isFailed)];
  }
  return [...results, ...items.slice(results.length).map((item) => skip(item, failures.at(-1)))];
}
