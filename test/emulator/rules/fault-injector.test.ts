import { expect, onTestFinished, test } from 'vitest';
import type { FaultRule } from '../../../src/emulator/index.ts';
import { statusDetails, stranger } from '../../support/stranger.ts';
import { inShort } from '../support/status.ts';
import { steppedClock } from '../support/stepped-clock.ts';
import { startUnixMs, visit } from '../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };
const tlsDoor = { deviceID: 540092578, IPAddr: '192.168.0.120', useSSL: true };
const at = (text: string) => `Cannot connect to the device: ${text}`;
const dialed = (IPAddr: string, text: string) => at(`dial tcp 0.0.0.0:0->${IPAddr}:51211: ${text}`);

/** An emulator with rules in force. */
async function broken(...rules: FaultRule[]) {
  const visited = await visit();
  for (const rule of rules) visited.emulator.rules.add(rule);
  const fired = () => visited.emulator.rules.list().map((rule) => rule.fired);
  return { ...visited, fired };
}

/** The same on a clock on which an RPC waits for `advance`. */
async function brokenSlowly(rule: FaultRule) {
  const clock = steppedClock(startUnixMs);
  const visited = await visit({ clock });
  visited.emulator.rules.add(rule);
  return { ...visited, clock };
}

/** What a subscriber is told of an async connection within a time. */
async function told(rule: FaultRule, connection: typeof door & { useSSL?: boolean }, ms: number) {
  const visited = await broken(rule);
  const stream = await visited.client.subscribe();
  await visited.client.addAsync(connection);
  visited.clock.advance(ms);
  const statuses = visited.emulator.journal.entries.filter(({ kind }) => kind === 'status');
  return { ...visited, changes: inShort(await stream.take(statuses.length)) };
}

test('refuse: Connect is refused at once, and an async connection is tried again', async () => {
  const { client, clock } = await brokenSlowly({ effect: 'refuse', deviceIDs: [846], times: 1 });
  const failed = expect(client.connect(door)).rejects.toMatchObject({
    code: 14,
    details: dialed('192.168.0.117', 'connect: connection refused'),
  });
  expect(await clock.nextWait()).toBe(0);
  clock.advance(0);
  await failed;
  const { changes } = await told({ effect: 'refuse', deviceIDs: '846', times: 1 }, door, 30_005);
  expect(changes).toEqual(['846 TRY_TO_CONNECT', '846 TCP_CANNOT_CONNECT', '846 TRY_TO_CONNECT', '846 TCP_CONNECTED']);
});

test("blackHole: the dial lasts as long as the gateway's own limit, also for async connections", async () => {
  const { client, clock } = await brokenSlowly({ effect: 'blackHole', deviceIDs: [846] });
  const failed = expect(client.connect(door)).rejects.toMatchObject({
    code: 14,
    details: dialed('192.168.0.117', 'i/o timeout'),
  });
  expect(await clock.nextWait()).toBe(5_000);
  clock.advance(5_000);
  await failed;
  const rule: FaultRule = { effect: 'blackHole' };
  expect((await told(rule, door, 4_999)).changes).toEqual(['846 TRY_TO_CONNECT']);
  expect((await told(rule, door, 5_000)).changes).toEqual(['846 TRY_TO_CONNECT', '846 TCP_CANNOT_CONNECT']);
});

test('slowHandshake: the session takes that long to open', async () => {
  const { client, clock } = await brokenSlowly({ effect: 'slowHandshake', handshake: '3s' });
  const connecting = client.connect(door);
  expect(await clock.nextWait()).toBe(3_000);
  clock.advance(3_000);
  expect(await connecting).toBe(846);
  const rule: FaultRule = { effect: 'slowHandshake', handshake: '3s' };
  expect((await told(rule, tlsDoor, 2_999)).changes).toEqual(['540092578 TRY_TO_CONNECT']);
  expect((await told(rule, tlsDoor, 3_000)).changes.at(-1)).toBe('540092578 TLS_CONNECTED');
});

