import { expect, test } from 'vitest';
import { ConnectionMode } from '../../../src/gen/connect_pb.ts';
import { inShort } from '../support/status.ts';
import { startUnixMs, visit } from '../support/visit.ts';

const ID = 939342898;
const retry = 24_000;
const second = Math.floor(startUnixMs / 1000);
const caller = {
  deviceID: ID,
  type: 9,
  connectionMode: ConnectionMode.DEVICE_TO_SERVER,
  IPAddr: '192.168.0.121',
};

/** An emulator whose only device dials in and has been let in. */
async function visitConnected(options = {}) {
  const visited = await visit({ fleet: [{ ...caller, useSSL: true }], ...options });
  await visited.client.setFilter({ allowAll: true });
  visited.clock.advance(retry);
  return visited;
}

test('F37 a device that dials in is not accepted at first', async () => {
  const { client, clock } = await visit();
  clock.advance(10 * retry);
  expect(await client.devices()).toEqual([]);
});

test('F41 a device outside the filter is pending, and each try refreshes the time of its one entry', async () => {
  const { client, clock } = await visit();
  const entry = { deviceID: ID, type: 9, IPAddr: '192.168.0.121' };
  expect(await client.pending()).toEqual([{ ...entry, lastTry: second }]);
  clock.advance(retry - 1);
  expect(await client.pending()).toEqual([{ ...entry, lastTry: second }]);
  clock.advance(1);
  expect(await client.pending()).toEqual([{ ...entry, lastTry: second + 24 }]);
});

test('F34 assumption deviceRetryMs: devices dial after another while', async () => {
  const { client, clock } = await visit({ assumptions: { deviceRetryMs: 5_000 } });
  clock.advance(12_000);
  expect(await client.pending()).toMatchObject([{ lastTry: second + 10 }]);
});

test.each([
  ['F39 allowAll', { allowAll: true }],
  ['F39 allowAll, whatever else is set,', { allowAll: true, deviceIDs: [846], IPAddrs: ['10.0.0.1'] }],
  ['F42 its ID', { deviceIDs: [846, ID] }],
])('%s in the filter lets the device in at its next try, and it leaves the pending list', async (_, filter) => {
  const { client, clock } = await visit();
  const stream = await client.subscribe();
  await client.setFilter(filter);
  clock.advance(retry - 1);
  expect(await client.devices()).toEqual([]);
  expect(await client.pending()).toHaveLength(1);
  clock.advance(1);
  expect(inShort(await stream.take(1))).toEqual([`${ID} TLS_CONNECTED`]);
  expect(await client.pending()).toEqual([]);
});

test('F40 addresses and subnet masks let nobody in', async () => {
  const { client, clock } = await visit();
  await client.setFilter({ IPAddrs: ['192.168.0.121'], subnetMasks: ['255.255.255.0'] });
  clock.advance(2 * retry);
  expect(await client.devices()).toEqual([]);
});

test('F02 F03 F04 a device that dialled in is listed with mode 1, port 0 and without autoReconnect', async () => {
  const { client } = await visitConnected();
  expect(await client.devices()).toEqual([{ ...caller, port: 0, status: 2, autoReconnect: false, useSSL: true }]);
});

test('F09 a device without SSL that dials in is TCP_CONNECTED', async () => {
  const { client } = await visitConnected({ fleet: [caller] });
  expect(await client.devices()).toMatchObject([{ deviceID: ID, status: 1, useSSL: false }]);
});

test('F34 a device that dialled in and is disconnected leaves the list and dials again after its own delay', async () => {
  const { client, clock } = await visitConnected();
  const stream = await client.subscribe();
  clock.advance(7_000);
  await client.disconnect(ID);
  clock.advance(retry - 1);
  expect(await client.devices()).toEqual([]);
  clock.advance(1);
  expect(inShort(await stream.take(2))).toEqual([`${ID} DISCONNECTED`, `${ID} TLS_CONNECTED`]);
});

test('F34 F35 DisconnectAll takes it down too, and out of the filter it stays away', async () => {
  const { client, clock } = await visitConnected();
  await client.setFilter({});
  await client.disconnectAll();
  clock.advance(retry);
  expect(await client.devices()).toEqual([]);
  expect(await client.pending()).toMatchObject([{ deviceID: ID, lastTry: second + 48 }]);
});

test('F43 a connected device that is taken out of the filter stays connected until its next dial', async () => {
  const { client, clock } = await visitConnected();
  await client.setFilter({});
  clock.advance(10 * retry);
  expect(await client.devices()).toMatchObject([{ deviceID: ID, status: 2 }]);
  await client.disconnect(ID);
  clock.advance(retry);
  expect(await client.devices()).toEqual([]);
});

