import { expect, test } from 'vitest';
import { defaultBehaviorSwitches } from '../../../../src/emulator/fidelity/behavior-switches.ts';
import { createEmulatedGateway } from '../../../../src/emulator/gateway-process/device-gateway.ts';
import { manualClock, tutorialFleet } from '../../../../src/emulator/index.ts';
import { World } from '../../../../src/emulator/world/world.ts';
import { inShort } from '../../support/status.ts';
import { startUnixMs, visit } from '../../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };
const doorWithSSL = { deviceID: 540092578, IPAddr: '192.168.0.120', useSSL: true };
const interval = 30_000;
const handshake = 5;

test('F23 an asynchronous connection is in the list at once, before it is up', async () => {
  const { client, clock } = await visit();
  await client.addAsync(door);
  const entry = { ...door, connectionMode: 0, port: 51211, autoReconnect: true, useSSL: false };
  expect(await client.devices()).toEqual([{ ...entry, type: 0, status: 0 }]);
  clock.advance(handshake);
  expect(await client.devices()).toEqual([{ ...entry, type: 18, status: 1 }]);
});

test('F08 F09 F26 the first attempt is immediate, and told as TRY_TO_CONNECT', async () => {
  const { client, clock } = await visit();
  const stream = await client.subscribe();
  await client.addAsync(door, doorWithSSL);
  clock.advance(0);
  expect((await client.devices()).map(({ status }) => status)).toEqual([4, 4]);
  clock.advance(handshake);
  expect(inShort(await stream.take(4))).toEqual([
    '846 TRY_TO_CONNECT',
    '540092578 TRY_TO_CONNECT',
    '846 TCP_CONNECTED',
    '540092578 TLS_CONNECTED',
  ]);
});

test('F24 an address that does not answer is no error', async () => {
  const { client, clock } = await visit();
  await client.addAsync({ deviceID: 7, IPAddr: '192.168.0.9' }, { deviceID: 8, IPAddr: 'door1' });
  clock.advance(5_000);
  expect((await client.devices()).map(({ status }) => status)).toEqual([256, 256]);
});

test('F25 an attempt that failed is made again 30 s later, for ever', async () => {
  const { client, clock, world } = await visit({ assumptions: { dialTimeoutMs: 1_000 } });
  world.device(846).answers = false;
  const stream = await client.subscribe();
  await client.addAsync(door);
  clock.advance(3 * (interval + 1_000) - 1);
  world.device(846).answers = true;
  clock.advance(1 + handshake);
  const changes = await stream.take(8);
  expect(inShort(changes)).toEqual([
    ...Array(3).fill(['846 TRY_TO_CONNECT', '846 TCP_CANNOT_CONNECT']).flat(),
    '846 TRY_TO_CONNECT',
    '846 TCP_CONNECTED',
  ]);
  const tries = changes.filter(({ status }) => status === 4).map(({ timestamp }) => timestamp);
  expect(tries.map((second) => second - (tries[0] ?? 0))).toEqual([0, 31, 62, 93]);
});

test('F27 deleting a connection disconnects it, and then it leaves the list', async () => {
  const { client, clock } = await visit();
  await client.addAsync(door, doorWithSSL);
  clock.advance(handshake);
  const stream = await client.subscribe();
  await client.deleteAsync(846);
  expect(inShort(await stream.take(1))).toEqual(['846 DISCONNECTED']);
  expect((await client.devices()).map(({ deviceID }) => deviceID)).toEqual([540092578]);
});

test.each([
  ['before its first attempt', -1],
  ['during an attempt', 0],
  ['between attempts', 6_000],
])('F27 a connection that is deleted %s is not dialled any more', async (_, whenMs) => {
  const { client, clock, world } = await visit();
  world.device(846).answers = false;
  await client.addAsync(door);
  if (whenMs >= 0) clock.advance(whenMs);
  await client.deleteAsync(846);
  const stream = await client.subscribe();
  world.device(846).answers = true;
  clock.advance(10 * interval);
  expect(await client.devices()).toEqual([]);
  expect(stream.received).toEqual([]);
});

test('F28 deleting an ID without an asynchronous connection is ignored', async () => {
  const { client } = await visit();
  await client.connect(door);
  await client.deleteAsync(846, 1);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
});

test('F28 assumption deleteUnknown: NOT_FOUND instead, and the others are deleted', async () => {
  const { client } = await visit({ assumptions: { deleteUnknown: 'NOT_FOUND' } });
  await client.addAsync(door);
  await expect(client.deleteAsync(1, 846)).rejects.toMatchObject({ code: 5, details: 'Cannot get connection' });
  expect(await client.devices()).toEqual([]);
});

test('F29 adding an ID again updates its address and its SSL flag, and dials at once', async () => {
  const { client, clock } = await visit();
  await client.addAsync({ deviceID: 540092578, IPAddr: '192.168.0.9' });
  clock.advance(6_000);
  await client.addAsync(doorWithSSL);
  expect(await client.devices()).toMatchObject([{ ...doorWithSSL, status: 256 }]);
  clock.advance(handshake);
  expect(await client.devices()).toMatchObject([{ ...doorWithSSL, status: 2 }]);
});

test('F29 adding it again with another address ends its session', async () => {
  const { client, clock } = await visit();
  await client.addAsync(door);
  clock.advance(handshake);
  const stream = await client.subscribe();
  await client.addAsync({ ...door, port: 51299 });
  clock.advance(interval);
  expect(inShort(await stream.take(3))).toEqual(['846 DISCONNECTED', '846 TRY_TO_CONNECT', '846 TCP_CANNOT_CONNECT']);
});

