import { expect, test } from 'vitest';
import { manualClock } from '../../../src/emulator/index.ts';
import type { SubscribeOptions } from '../../../src/gateway/gateway.ts';
import { waitForDevices } from '../../../src/gateway/subscription/await-known.ts';
import { fakeGateway, managed } from '../../support/fake-gateway.ts';

const thousand = Array.from({ length: 1000 }, (_, index) => index + 1);

/** A gateway that counts, and whose stream is fed by hand. */
function countedGateway() {
  const counts = { dials: 0, streams: 0, lists: 0 };
  let stream: SubscribeOptions | undefined;
  const devices = thousand.map((id) => managed(id, { status: 'DISCONNECTED', connected: false }));
  const { gateway } = fakeGateway([], {
    devices: async () => {
      counts.lists++;
      return devices;
    },
    subscribe: (options) => {
      counts.streams++;
      stream = options;
      options.onOpen();
      return new Promise(() => {});
    },
  });
  const dial = async () => {
    counts.dials++;
    return gateway;
  };
  const connect = (deviceID: number) =>
    stream?.onChange({ deviceID, status: 'TCP_CONNECTED', connected: true, timestamp: 1 });
  return { counts, dial, connect };
}

/** Lets promises settle between two moves of the clock. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('a wait for 1,000 devices costs one connection, one stream, and a list a resync, however long it takes', async () => {
  const clock = manualClock(0);
  const { counts, dial, connect } = countedGateway();
  const waiting = waitForDevices(dial, {
    isMet: (devices) => thousand.every((id) => devices.get(id)?.connected),
    withinMs: Number.POSITIVE_INFINITY,
    listsOften: false,
    signal: new AbortController().signal,
    time: { now: clock.now, after: clock.after, random: () => 0 },
  });
  await settle();
  for (let second = 0; second < 600; second++) {
    clock.advance(1000);
    await settle();
  }
  // The first list, and one each 60 s.
  expect(counts).toEqual({ dials: 1, streams: 1, lists: 11 });
  for (const id of thousand) connect(id);
  expect(await waiting).toMatchObject({ isMet: true, failure: undefined });
});

test('time that is up ends it with what was known last', async () => {
  const clock = manualClock(0);
  const { dial, connect } = countedGateway();
  const waiting = waitForDevices(dial, {
    isMet: () => false,
    withinMs: 5000,
    listsOften: false,
    signal: new AbortController().signal,
    time: { now: clock.now, after: clock.after, random: () => 0 },
  });
  await settle();
  connect(7);
  clock.advance(5000);
  const { isMet, devices } = await waiting;
  expect(isMet).toBe(false);
  expect(devices?.get(7)?.status).toBe('TCP_CONNECTED');
});
