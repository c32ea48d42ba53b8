import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type RollingTask, runInBatches } from '../../../src/gateway/operations/rolling.ts';
import { alwaysAsync } from '../../support/always.ts';

const { signal } = new AbortController();

/** Rolls through numbers, of which some fail, and keeps the batches. */
async function rolling(
  count: number,
  failing: readonly number[],
  batchSize: number,
  maxFailed: number,
  until = signal,
) {
  const batches: (readonly number[])[] = [];
  const work: RollingTask<number, { item: number; how: string }> = {
    act: async (batch: readonly number[]) => {
      batches.push(batch);
      return batch.map((item) => ({ item, how: failing.includes(item) ? 'failed' : 'done' }));
    },
    isFailed: ({ how }) => how === 'failed',
    skip: (item, cause) => ({ item, how: `skipped after ${cause?.item}` }),
  };
  const items = Array.from({ length: count }, (_, index) => index + 1);
  return { batches, results: await runInBatches(items, work, { batchSize, maxFailed, signal: until }) };
}

test('of forty of which the seventh fails, the batch of the seventh is finished, and the rest is skipped', async () => {
  const { batches, results } = await rolling(40, [7], 10, 0);
  expect(batches.map(({ length }) => length)).toEqual([1, 10]);
  expect(results.map(({ how }) => how)).toEqual([
    ...Array(6).fill('done'),
    'failed',
    ...Array(4).fill('done'),
    ...Array(29).fill('skipped after 7'),
  ]);
});

test('what fails at the first touches nobody else', async () => {
  const { batches } = await rolling(40, [1], Number.POSITIVE_INFINITY, 0);
  expect(batches).toEqual([[1]]);
});

test('nothing is done once it was interrupted', async () => {
  const { batches, results } = await rolling(3, [], 10, 0, AbortSignal.abort());
  expect(batches).toEqual([]);
  expect(results.map(({ how }) => how)).toEqual(Array(3).fill('skipped after undefined'));
});

test('for any failures: order kept, the first alone, batches no larger than said, no batch once too many failed', async () => {
  const cases = fc.record({
    count: fc.nat(60),
    failing: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 8 }),
    batchSize: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constant(Number.POSITIVE_INFINITY)),
    maxFailed: fc.nat(5),
  });
  await alwaysAsync(cases, async ({ count, failing, batchSize, maxFailed }) => {
    const { batches, results } = await rolling(count, failing, batchSize, maxFailed);
    expect(results.map(({ item }) => item)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
    const touched = batches.flat();
    expect(touched).toEqual(results.slice(0, touched.length).map(({ item }) => item));
    expect(results.slice(touched.length).every(({ how }) => how.startsWith('skipped'))).toBe(true);
    const failedIn = (some: readonly number[]) => some.filter((item) => failing.includes(item)).length;
    for (const [index, batch] of batches.entries()) {
      expect(batch.length).toBeLessThanOrEqual(index === 0 ? 1 : batchSize);
      expect(failedIn(batches.slice(0, index).flat())).toBeLessThanOrEqual(maxFailed);
    }
    if (touched.length < count) expect(failedIn(touched)).toBeGreaterThan(maxFailed);
  });
});
