import { expect, test } from 'vitest';
import { visit } from '../../support/visit.ts';

const [first, second] = [{ IPAddr: '192.168.0.104' }, { IPAddr: '192.168.0.117' }];
const noConnection = { code: 5, details: 'Cannot get connection' };

async function visitConnected(options = {}) {
  const visited = await visit(options);
  for (const door of [first, second]) await visited.client.connect(door);
  return visited;
}

test('F32 a synchronous device is disconnected and leaves the list', async () => {
  const { client } = await visitConnected();
  const stream = await client.subscribe();
  await client.disconnect(846);
  expect(await stream.take(1)).toMatchObject([{ deviceID: 846, status: 0 }]);
  expect((await client.devices()).map(({ deviceID }) => deviceID)).toEqual([544114231]);
});

test('F32 a device that was disconnected can be connected again', async () => {
  const { client } = await visitConnected();
  await client.disconnect(846);
  expect(await client.connect(second)).toBe(846);
  expect(await client.devices()).toHaveLength(2);
});

test('F35 DisconnectAll disconnects all', async () => {
  const { client } = await visitConnected();
  const stream = await client.subscribe();
  await client.disconnectAll();
  expect((await stream.take(2)).map(({ deviceID, status }) => [deviceID, status])).toEqual([
    [544114231, 0],
    [846, 0],
  ]);
  expect(await client.devices()).toEqual([]);
});

test('F35 DisconnectAll with nothing connected succeeds', async () => {
  const { client } = await visit();
  await client.disconnectAll();
  expect(await client.devices()).toEqual([]);
});

test('F36 an unknown ID among good ones is NOT_FOUND, and the good ones are disconnected', async () => {
  const { client } = await visitConnected();
  await expect(client.disconnect(544114231, 1, 846)).rejects.toMatchObject(noConnection);
  expect(await client.devices()).toEqual([]);
});

test('F36 assumption disconnectUnknown: unknown IDs are ignored instead', async () => {
  const { client } = await visitConnected({ assumptions: { disconnectUnknown: 'OK' } });
  await client.disconnect(1, 846);
  expect(await client.devices()).toHaveLength(1);
});

test('an ID that is given twice is disconnected once', async () => {
  const { client } = await visitConnected();
  await client.disconnect(846, 846);
  expect(await client.devices()).toHaveLength(1);
});
