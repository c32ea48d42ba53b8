import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Scheduler } from '../../../src/emulator/clock/scheduler.ts';

/** What runs, in order, if each of these is added and some are cancelled before time begins. */
function run(events: readonly { dueMs: number; isCancelled: boolean }[]) {
  const scheduler = new Scheduler();
  const ran: number[] = [];
  const cancels = events.map(({ dueMs }, index) => scheduler.add(dueMs, () => ran.push(index)));
  for (const [index, cancel] of cancels.entries()) if (events[index]?.isCancelled) cancel();
  for (let next = scheduler.takeDue(Infinity); next; next = scheduler.takeDue(Infinity)) next();
  return { ran, left: scheduler.nextDueMs() };
}

const anyEvents = fc.array(fc.record({ dueMs: fc.nat(20), isCancelled: fc.boolean() }), { maxLength: 200 });

test('events run in the order of their times, ties in the order in which they were added', () => {
  fc.assert(
    fc.property(anyEvents, (events) => {
      const expected = [...events.entries()]
        .filter(([, { isCancelled }]) => !isCancelled)
        .sort(([i, a], [j, b]) => a.dueMs - b.dueMs || i - j)
        .map(([index]) => index);
      expect(run(events)).toEqual({ ran: expected, left: undefined });
    }),
  );
});

/** The same promise, kept by sorting a list. */
function plainScheduler(): Pick<Scheduler, 'add' | 'takeDue'> {
  let events: { dueMs: number; run: () => void }[] = [];
  return {
    add(dueMs, run) {
      const event = { dueMs, run };
      events.push(event);
      return () => {
        events = events.filter((other) => other !== event);
      };
    },
    takeDue(nowMs) {
      const first = events.toSorted((a, b) => a.dueMs - b.dueMs)[0];
      if (!first || first.dueMs > nowMs) return undefined;
      events = events.filter((other) => other !== first);
      return first.run;
    },
  };
}

function play(scheduler: Pick<Scheduler, 'add' | 'takeDue'>, steps: readonly (readonly [string, number])[]) {
  const log: string[] = [];
  const cancels: (() => void)[] = [];
  const act: Record<string, (value: number) => void> = {
    add: (dueMs) => {
      const id = cancels.length;
      cancels.push(scheduler.add(dueMs, () => log.push(`ran ${id}`)));
    },
    cancel: (id) => cancels[id]?.(),
    take: (nowMs) => scheduler.takeDue(nowMs)?.(),
  };
  for (const [name, value] of steps) {
    log.push(`${name} ${value}`);
    act[name]?.(value);
  }
  return log;
}

test('the order holds when adding, cancelling and taking are mixed', () => {
  const step = fc.tuple(fc.constantFrom('add', 'cancel', 'take'), fc.nat(50));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      expect(play(new Scheduler(), steps)).toEqual(play(plainScheduler(), steps));
    }),
  );
});

test('nothing is taken before its time', () => {
  const scheduler = new Scheduler();
  scheduler.add(10, () => {});
  expect(scheduler.takeDue(9)).toBeUndefined();
  expect(scheduler.nextDueMs()).toBe(10);
  expect(scheduler.takeDue(10)).toBeTypeOf('function');
  expect(scheduler.nextDueMs()).toBeUndefined();
});

test('cancelling an event that has run leaves the others alone', () => {
  const scheduler = new Scheduler();
  const cancel = scheduler.add(1, () => {});
  scheduler.add(2, () => {});
  scheduler.takeDue(1);
  cancel();
  expect(scheduler.nextDueMs()).toBe(2);
});

test('many events that are put off again and again leave the order of the others as it is', () => {
  const events = Array.from({ length: 10_000 }, (_, index) => ({
    dueMs: (index * 7_919) % 5_000,
    isCancelled: index % 11 !== 0,
  }));
  const expected = [...events.entries()]
    .filter(([, { isCancelled }]) => !isCancelled)
    .sort(([i, a], [j, b]) => a.dueMs - b.dueMs || i - j)
    .map(([index]) => index);
  expect(run(events)).toEqual({ ran: expected, left: undefined });
});

test('taking back what has run is harmless, however often', () => {
  const scheduler = new Scheduler();
  const ran: number[] = [];
  const cancels = Array.from({ length: 3_000 }, (_, index) => scheduler.add(index, () => ran.push(index)));
  for (let next = scheduler.takeDue(1_499); next; next = scheduler.takeDue(1_499)) next();
  for (const cancel of cancels.slice(0, 1_500)) cancel();
  for (let next = scheduler.takeDue(Infinity); next; next = scheduler.takeDue(Infinity)) next();
  expect(ran).toEqual(Array.from({ length: 3_000 }, (_, index) => index));
});
