import { expect, test } from 'vitest';
import { manualClock } from '../../../src/emulator/index.ts';

test('advance runs each event at its own time, those included that come up on the way', () => {
  const clock = manualClock(1000);
  const seen: [string, number][] = [];
  const note = (name: string) => () => seen.push([name, clock.now()]);
  clock.after(30, note('late'));
  clock.after(10, () => {
    note('early')();
    clock.after(5, note('on the way'));
    clock.after(50, note('beyond'));
  });
  clock.advance(30);
  expect(seen).toEqual([
    ['early', 1010],
    ['on the way', 1015],
    ['late', 1030],
  ]);
  expect(clock.now()).toBe(1030);
});

test('a cancelled event does not run', () => {
  const clock = manualClock(0);
  const ran: string[] = [];
  clock.after(10, () => ran.push('kept'));
  const cancel = clock.after(10, () => ran.push('cancelled'));
  cancel();
  clock.advance(10);
  expect(ran).toEqual(['kept']);
});

test('an event that fails leaves the later ones in place', () => {
  const clock = manualClock(0);
  const ran: string[] = [];
  clock.after(1, () => {
    throw new Error('broken');
  });
  clock.after(2, () => ran.push('later'));
  expect(() => clock.advance(5)).toThrow('broken');
  expect(clock.now()).toBe(1);
  clock.advance(4);
  expect(ran).toEqual(['later']);
});

test('a wait inside an RPC ends at once and does not move the clock', async () => {
  const clock = manualClock(7);
  await clock.wait(60_000, new AbortController().signal);
  expect(clock.now()).toBe(7);
});

test('a wait whose caller is gone rejects', async () => {
  await expect(manualClock(0).wait(1, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
});

test.each([-1, Number.NaN])('a delay of %s is refused', (delayMs) => {
  const clock = manualClock(0);
  expect(() => clock.after(delayMs, () => {})).toThrow(RangeError);
  expect(() => clock.advance(delayMs)).toThrow(RangeError);
});
