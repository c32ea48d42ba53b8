import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { realClock, scaledClock } from '../../../src/emulator/index.ts';

const epoch = Date.UTC(2026, 0, 1);

beforeEach(() => void vi.useFakeTimers({ now: epoch }));
afterEach(() => void vi.useRealTimers());

test('the real clock tells wall time', () => {
  const clock = realClock();
  vi.advanceTimersByTime(1234);
  expect(clock.now()).toBe(epoch + 1234);
});

test('a scaled clock runs faster, its events too', () => {
  const clock = scaledClock(60);
  const ran: number[] = [];
  clock.after(60_000, () => ran.push(clock.now() - epoch));
  clock.after(30_000, () => ran.push(clock.now() - epoch));
  vi.advanceTimersByTime(499);
  expect(ran).toEqual([]);
  vi.advanceTimersByTime(501);
  expect(ran).toEqual([30_000, 60_000]);
});

test('one timer serves all events, and none is left when nothing waits', () => {
  const clock = realClock();
  const cancels = [30, 10, 20].map((delayMs) => clock.after(delayMs, () => {}));
  expect(vi.getTimerCount()).toBe(1);
  for (const cancel of cancels) cancel();
  expect(vi.getTimerCount()).toBe(0);
});

test('an event that is overdue when another is done waits for a timer of no time', () => {
  const clock = realClock();
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const wallMs = performance.now();
  clock.after(10, () => void vi.spyOn(performance, 'now').mockReturnValue(wallMs + 1000));
  clock.after(20, () => {});
  vi.advanceTimersByTime(10);
  expect(timers.mock.calls.map(([, delayMs]) => delayMs)).toEqual([10, 0]);
  vi.restoreAllMocks();
});

test('a delay beyond what a timer can hold is kept', () => {
  const clock = realClock();
  const days30 = 30 * 24 * 3600 * 1000;
  let ranAt = 0;
  clock.after(days30, () => {
    ranAt = clock.now();
  });
  vi.advanceTimersByTime(days30);
  expect(ranAt).toBe(epoch + days30);
});

test('an event that fails leaves the later ones in place', () => {
  const clock = realClock();
  const ran: string[] = [];
  clock.after(1, () => {
    throw new Error('broken');
  });
  clock.after(2, () => ran.push('later'));
  expect(() => vi.advanceTimersByTime(1)).toThrow('broken');
  vi.advanceTimersByTime(1);
  expect(ran).toEqual(['later']);
});

test('wait resolves after the delay and leaves nothing behind', async () => {
  const { signal } = new AbortController();
  let isOver = false;
  const wait = realClock()
    .wait(100, signal)
    .then(() => {
      isOver = true;
    });
  await vi.advanceTimersByTimeAsync(99);
  expect(isOver).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  await wait;
  expect(vi.getTimerCount()).toBe(0);
});

test('wait rejects when its caller goes away, and leaves nothing behind', async () => {
  const controller = new AbortController();
  const wait = realClock().wait(100, controller.signal);
  controller.abort(new Error('gone'));
  await expect(wait).rejects.toThrow('gone');
  expect(vi.getTimerCount()).toBe(0);
});

test.each([0, -1, Number.NaN])('a factor of %s is refused', (factor) => {
  expect(() => scaledClock(factor)).toThrow(RangeError);
});

test('a change of speed makes no jump, and moves what waits', () => {
  const clock = scaledClock(10);
  const ran: number[] = [];
  clock.after(60_000, () => ran.push(clock.now() - epoch));
  vi.advanceTimersByTime(1_000);
  clock.scale(100);
  expect([clock.now() - epoch, clock.factor]).toEqual([10_000, 100]);
  vi.advanceTimersByTime(499);
  expect(ran).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(ran).toEqual([60_000]);
  clock.after(1_000, () => ran.push(clock.now() - epoch));
  clock.scale(0.5);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(2_000);
  expect(ran).toEqual([60_000, 61_000]);
  expect(vi.getTimerCount()).toBe(0);
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a speed of %d is refused, and nothing changes', (factor) => {
  const clock = scaledClock(10);
  expect(() => clock.scale(factor)).toThrow(RangeError);
  vi.advanceTimersByTime(100);
  expect([clock.now() - epoch, clock.factor]).toEqual([1_000, 10]);
  expect(() => scaledClock(factor)).toThrow(RangeError);
});