test("slowHandshake: beyond the gateway's own limit the dial is given up", async () => {
  const { client, clock } = await brokenSlowly({ effect: 'slowHandshake', handshake: '1m' });
  const failed = expect(client.connect(door)).rejects.toMatchObject({
    details: expect.stringMatching(/i\/o timeout$/),
  });
  expect(await clock.nextWait()).toBe(5_000);
  clock.advance(5_000);
  await failed;
});

test('F55 certificateMismatch: a TLS session cannot be opened, a plain one can', async () => {
  const { client, fired } = await broken({ effect: 'certificateMismatch' });
  await expect(client.connect(tlsDoor)).rejects.toMatchObject({
    code: 14,
    details: at('remote error: tls: unknown certificate authority'),
  });
  expect(await client.connect(door)).toBe(846);
  expect(fired()).toEqual([1]);
  const { changes } = await told({ effect: 'certificateMismatch' }, tlsDoor, 5);
  expect(changes).toEqual(['540092578 TRY_TO_CONNECT', '540092578 TLS_CANNOT_CONNECT']);
});

test('F19 wrongDevice: Connect succeeds with the ID of the other one', async () => {
  const { client } = await broken({ effect: 'wrongDevice', deviceIDs: [846], otherDeviceID: 543664528 });
  expect(await client.connect(door)).toBe(543664528);
  expect(await client.devices()).toMatchObject([{ deviceID: 543664528, IPAddr: '192.168.0.117', status: 1 }]);
});

test('F30 wrongDevice: an async connection does not come up', async () => {
  const { changes, client } = await told({ effect: 'wrongDevice', deviceIDs: [846] }, door, 5);
  expect(changes).toEqual(['846 TRY_TO_CONNECT', '846 TCP_CANNOT_CONNECT']);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 256 }]);
});

test('wrongDevice: unless said otherwise the next one answers that could, and a fleet of one has none', async () => {
  const { client } = await broken({ effect: 'wrongDevice', deviceIDs: [846] });
  expect(await client.connect(door)).toBe(939504224);
  const fleet = [{ ...door, type: 18 }];
  const { emulator, client: another } = await visit({ fleet });
  emulator.rules.add({ effect: 'wrongDevice' });
  expect(await another.connect(door)).toBe(846);
  expect(emulator.rules.list()).toMatchObject([{ fired: 0, matched: 0 }]);
});

test('wrongDevice: one without power does not answer', async () => {
  const { client, emulator } = await broken({ effect: 'wrongDevice', deviceIDs: [846], otherDeviceID: 939504224 });
  emulator.unplug(939504224, 'fin');
  await expect(client.connect(door)).rejects.toMatchObject({ details: expect.stringMatching(/i\/o timeout$/) });
});

const dialInDoor = 939342898;

test.each<FaultRule['effect']>(['refuse', 'blackHole', 'certificateMismatch'])(
  '%s: a device that dials in does not get through, and tries again',
  async (effect) => {
    const { client, clock, fired } = await broken({ effect, deviceIDs: [dialInDoor], times: 2 });
    await client.setFilter({ allowAll: true });
    clock.advance(2 * 24_000);
    expect(await client.devices()).toEqual([]);
    expect(fired()).toEqual([2]);
    clock.advance(24_000);
    expect(await client.devices()).toMatchObject([{ deviceID: dialInDoor, status: 2 }]);
  },
);

test('slowHandshake: a device that dials in is connected so much later', async () => {
  const { client, clock } = await broken({ effect: 'slowHandshake', handshake: '7s' });
  await client.setFilter({ allowAll: true });
  clock.advance(24_000 + 6_999);
  expect(await client.devices()).toEqual([]);
  clock.advance(1);
  expect(await client.devices()).toMatchObject([{ deviceID: dialInDoor, status: 2 }]);
});

test('code: the call ends with status and text, and is not carried out', async () => {
  const { client, fired } = await broken({ effect: 'code', rpc: 'Connect', code: 'RESOURCE_EXHAUSTED', text: 'slow' });
  await expect(client.connect(door)).rejects.toMatchObject({ code: 8, details: 'slow' });
  expect(await client.devices()).toEqual([]);
  expect(fired()).toEqual([1]);
});

