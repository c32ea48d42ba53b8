import { expect, test, vi } from 'vitest';
import { closableClock } from '../../../src/emulator/clock/closable.ts';
import { manualClock } from '../../../src/emulator/index.ts';

test('it is the time of the clock below, and ends what waits on it alone', () => {
  const below = manualClock(1_000);
  const clock = closableClock(below);
  const [before, cancelled, waiting, late, other] = [vi.fn(), vi.fn(), vi.fn(), vi.fn(), vi.fn()];
  clock.after(10, before);
  clock.after(10, cancelled)();
  clock.after(100, waiting);
  below.after(100, other);
  below.advance(50);
  expect(clock.now()).toBe(1_050);
  clock.close();
  clock.after(1, late);
  below.advance(100);
  expect([before, cancelled, waiting, late, other].map(({ mock }) => mock.calls.length)).toEqual([1, 0, 0, 0, 1]);
});

test('cleared, what waits does not happen, and what is added later does', () => {
  const inner = manualClock(0);
  const clock = closableClock(inner);
  const ran: string[] = [];
  clock.after(10, () => ran.push('before'));
  clock.clear();
  clock.after(10, () => ran.push('after'));
  inner.advance(10);
  expect(ran).toEqual(['after']);
});
