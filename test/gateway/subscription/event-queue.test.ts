import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeviceEvent } from '../../../src/gateway/subscription/event.ts';
import { type DeliveredEvent, OutputQueue, type QueuedEvent } from '../../../src/gateway/subscription/event-queue.ts';
import { added, change, lost, removed, resumed, snapshot, synced } from '../../support/subscription-events.ts';
import { type Replay, replay } from '../../support/watch-checker.ts';

const at = <E extends QueuedEvent>(event: E, atMs = 0): DeliveredEvent<E> => ({ ...event, atMs });

/** Whatever one push after the other leaves for a reader that comes at the end. */
function readAfter(bound: number, ...events: QueuedEvent[]) {
  const queue = new OutputQueue(bound);
  for (const [index, event] of events.entries()) queue.push(at(event, index));
  const taken: DeliveredEvent<QueuedEvent>[] = [];
  while (!queue.isEmpty) taken.push(...queue.take(3));
  return taken;
}

const inShort = (events: readonly QueuedEvent[]) =>
  events.map((event) => ('deviceID' in event ? `${event.event} ${event.deviceID}` : event.event));

describe('up to its bound', () => {
  test('everything is kept as it came', () => {
    const events = [snapshot(1, 'DISCONNECTED'), synced, change(1, 'DISCONNECTED', 'TCP_CONNECTED')];
    expect(readAfter(3, ...events)).toEqual(events.map((event, index) => at(event, index)));
  });

  test('no more is taken than is asked for', () => {
    const queue = new OutputQueue(10);
    for (const id of [1, 2, 3]) queue.push(at(snapshot(id, 'DISCONNECTED')));
    expect(queue.take(2)).toHaveLength(2);
    expect(queue.isEmpty).toBe(false);
    expect(queue.take(2)).toHaveLength(1);
    expect(queue.isEmpty).toBe(true);
    expect(queue.take(2)).toEqual([]);
  });
});

describe('beyond its bound', () => {
  const first = snapshot(1, 'TCP_CONNECTED');

  test('a device that ends as it began is not told, and how much was left out is', () => {
    const flap = [change(1, 'TCP_CONNECTED', 'DISCONNECTED'), change(1, 'DISCONNECTED', 'TCP_CONNECTED')];
    expect(readAfter(1, first, ...flap)).toEqual([at(first), at({ event: 'merged', changes: 2, sinceMs: 1 }, 2)]);
  });

  test('a device that ends otherwise is told once, as found out afterwards', () => {
    const flap = [change(1, 'TCP_CONNECTED', 'DISCONNECTED'), change(1, 'DISCONNECTED', 'TRY_TO_CONNECT')];
    expect(readAfter(1, first, ...flap).at(-1)).toEqual({
      ...{ event: 'change', deviceID: 1, from: 'TCP_CONNECTED', to: 'TRY_TO_CONNECT' },
      ...{ connected: false, timestamp: null, synthetic: true, atMs: 2 },
    });
  });

  test('a gap that began and ended within is part of what was merged, from its beginning', () => {
    const events = readAfter(1, first, change(1, 'TCP_CONNECTED', 'DISCONNECTED'), lost(-500), resumed, synced);
    expect(inShort(events)).toEqual(['snapshot 1', 'merged', 'change 1', 'synced']);
    expect(events[1]).toMatchObject({ sinceMs: -500 });
  });

  test('a gap that goes on is told at the end, one that was told before ends in front of the differences', () => {
    expect(inShort(readAfter(1, first, change(1, null, 'DISCONNECTED'), lost()))).toEqual([
      ...['snapshot 1', 'merged', 'change 1', 'lost'],
    ]);
    expect(inShort(readAfter(1, lost(), resumed, change(1, null, 'DISCONNECTED'), synced))).toEqual([
      ...['lost', 'merged', 'resumed', 'change 1', 'synced'],
    ]);
  });

  test('what was merged before it came here counts, with the time of its beginning', () => {
    expect(readAfter(1, first, synced, { event: 'merged', changes: 7, sinceMs: -9 })[1]).toMatchObject({
      changes: 7,
      sinceMs: -9,
    });
  });

  test('an alarm that was taken back is not told, one that stands is, and an all-clear of one that was told is', () => {
    const down = (deviceID: number) =>
      ({ event: 'down', deviceID, to: null, connected: false, downSinceMs: 0 }) as const;
    const up = (deviceID: number) =>
      ({ event: 'up', deviceID, to: 'TCP_CONNECTED', connected: true, downSinceMs: 0, downForMs: 1 }) as const;
    expect(inShort(readAfter(1, down(1), down(2), up(2), down(3), up(1)))).toEqual([
      'down 1',
      'merged',
      'down 3',
      'up 1',
    ]);
  });

  test('signs of life are left out', () => {
    expect(inShort(readAfter(1, first, { event: 'heartbeat', lost: false }))).toEqual(['snapshot 1', 'merged']);
  });
});

