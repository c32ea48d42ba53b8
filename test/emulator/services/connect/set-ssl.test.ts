import { expect, test } from 'vitest';
import { inShort } from '../../support/status.ts';
import { visit } from '../../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };
const ID = 939342898;
const interval = 30_000;
const handshake = 5;

async function visitConnected(options = {}) {
  const visited = await visit(options);
  await visited.client.connect(door);
  return visited;
}

test.each(['enableSSL', 'disableSSL'] as const)('F52 %s needs a connection', async (method) => {
  const { client } = await visit();
  await expect(client[method](846)).rejects.toMatchObject({ code: 5, details: 'Cannot get connection' });
});

test('F52 after EnableSSL only SSL connects, after DisableSSL only the other', async () => {
  const { client } = await visitConnected();
  await client.enableSSL(846);
  await expect(client.connect(door)).rejects.toMatchObject({ code: 14 });
  await client.connect({ ...door, useSSL: true });
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 2, useSSL: true }]);
  await client.disableSSL(846);
  await expect(client.connect({ ...door, useSSL: true })).rejects.toMatchObject({ code: 14 });
  expect(await client.connect(door)).toBe(846);
});

test('F46 F52 the setting is seen in a search', async () => {
  const { client } = await visitConnected();
  await client.enableSSL(846);
  expect((await client.search()).find(({ deviceID }) => deviceID === 846)?.useSSL).toBe(true);
});

test('F79 a change ends the session', async () => {
  const { client } = await visitConnected();
  const stream = await client.subscribe();
  await client.enableSSL(846);
  expect(inShort(await stream.take(1))).toEqual(['846 DISCONNECTED']);
  expect(await client.devices()).toEqual([]);
});

test('F79 no change ends nothing', async () => {
  const { client } = await visitConnected();
  await client.disableSSL(846);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
});

test('F79 assumption sslChangeEndsSession: the session stays as it is', async () => {
  const { client } = await visitConnected({ assumptions: { sslChangeEndsSession: false } });
  await client.enableSSL(846);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1, useSSL: false }]);
});

test('F54 an asynchronous connection keeps its old flag and fails until it is added again', async () => {
  const { client, clock } = await visit();
  await client.addAsync(door);
  clock.advance(handshake);
  await client.enableSSL(846);
  clock.advance(2 * interval);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 256, useSSL: false }]);
  await client.addAsync({ ...door, useSSL: true });
  clock.advance(handshake);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 2, useSSL: true }]);
});

test('F54 assumption asyncFollowsSSL: an asynchronous connection comes back with the new setting', async () => {
  const { client, clock } = await visit({ assumptions: { asyncFollowsSSL: true } });
  await client.addAsync(door);
  clock.advance(handshake);
  await client.enableSSL(846);
  clock.advance(interval + handshake);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 2, useSSL: true }]);
});

test('F54 assumption asyncFollowsSSL: a synchronous connection stays one', async () => {
  const { client } = await visitConnected({ assumptions: { asyncFollowsSSL: true, sslChangeEndsSession: false } });
  await client.enableSSL(846);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, autoReconnect: false }]);
});

test('F45 a device that dials in comes back on the other port, plain or TLS', async () => {
  const { client, clock } = await visit();
  await client.setFilter({ allowAll: true });
  clock.advance(24_000);
  const stream = await client.subscribe();
  await client.disableSSL(ID);
  clock.advance(24_000);
  await client.enableSSL(ID);
  clock.advance(24_000);
  expect(inShort(await stream.take(4))).toEqual([
    `${ID} DISCONNECTED`,
    `${ID} TCP_CONNECTED`,
    `${ID} DISCONNECTED`,
    `${ID} TLS_CONNECTED`,
  ]);
});

test.each([
  ['EnableSSLMulti', [846, 544114231], true],
  ['DisableSSLMulti', [540092578, 547634389], false],
])('F67 F68 %s switches all its devices, and its answer has no errors', async (method, deviceIDs, useSSL) => {
  const { client, world } = await visit();
  for (const deviceID of deviceIDs) await client.connect(world.device(deviceID));
  expect(await client.multi(method, { deviceIDs })).toEqual([]);
  expect(deviceIDs.map((deviceID) => world.device(deviceID).useSSL)).toEqual([useSSL, useSSL]);
});
