import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SubscriberQueue } from '../../../src/emulator/gateway-process/event-queue.ts';

test('F13 a full queue drops the newest and keeps the order of the rest', async () => {
  const bursts = fc.array(fc.nat(12), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 8 }), bursts, async (bound, sizes) => {
      const queue = new SubscriberQueue<number>(bound);
      const reader = queue[Symbol.asyncIterator]();
      let event = 0;
      for (const size of sizes) {
        const first = event;
        const taken = Array.from({ length: size }, () => queue.push(event++));
        const kept = Math.min(size, bound);
        expect(taken).toEqual(taken.map((_, index) => index < kept));
        for (let index = 0; index < kept; index++) expect((await reader.next()).value).toBe(first + index);
      }
    }),
  );
});

test('a reader that waits gets the next event', async () => {
  const queue = new SubscriberQueue<string>(1);
  const next = queue[Symbol.asyncIterator]().next();
  queue.push('change');
  expect(await next).toEqual({ value: 'change', done: false });
});

test('closing ends a waiting reader, and nothing is taken any more', async () => {
  const queue = new SubscriberQueue<string>(1);
  const next = queue[Symbol.asyncIterator]().next();
  queue.close();
  expect(await next).toEqual({ value: undefined, done: true });
  expect(queue.push('late')).toBe(false);
});

test('closing drops what still waits', async () => {
  const queue = new SubscriberQueue<string>(2);
  queue.push('unread');
  queue.close();
  expect(await queue[Symbol.asyncIterator]().next()).toEqual({ value: undefined, done: true });
});

test('a long queue keeps the order, read in pieces while it grows', async () => {
  const queue = new SubscriberQueue<number>(5_001);
  const reader = queue[Symbol.asyncIterator]();
  const read: unknown[] = [];
  for (let event = 0; event < 10_000; event++) {
    expect(queue.push(event)).toBe(true);
    if (event % 2 === 1) read.push((await reader.next()).value);
  }
  while (read.length < 10_000) read.push((await reader.next()).value);
  expect(read).toEqual(Array.from({ length: 10_000 }, (_, index) => index));
});

test('a muted queue takes nothing, and a closed one ends with its error', async () => {
  const queue = new SubscriberQueue<number>(10);
  queue.push(1);
  queue.mute();
  expect(queue.push(2)).toBe(false);
  const next = queue[Symbol.asyncIterator]().next();
  queue.close(new Error('dropped'));
  await expect(next).rejects.toThrow('dropped');
});
