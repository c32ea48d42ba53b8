import { expect, test } from 'vitest';
import type { Stranger } from '../../../support/stranger.ts';
import { startUnixMs, visit, visitor } from '../../support/visit.ts';

const door = { IPAddr: '192.168.0.117' };
const plainDoors = ['104', '117', '110', '135', '141', '152'].map((host) => ({ IPAddr: `192.168.0.${host}` }));

async function connectAll(client: Stranger) {
  for (const plainDoor of plainDoors) await client.connect(plainDoor);
}

test('F10 every change is one event, no change is none', async () => {
  const { client } = await visit();
  const stream = await client.subscribe();
  await client.connect(door);
  await client.connect(door);
  await client.disconnect(846);
  await expect(client.disconnect(846)).rejects.toMatchObject({ code: 5 });
  await client.connect(door);
  expect((await stream.take(3)).map(({ status }) => status)).toEqual([1, 0, 1]);
});

test('F11 the timestamp is the Unix second of the change on the emulated clock', async () => {
  const { client, clock } = await visit();
  const stream = await client.subscribe();
  await client.connect(door);
  clock.advance(59_500);
  await client.disconnect(846);
  expect((await stream.take(2)).map(({ timestamp }) => timestamp * 1000)).toEqual([
    startUnixMs - 500,
    startUnixMs + 59_500,
  ]);
});

test('F12 a new subscriber is told nothing of what was before, and gets no headers before the first change', async () => {
  const { client } = await visit();
  await client.connect(door);
  const stream = await client.subscribe();
  expect({ received: stream.received, hasHeaders: stream.hasHeaders() }).toEqual({ received: [], hasHeaders: false });
  await client.disconnect(846);
  expect(await stream.take(1)).toMatchObject([{ deviceID: 846, status: 0 }]);
  expect(stream.hasHeaders()).toBe(true);
});

test('F12 assumption snapshotOnSubscribe: the managed devices come first', async () => {
  const { client } = await visit({ assumptions: { snapshotOnSubscribe: true } });
  await client.connect(door);
  const stream = await client.subscribe();
  await client.disconnect(846);
  expect((await stream.take(2)).map(({ deviceID, status }) => [deviceID, status])).toEqual([
    [846, 1],
    [846, 0],
  ]);
});

test('F13 when the queue is full, the newest events are discarded in silence', async () => {
  const { client } = await visit();
  await connectAll(client);
  const stream = await client.subscribe(2);
  await client.disconnectAll();
  await client.connect(door);
  expect((await stream.take(3)).map(({ deviceID, status }) => [deviceID, status])).toEqual([
    [544114231, 0],
    [846, 0],
    [846, 1],
  ]);
});

test.each([0, -1])(
  'F13 assumption queueSizeWhenUnset: a queue size of %i is another default one',
  async (queueSize) => {
    const { client } = await visit({ assumptions: { queueSizeWhenUnset: 3 } });
    await connectAll(client);
    const stream = await client.subscribe(queueSize);
    await client.disconnectAll();
    await client.connect(door);
    expect((await stream.take(4)).map(({ status }) => status)).toEqual([0, 0, 0, 1]);
  },
);

test('F14 two subscribers get every event, and one that cancels does not disturb the other', async () => {
  const { emulator, client } = await visit();
  const other = visitor(emulator);
  const [stays, leaves] = [await client.subscribe(), await other.subscribe()];
  await client.connect(door);
  expect(await leaves.take(1)).toEqual(await stays.take(1));
  leaves.cancel();
  expect(await leaves.ended).toMatchObject({ code: 1 });
  await client.disconnect(846);
  expect(await stays.take(2)).toHaveLength(2);
  expect(leaves.received).toHaveLength(1);
});

test('F15 the order of changes is kept', async () => {
  const { client } = await visit();
  const stream = await client.subscribe(1000);
  const expected: [number, number][] = [];
  for (let round = 0; round < 20; round++) {
    await client.connect(door);
    await client.connect({ IPAddr: '192.168.0.104' });
    await client.disconnect(846, 544114231);
    expected.push([846, 1], [544114231, 1], [846, 0], [544114231, 0]);
  }
  expect((await stream.take(80)).map(({ deviceID, status }) => [deviceID, status])).toEqual(expected);
});

test('a status number that no table knows is sent as it is', async () => {
  const { client } = await visit({ fleet: [{ deviceID: 846, type: 18, ...door, statusWhenConnected: 768 }] });
  const stream = await client.subscribe();
  await client.connect(door);
  expect(await stream.take(1)).toMatchObject([{ deviceID: 846, status: 768 }]);
});
