import { expect, test } from 'vitest';
import { StatusFeed } from '../../../src/emulator/gateway-process/status-feed.ts';

const change = (deviceID: number) => ({ deviceID, status: 1, timestamp: 0 });

test('F14 a subscriber that does not read takes nothing from another', async () => {
  const feed = new StatusFeed();
  const { signal } = new AbortController();
  feed.subscribe(1, signal);
  const reader = feed.subscribe(10, signal)[Symbol.asyncIterator]();
  for (const deviceID of [1, 2, 3]) feed.publish(change(deviceID));
  const read = [await reader.next(), await reader.next(), await reader.next()];
  expect(read.map(({ value }) => value?.deviceID)).toEqual([1, 2, 3]);
});

test('a subscription ends with its signal, and is forgotten', async () => {
  const feed = new StatusFeed();
  const controller = new AbortController();
  const reader = feed.subscribe(1, controller.signal)[Symbol.asyncIterator]();
  expect(feed.size).toBe(1);
  controller.abort();
  expect(feed.size).toBe(0);
  expect((await reader.next()).done).toBe(true);
});

test('a subscriber that has gone already is not kept', async () => {
  const feed = new StatusFeed();
  const reader = feed.subscribe(1, AbortSignal.abort())[Symbol.asyncIterator]();
  expect(feed.size).toBe(0);
  expect((await reader.next()).done).toBe(true);
});