test('F43 assumption filterDropsLive: its session ends at once, and no other', async () => {
  const { client, world } = await visitConnected({
    assumptions: { filterDropsLive: true },
    fleet: [caller, { deviceID: 846, type: 18, IPAddr: '192.168.0.117' }],
  });
  await client.connect(world.device(846));
  const stream = await client.subscribe();
  await client.setFilter({ deviceIDs: [ID] });
  await client.setFilter({});
  expect(inShort(await stream.take(1))).toEqual([`${ID} DISCONNECTED`]);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
});

test('F44 a refusal is told to nobody', async () => {
  const { client, clock } = await visit();
  const stream = await client.subscribe();
  clock.advance(10 * retry);
  await client.devices();
  expect(stream.received).toEqual([]);
});

test('F44 assumption refusedDialStatus: a refusal is told once', async () => {
  const { client, clock } = await visitConnected({ assumptions: { refusedDialStatus: 'NOT_ALLOWED' } });
  const stream = await client.subscribe();
  await client.setFilter({});
  await client.disconnect(ID);
  clock.advance(10 * retry);
  await client.setFilter({ allowAll: true });
  clock.advance(retry);
  expect(inShort(await stream.take(3))).toEqual([`${ID} DISCONNECTED`, `${ID} TLS_NOT_ALLOWED`, `${ID} TLS_CONNECTED`]);
});

test.each([
  ['F45 with SSL, port 51213', { useSSL: true, SSLServerPort: 51213 }, 1],
  ['F45 without SSL, port 51212', { useSSL: false, serverPort: 51212 }, 1],
  ['F45 with SSL, another port', { useSSL: true, SSLServerPort: 51212 }, 0],
  ['F45 without SSL, another port', { useSSL: false, serverPort: 51213 }, 0],
  ["the gateway's address", { serverAddr: '192.168.0.2' }, 1],
  ["another gateway's address", { serverAddr: '192.168.0.3' }, 0],
])('a device reaches the gateway by %s: %#', async (_, settings, count) => {
  const { client } = await visit({ fleet: [{ ...caller, ...settings }] });
  expect(await client.pending()).toHaveLength(count);
});

test('a gateway with another address is dialled there', async () => {
  const fleet = [{ ...caller, serverAddr: '10.0.0.2' }];
  const { client } = await visit({ fleet, gatewayIPAddr: '10.0.0.2' });
  expect(await client.pending()).toHaveLength(1);
});

test('a device without power dials nobody until it has some', async () => {
  const { client, clock, world } = await visit({ fleet: [{ ...caller, answers: false }] });
  clock.advance(retry);
  expect(await client.pending()).toEqual([]);
  world.device(ID).answers = true;
  clock.advance(retry);
  expect(await client.pending()).toMatchObject([{ deviceID: ID, lastTry: second + 48 }]);
});

test('F78 assumption dialInStaysListed: the device stays in the list, DISCONNECTED, while it is gone', async () => {
  const { client, clock } = await visitConnected({ assumptions: { dialInStaysListed: true } });
  await client.disconnect(ID);
  expect(await client.devices()).toMatchObject([{ deviceID: ID, connectionMode: 1, status: 0 }]);
  clock.advance(retry);
  expect(await client.devices()).toMatchObject([{ deviceID: ID, connectionMode: 1, status: 2 }]);
});

test('F78 the device leaves the list while it is gone', async () => {
  const { client } = await visitConnected();
  await client.disconnect(ID);
  expect(await client.devices()).toEqual([]);
});

test('F51 an asynchronous connection to a device that dials in fails, again and again', async () => {
  const { client, clock } = await visit();
  await client.addAsync({ deviceID: ID, IPAddr: '192.168.0.121', useSSL: true });
  clock.advance(100_000);
  expect(await client.devices()).toMatchObject([{ deviceID: ID, status: 512, autoReconnect: true }]);
  await client.deleteAsync(ID);
  await client.setFilter({ allowAll: true });
  clock.advance(retry);
  expect(await client.devices()).toMatchObject([{ deviceID: ID, status: 2, autoReconnect: false }]);
});

test('an asynchronous connection whose device dials in is up by that, and stays what it is', async () => {
  const { client, clock } = await visit();
  await client.addAsync({ deviceID: ID, IPAddr: '192.168.0.121', useSSL: true });
  await client.setFilter({ deviceIDs: [ID] });
  clock.advance(retry);
  const entry = { deviceID: ID, port: 51211, autoReconnect: true };
  expect(await client.devices()).toMatchObject([{ ...entry, connectionMode: 1, status: 2 }]);
  await client.disconnect(ID);
  expect(await client.devices()).toMatchObject([{ ...entry, status: 0 }]);
});
