import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { expect, onTestFinished, test } from 'vitest';
import { youngSpaceBound } from '../../../src/commands/watch/young-space.ts';

const youngMb = () =>
  (getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0) / 2 ** 20;

test('the space for young objects grows no further, however much is made and thrown away', () => {
  onTestFinished(() => setFlagsFromString('--semi-space-growth-factor=2'));
  const bound = youngSpaceBound();
  let kept: object[] = [];
  for (let number = 0; number < 3_000_000; number++) {
    kept.push({ number, more: [number] });
    if (kept.length > 60_000) kept = kept.slice(30_000);
    bound();
  }
  // Of its own accord it comes to 32 MB, with Node 24 to 128.
  expect(youngMb()).toBeLessThanOrEqual(16);
});