test('code with carriedOut: it is done, and only its answer is lost', async () => {
  const { client } = await broken({ effect: 'code', rpc: 'Connect', code: 'UNAVAILABLE', carriedOut: true, times: 1 });
  await expect(client.connect(door)).rejects.toMatchObject({ code: 14, details: '' });
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
});

test('code with carriedOut: what it could not do is lost too', async () => {
  const { client } = await broken({ effect: 'code', code: 'ABORTED', carriedOut: true });
  await expect(client.disconnect(846)).rejects.toMatchObject({ code: 10 });
});

test('code: a status stream ends with it at once', async () => {
  const { client } = await broken({ effect: 'code', rpc: 'SubscribeStatus', code: 'PERMISSION_DENIED', text: 'no' });
  expect(await (await client.subscribe()).ended).toEqual({ code: 7, details: 'no' });
});

test('code: of several devices in a call one is enough, by ID, by address, in the filter', async () => {
  const { client, emulator } = await broken({ effect: 'code', deviceIDs: [846], code: 'ABORTED' });
  const aborted = { code: 10 };
  await expect(client.addAsync(tlsDoor, door)).rejects.toMatchObject(aborted);
  await expect(client.connect(door)).rejects.toMatchObject(aborted);
  await expect(client.setFilter({ deviceIDs: [1, 846] })).rejects.toMatchObject(aborted);
  await expect(
    client.setSlaves({ deviceID: 846, rs485SlaveDeviceIDs: [], wiegandSlaveDeviceIDs: [] }),
  ).rejects.toMatchObject(aborted);
  await expect(client.multi('EnableSSLMulti', { deviceIDs: [7, 846] })).rejects.toMatchObject(aborted);
  await client.addAsync(tlsDoor);
  await client.devices();
  expect(emulator.rules.list()).toMatchObject([{ fired: 5 }]);
});

test('hang: a call is never answered, others are', async () => {
  const { emulator, client } = await broken({ effect: 'hang', rpc: 'GetAcceptFilter' });
  const impatient = stranger({ ...emulator, deadlineMs: 300 });
  onTestFinished(() => impatient.close());
  await expect(impatient.filter()).rejects.toMatchObject({ code: 4 });
  expect(await client.devices()).toEqual([]);
});

test('hang with carriedOut: it is done, and nobody is told', async () => {
  const { emulator, client } = await broken({ effect: 'hang', rpc: 'Connect', carriedOut: true });
  const impatient = stranger({ ...emulator, deadlineMs: 300 });
  onTestFinished(() => impatient.close());
  await expect(impatient.connect(door)).rejects.toMatchObject({ code: 4 });
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
});

test('hang: a status stream is open and silent', async () => {
  const { emulator, client } = await broken({ effect: 'hang', rpc: 'SubscribeStatus' });
  const stream = await client.subscribe();
  await client.connect(door);
  expect(emulator.journal.entries.at(-1)).toMatchObject({ kind: 'status', status: 1 });
  await client.devices();
  expect(stream.received).toEqual([]);
});

const getInfo = (client: Awaited<ReturnType<typeof visit>>['client'], deviceID: number) =>
  client.callOf('gsdk.device.Device', 'GetInfo', { deviceID });

test('deviceError: of a call for one device it is the error of the call', async () => {
  const { client } = await broken({ effect: 'deviceError', deviceIDs: [846], code: 'INTERNAL', text: 'bolt is stuck' });
  await expect(client.connect(door)).rejects.toMatchObject({ code: 13, details: 'bolt is stuck' });
  expect(await client.devices()).toEqual([]);
  await client.addAsync(door);
  const { client: other, emulator } = await visit();
  await other.connect(door);
  emulator.rules.add({ effect: 'deviceError', deviceIDs: [846], code: 'ABORTED' });
  await expect(getInfo(other, 846)).rejects.toMatchObject({ code: 10, details: '' });
});

