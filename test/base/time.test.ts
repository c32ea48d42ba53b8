import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { realTime } from '../../src/base/time.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what is planned is run once, when it is time', () => {
  const run = vi.fn();
  realTime.after(1000, run);
  vi.advanceTimersByTime(999);
  expect(run).not.toHaveBeenCalled();
  vi.advanceTimersByTime(5000);
  expect(run).toHaveBeenCalledTimes(1);
});

test('what is taken back is not run, and taking it back twice is harmless', () => {
  const run = vi.fn();
  const cancel = realTime.after(1000, run);
  cancel();
  cancel();
  vi.advanceTimersByTime(5000);
  expect(run).not.toHaveBeenCalled();
});

test('a delay longer than a timer can hold does not fire at once', () => {
  const run = vi.fn();
  const cancel = realTime.after(Number.POSITIVE_INFINITY, run);
  vi.advanceTimersByTime(2 ** 31 - 2);
  expect(run).not.toHaveBeenCalled();
  cancel();
});

test('the time is that of the machine, and random numbers lie between 0 and 1', () => {
  expect(realTime.now()).toBe(Date.now());
  expect(realTime.random()).toBeGreaterThanOrEqual(0);
  expect(realTime.random()).toBeLessThan(1);
});