const statuses = ['DISCONNECTED', 'TCP_CONNECTED', 'TLS_CONNECTED'];

interface Step {
  device: number;
  status: number;
  kind: 'change' | 'list';
}

/** What a subscription could tell: each event follows from those before it. */
function* telling(steps: readonly Step[]): Generator<DeviceEvent> {
  const state: Replay = new Map();
  for (const step of steps) {
    const event = nextEvent(step, state.get(step.device));
    replay(state, at(event));
    yield event;
  }
}

function nextEvent({ device, status, kind }: Step, known: { status: string; isListed: boolean } | undefined) {
  const to = statuses[status] ?? '';
  if (kind === 'change') return change(device, known?.status ?? null, to);
  return known?.isListed ? removed(device, known.status) : added(device, to);
}

const step = fc.record({
  device: fc.integer({ min: 1, max: 4 }),
  status: fc.nat(2),
  kind: fc.constantFrom('change' as const, 'change' as const, 'list' as const),
  takes: fc.nat(3),
});

test('however slowly it is read, what was read, replayed, is what was pushed, replayed', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.integer({ min: 1, max: 8 }), (steps, bound) => {
      const queue = new OutputQueue(bound);
      const pushed: Replay = new Map();
      const read: Replay = new Map();
      let waiting = 0;
      const take = (most: number) => {
        for (const event of queue.take(most)) replay(read, event);
      };
      for (const [index, event] of [...telling(steps)].entries()) {
        queue.push(at(event, index));
        replay(pushed, at(event, index));
        take(steps[index]?.takes ?? 0);
      }
      for (; !queue.isEmpty; waiting++) take(1);
      expect(read).toEqual(pushed);
      // What waits one by one, and what is merged: a word that it was, and two lines at most for each device.
      const mergedAtMost = 1 + 2 * 4;
      expect(waiting).toBeLessThanOrEqual(Math.max(bound, mergedAtMost) + mergedAtMost);
    }),
    { numRuns: 2000 },
  );
});

test('a reader that is always one behind does not make it keep what was read', async () => {
  const bound = 100;
  const queue = new OutputQueue(bound);
  const pushed: WeakRef<object>[] = [];
  const push = () => {
    const event = at(change(1, 'DISCONNECTED', 'TCP_CONNECTED'));
    pushed.push(new WeakRef(event));
    queue.push(event);
  };
  push();
  for (let round = 0; round < 20 * bound; round++) {
    push();
    expect(queue.take(1)).toHaveLength(1);
  }
  // What a weak reference was made to lives until the end of the turn.
  await new Promise((resolve) => setImmediate(resolve));
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  const kept = pushed.filter((reference) => reference.deref() !== undefined).length;
  expect(queue.isEmpty).toBe(false);
  expect(kept).toBeLessThanOrEqual(2 * bound);
});