test('F29 adding it again as it is leaves its session alone', async () => {
  const { client, clock } = await visit();
  await client.addAsync(door);
  clock.advance(handshake);
  const stream = await client.subscribe();
  await client.addAsync(door);
  clock.advance(interval);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
  expect(stream.received).toEqual([]);
});

test('F29 assumption addAgain: the new address is ignored instead', async () => {
  const { client } = await visit({ assumptions: { addAgain: 'ignored' } });
  await client.addAsync(door);
  await client.addAsync({ ...door, IPAddr: '192.168.0.9' });
  expect(await client.devices()).toMatchObject([door]);
});

test('F29 a device that is connected otherwise becomes an asynchronous connection without a new session', async () => {
  const { client, clock } = await visit();
  await client.connect(door);
  const stream = await client.subscribe();
  await client.addAsync(door);
  clock.advance(interval);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1, autoReconnect: true }]);
  expect(stream.received).toEqual([]);
});

test('F30 another device at the address is refused, and the attempt has failed', async () => {
  const { client, clock } = await visit();
  await client.addAsync({ ...door, deviceID: 7 });
  clock.advance(handshake);
  expect(await client.devices()).toMatchObject([{ deviceID: 7, status: 256 }]);
});

test('F30 assumption onIdMismatch: the other device takes over the connection', async () => {
  const { client, clock } = await visit({ assumptions: { onIdMismatch: 'adopt' } });
  const stream = await client.subscribe();
  await client.addAsync({ ...door, deviceID: 7 });
  clock.advance(handshake);
  expect(await client.devices()).toMatchObject([{ ...door, status: 1, autoReconnect: true }]);
  expect(inShort(await stream.take(3))).toEqual(['7 TRY_TO_CONNECT', '7 DISCONNECTED', '846 TCP_CONNECTED']);
});

test('F30 assumption onIdMismatch: a device that has an entry of its own is refused all the same', async () => {
  const { client, clock } = await visit({ assumptions: { onIdMismatch: 'adopt' } });
  await client.connect(door);
  await client.addAsync({ ...door, deviceID: 7 });
  clock.advance(handshake);
  expect((await client.devices()).map(({ deviceID, status }) => [deviceID, status])).toEqual([
    [846, 1],
    [7, 256],
  ]);
});

test('F31 an asynchronous connection that Connect brings up stays one', async () => {
  const { client, clock } = await visit();
  await client.addAsync(door);
  await client.connect(door);
  const stream = await client.subscribe();
  clock.advance(interval);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1, autoReconnect: true }]);
  expect(stream.received).toEqual([]);
});

test('F31 assumption connectKeepsAsync: Connect makes it a synchronous one', async () => {
  const { client, clock } = await visit({ assumptions: { connectKeepsAsync: false } });
  await client.addAsync(door);
  await client.connect(door);
  clock.advance(interval);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1, autoReconnect: false }]);
});

test('F33 a connection that was disconnected stays in the list and is up again after the interval', async () => {
  const { client, clock } = await visit();
  await client.addAsync(door);
  clock.advance(handshake);
  const stream = await client.subscribe();
  await client.disconnect(846);
  clock.advance(interval - 1);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 0, autoReconnect: true }]);
  clock.advance(1 + handshake);
  expect(inShort(await stream.take(3))).toEqual(['846 DISCONNECTED', '846 TRY_TO_CONNECT', '846 TCP_CONNECTED']);
});

test('F33 assumption redialAfterDisconnectMs: it comes back after another while', async () => {
  const { client, clock } = await visit({ assumptions: { redialAfterDisconnectMs: 1_000 } });
  await client.addAsync(door);
  clock.advance(handshake);
  await client.disconnect(846);
  clock.advance(1_000 + handshake);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
});

test('F35 DisconnectAll takes down asynchronous connections too, and they come back', async () => {
  const { client, clock } = await visit();
  await client.addAsync(door);
  await client.connect({ IPAddr: '192.168.0.104' });
  clock.advance(handshake);
  await client.disconnectAll();
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 0 }]);
  clock.advance(interval + handshake);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
});

test('F53 the status of a failed attempt goes by the SSL flag', async () => {
  const { client, clock } = await visit();
  await client.addAsync({ ...door, useSSL: true }, { ...doorWithSSL, useSSL: false });
  clock.advance(handshake);
  expect((await client.devices()).map(({ deviceID, status }) => [deviceID, status])).toEqual([
    [846, 512],
    [540092578, 256],
  ]);
});

test.each([
  ['TCP_CANNOT_CONNECT', 256],
  ['DISCONNECTED', 0],
] as const)('F53 assumption failedDialStatus: %s', async (failedDialStatus, status) => {
  const { client, clock } = await visit({ assumptions: { failedDialStatus } });
  await client.addAsync({ ...door, useSSL: true });
  clock.advance(handshake);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status }]);
});

test('a gateway process that has ended dials nobody any more', () => {
  const clock = manualClock(startUnixMs);
  const { asyncConnections, managed, stop } = createEmulatedGateway({
    world: new World(tutorialFleet),
    clock,
    assumptions: defaultBehaviorSwitches,
  });
  asyncConnections.add(846, { IPAddr: door.IPAddr, port: 51211, useSSL: false });
  stop();
  asyncConnections.add(544114231, { IPAddr: '192.168.0.104', port: 51211, useSSL: false });
  clock.advance(interval);
  expect(managed.all().map(({ status }) => status)).toEqual([0, 0]);
});
