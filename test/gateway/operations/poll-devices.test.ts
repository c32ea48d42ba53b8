import { expect, test } from 'vitest';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import type { ManagedDevice } from '../../../src/gateway/gateway.ts';
import { createDevicePoller } from '../../../src/gateway/operations/poll-devices.ts';
import { down, fakeGateway, managed } from '../../support/fake-gateway.ts';

const lost = new GsdkError({ class: 'UNREACHABLE', message: 'lost', stage: 'transport' });
const isMet = (entry: ManagedDevice | undefined) => entry?.connected === true;
const { signal } = new AbortController();

/** A wait in which time passes only while it pauses; the lists come one a look, the last one again and again. */
async function waiting(
  lists: readonly (readonly ManagedDevice[] | Error)[],
  deviceIDs: number[],
  withinMs: number,
  until = signal,
) {
  let nowMs = 0;
  const pauses: number[] = [];
  const pace = {
    now: () => nowMs,
    pause: async (milliseconds: number) => {
      pauses.push(milliseconds);
      nowMs += milliseconds;
    },
  };
  const devices = async () => {
    const list = lists[Math.min(pauses.length, lists.length - 1)] ?? [];
    if (list instanceof Error) throw list;
    return [...list];
  };
  const awaited = await createDevicePoller(pace)(fakeGateway([], { devices }).gateway, {
    deviceIDs,
    isMet,
    withinMs,
    signal: until,
  });
  return { ...awaited, pauses, waitedMs: nowMs };
}

test('what is so already is not waited for', async () => {
  expect(await waiting([[managed(1)]], [1], 1000)).toMatchObject({ met: new Set([1]), pauses: [], unseen: undefined });
});

test('a device counts once it was seen, even if it goes again before the others come', async () => {
  const lists = [
    [managed(1), down(2)],
    [down(1), down(2)],
    [down(1), managed(2)],
  ];
  const { met, entries, pauses } = await waiting(lists, [1, 2], 60_000);
  expect([...met]).toEqual([1, 2]);
  expect(entries?.get(1)?.connected).toBe(false);
  expect(pauses).toHaveLength(2);
});

test('it ends at its limit to the millisecond, and looks a last time', async () => {
  const { met, waitedMs, pauses } = await waiting([[down(1)]], [1], 5000);
  expect(met.size).toBe(0);
  expect(waitedMs).toBe(5000);
  expect(Math.max(...pauses)).toBe(1000);
  expect(pauses[0]).toBe(50);
});

test('a list that cannot be had ends it with what was seen before', async () => {
  const { met, entries, unseen } = await waiting([[managed(1), down(2)], lost], [1, 2], 5000);
  expect({ met: [...met], unseen }).toEqual({ met: [1], unseen: lost });
  expect(entries?.size).toBe(2);
});

test('it ends when it is interrupted', async () => {
  expect(await waiting([[down(1)]], [1], 5000, AbortSignal.abort())).toMatchObject({ met: new Set(), pauses: [] });
});