test('F69 deviceError: of a Multi call it is an entry, and the others are done', async () => {
  const { client, world, emulator } = await broken();
  await client.connect(door);
  await client.connect({ IPAddr: '192.168.0.104' });
  emulator.rules.add({ effect: 'deviceError', deviceIDs: [846], code: 'NOT_FOUND', text: 'Cannot get connection' });
  const error = await client.multi('EnableSSLMulti', { deviceIDs: [846, 544114231] }).catch((thrown) => thrown);
  expect(statusDetails(error).details).toMatchObject([
    { deviceErrors: [{ deviceID: 846, code: 5, msg: 'Cannot get connection' }] },
  ]);
  expect([world.device(846).useSSL, world.device(544114231).useSSL]).toEqual([false, true]);
});

test('notSupported: the device answers in the words that were observed', async () => {
  const { client, emulator } = await broken();
  await client.connect(door);
  emulator.rules.add({ effect: 'notSupported' });
  const packet = (command: string) =>
    `Packet error: BS_ERR_NOT_SUPPORTED {StartCode:4226 DeviceID:846 Code:256 Command:BS2_CMD_${command} }`;
  await expect(client.enableSSL(846)).rejects.toMatchObject({
    code: 13,
    details: `Cannot enable SSL: ${packet('ENABLE_SSL')}`,
  });
  const error = await client.multi('SetConnectionModeMulti', { deviceIDs: [846] }).catch((thrown) => thrown);
  expect(statusDetails(error).details[0]?.deviceErrors).toEqual([
    { deviceID: 846, code: 13, msg: `Cannot set connection mode: ${packet('SET_CONNECTION_MODE')}` },
  ]);
  await expect(client.callOf('gsdk.network.Network', 'GetIPConfig', { deviceID: 846 })).rejects.toMatchObject({
    details: `Cannot get IP config: ${packet('GET_IP_CONFIG')}`,
  });
  expect(await client.connect(door)).toBe(846);
});

test('notSupported and deviceError: a device without a session is not asked', async () => {
  const { client, fired } = await broken({ effect: 'notSupported' }, { effect: 'deviceError', code: 'ABORTED' });
  await expect(client.enableSSL(846)).rejects.toMatchObject({ code: 5, details: 'Cannot get connection' });
  expect(fired()).toEqual([0, 0]);
});

test('linkDown upon a call: the device is gone before the command reaches it', async () => {
  const clock = steppedClock(startUnixMs);
  const { client, emulator } = await visit({ clock });
  await client.addAsync(door);
  clock.advance(5);
  const stream = await client.subscribe();
  emulator.rules.add({ effect: 'linkDown', rpc: 'GetInfo', lasts: '1m' });
  const failed = expect(getInfo(client, 846)).rejects.toMatchObject({
    code: 4,
    details: 'Cannot get response: i/o timeout',
  });
  expect(await clock.nextWait()).toBe(10_000);
  clock.advance(10_000);
  await failed;
  expect(inShort(await stream.take(1))).toEqual(['846 DISCONNECTED']);
  clock.advance(90_000);
  expect(inShort(await stream.take(5)).at(-1)).toBe('846 TCP_CONNECTED');
});

test('of several rules the first that fires decides, and the others count', async () => {
  const { client, emulator } = await broken(
    { id: 'second', effect: 'code', code: 'ABORTED', rpc: 'GetDeviceList', nth: 2 },
    { id: 'third', effect: 'code', code: 'UNAVAILABLE', rpc: 'GetDeviceList', nth: 3 },
    { id: 'always', effect: 'code', code: 'INTERNAL', rpc: 'GetDeviceList' },
  );
  const codes = [];
  for (let call = 0; call < 4; call++) codes.push((await client.devices().catch((error) => error)).code);
  expect(codes).toEqual([13, 10, 14, 13]);
  expect(emulator.rules.list().map(({ fired, matched }) => [fired, matched])).toEqual([
    [1, 4],
    [1, 4],
    [2, 4],
  ]);
});
