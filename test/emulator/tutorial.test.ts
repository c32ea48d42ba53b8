import type { ServiceError } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { statusDetails } from '../support/stranger.ts';
import { inShort } from './support/status.ts';
import { startUnixMs, visit } from './support/visit.ts';

// The items of the vendor's tutorial menu, one after the other, by a client that shares no code with the gateway.
const plain = { deviceID: 544114231, IPAddr: '192.168.0.104' };
const withSSL = { deviceID: 540092578, IPAddr: '192.168.0.120', useSSL: true };
const caller = 939342898;
const second = Math.floor(startUnixMs / 1000);

/** How long the gateway takes to connect, and to dial again, and a device to dial again, in emulated milliseconds. */
const [handshake, redial, deviceRetry] = [5, 30_000, 24_000];

test('the tutorial: search, then connect and disconnect', async () => {
  const { client } = await visit();
  const stream = await client.subscribe();
  const found = await client.search(5_000);
  expect(found.find(({ deviceID }) => deviceID === plain.deviceID)).toMatchObject({ ...plain, type: 13, port: 51211 });
  expect(await client.connect({ IPAddr: plain.IPAddr, port: 51211 })).toBe(plain.deviceID);
  expect(await client.devices()).toMatchObject([{ ...plain, status: 1, autoReconnect: false }]);
  await client.disconnect(plain.deviceID);
  expect(await client.devices()).toEqual([]);
  expect(inShort(await stream.take(2))).toEqual(['544114231 TCP_CONNECTED', '544114231 DISCONNECTED']);
});

test('the tutorial: asynchronous connections with and without SSL, and their return', async () => {
  const { client, clock } = await visit();
  const stream = await client.subscribe();
  await client.addAsync(plain, withSSL);
  expect(await client.devices()).toMatchObject([
    { ...plain, status: 0, autoReconnect: true },
    { ...withSSL, status: 0, autoReconnect: true },
  ]);
  clock.advance(handshake);
  await client.disconnect(plain.deviceID);
  clock.advance(redial + handshake);
  expect(await client.devices()).toMatchObject([
    { ...plain, status: 1 },
    { ...withSSL, status: 2 },
  ]);
  await client.deleteAsync(plain.deviceID, withSSL.deviceID);
  expect(await client.devices()).toEqual([]);
  expect(inShort(await stream.take(9))).toEqual([
    '544114231 TRY_TO_CONNECT',
    '540092578 TRY_TO_CONNECT',
    '544114231 TCP_CONNECTED',
    '540092578 TLS_CONNECTED',
    '544114231 DISCONNECTED',
    '544114231 TRY_TO_CONNECT',
    '544114231 TCP_CONNECTED',
    '544114231 DISCONNECTED',
    '540092578 DISCONNECTED',
  ]);
});

test('the tutorial: the pending list, allow all, and the device that dials in', async () => {
  const { client, clock } = await visit();
  const stream = await client.subscribe();
  clock.advance(deviceRetry);
  expect(await client.pending()).toEqual([
    { deviceID: caller, type: 9, IPAddr: '192.168.0.121', lastTry: second + 24 },
  ]);
  await client.setFilter({ allowAll: true });
  expect(await client.filter()).toMatchObject({ allowAll: true });
  clock.advance(deviceRetry);
  expect(await client.pending()).toEqual([]);
  const entry = { deviceID: caller, connectionMode: 1, port: 0, status: 2, autoReconnect: false, useSSL: true };
  expect(await client.devices()).toMatchObject([entry]);
  await client.disconnect(caller);
  clock.advance(deviceRetry);
  const changes = await stream.take(3);
  expect(inShort(changes)).toEqual([`${caller} TLS_CONNECTED`, `${caller} DISCONNECTED`, `${caller} TLS_CONNECTED`]);
  expect(changes.map(({ timestamp }) => timestamp - second)).toEqual([48, 48, 72]);
  await client.setFilter({ allowAll: false });
  await client.disconnect(caller);
  clock.advance(deviceRetry);
  expect(await client.pending()).toMatchObject([{ deviceID: caller, lastTry: second + 96 }]);
});

test('the tutorial: enable SSL, and connect again with TLS', async () => {
  const { client, clock } = await visit();
  const stream = await client.subscribe();
  await client.addAsync(plain);
  clock.advance(handshake);
  await client.enableSSL(plain.deviceID);
  await client.deleteAsync(plain.deviceID);
  await client.addAsync({ ...plain, useSSL: true });
  clock.advance(handshake);
  expect(await client.devices()).toMatchObject([{ ...plain, useSSL: true, status: 2 }]);
  expect(inShort(await stream.take(5))).toEqual([
    '544114231 TRY_TO_CONNECT',
    '544114231 TCP_CONNECTED',
    '544114231 DISCONNECTED',
    '544114231 TRY_TO_CONNECT',
    '544114231 TLS_CONNECTED',
  ]);
});

test('the tutorial: a Multi call with a device that is not connected', async () => {
  const { client } = await visit();
  await client.connect(plain);
  const request = { deviceIDs: [plain.deviceID, withSSL.deviceID] };
  const error = await client.multi('EnableSSLMulti', request).catch((thrown: ServiceError) => thrown);
  expect(statusDetails(error as ServiceError).details).toEqual([
    {
      type: 'type.googleapis.com/gsdk.err.MultiErrorResponse',
      deviceErrors: [{ deviceID: withSSL.deviceID, code: 5, msg: 'Cannot get connection' }],
    },
  ]);
  expect((await client.search()).find(({ deviceID }) => deviceID === plain.deviceID)?.useSSL).toBe(true);
});

test('the tutorial: the other connection mode, and back', async () => {
  const { client, clock } = await visit();
  const modeFound = async () => (await client.search()).find(({ deviceID }) => deviceID === 846)?.connectionMode;
  await client.addAsync({ deviceID: 846, IPAddr: '192.168.0.117' });
  clock.advance(handshake);
  await client.setMode(846, 1);
  expect(await modeFound()).toBe(1);
  await client.deleteAsync(846);
  await client.setFilter({ deviceIDs: [846] });
  clock.advance(deviceRetry);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, connectionMode: 1, port: 0, status: 1 }]);
  await client.setMode(846, 0);
  expect(await modeFound()).toBe(0);
  await client.addAsync({ deviceID: 846, IPAddr: '192.168.0.117' });
  clock.advance(handshake);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, connectionMode: 0, port: 51211, status: 1 }]);
});
