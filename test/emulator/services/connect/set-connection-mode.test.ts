import { expect, test } from 'vitest';
import type { Stranger } from '../../../support/stranger.ts';
import { inShort } from '../../support/status.ts';
import { visit } from '../../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };
const [toDevice, toServer] = [0, 1];
const retry = 24_000;
const interval = 30_000;
const noConnection = { code: 5, details: 'Cannot get connection' };

const found = async (client: Stranger) => (await client.search()).find(({ deviceID }) => deviceID === 846);

async function visitConnected(options = {}) {
  const visited = await visit(options);
  await visited.client.connect(door);
  return visited;
}

test('F49 a device that is not connected is NOT_FOUND, and stays as it is', async () => {
  const { client } = await visit();
  await client.addAsync(door);
  await expect(client.setMode(846, toServer)).rejects.toMatchObject(noConnection);
  await expect(client.setMode(1, toServer)).rejects.toMatchObject(noConnection);
  expect(await found(client)).toMatchObject({ connectionMode: 0 });
});

test('F46 F50 the new mode and the gateway to dial are seen in a search', async () => {
  const { client } = await visitConnected();
  expect(await found(client)).toMatchObject({ connectionMode: 0, serverAddr: '' });
  await client.setMode(846, toServer);
  expect(await found(client)).toMatchObject({ connectionMode: 1, serverAddr: '192.168.0.2' });
});

test('F50 the session ends', async () => {
  const { client } = await visitConnected();
  const stream = await client.subscribe();
  await client.setMode(846, toServer);
  expect(inShort(await stream.take(1))).toEqual(['846 DISCONNECTED']);
  expect(await client.devices()).toEqual([]);
});

test('F50 assumption modeChangeEndsSession: the session stays, and the mode takes effect after it', async () => {
  const { client, clock } = await visitConnected({ assumptions: { modeChangeEndsSession: false } });
  await client.setMode(846, toServer);
  await client.setFilter({ deviceIDs: [846] });
  clock.advance(10 * retry);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1, connectionMode: 0 }]);
  await client.disconnect(846);
  clock.advance(retry);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1, connectionMode: 1 }]);
});

test('a mode that the device has already changes nothing', async () => {
  const { client } = await visitConnected();
  await client.setMode(846, toDevice);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
});

test('a mode that there is not is INVALID_ARGUMENT', async () => {
  const { client } = await visitConnected();
  await expect(client.setMode(846, 7)).rejects.toMatchObject({ code: 3, details: 'invalid connection mode: 7' });
});

test('F51 after DEVICE_TO_SERVER an asynchronous connection fails until it is deleted, and the device dials in', async () => {
  const { client, clock } = await visit();
  await client.addAsync(door);
  clock.advance(5);
  await client.setMode(846, toServer);
  clock.advance(3 * interval);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 256, autoReconnect: true }]);
  expect((await client.pending()).map(({ deviceID }) => deviceID)).toContain(846);
  await client.deleteAsync(846);
  await client.setFilter({ deviceIDs: [846] });
  clock.advance(retry);
  expect(await client.devices()).toMatchObject([
    { deviceID: 846, status: 1, connectionMode: 1, port: 0, autoReconnect: false },
  ]);
});

test('F51 after SERVER_TO_DEVICE the device does not dial any more, and can be dialled', async () => {
  const { client, clock } = await visitConnected();
  await client.setMode(846, toServer);
  await client.setFilter({ deviceIDs: [846] });
  clock.advance(retry);
  await client.setMode(846, toDevice);
  clock.advance(10 * retry);
  expect(await client.devices()).toEqual([]);
  expect(await client.connect(door)).toBe(846);
});

test('F67 F68 several devices at once, and all is well', async () => {
  const { client } = await visitConnected();
  await client.connect({ IPAddr: '192.168.0.104' });
  const request = { deviceIDs: [846, 544114231], connectionMode: toServer };
  expect(await client.multi('SetConnectionModeMulti', request)).toEqual([]);
  expect((await client.search()).filter(({ connectionMode }) => connectionMode === 1)).toHaveLength(3);
});
