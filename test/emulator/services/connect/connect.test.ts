import { create } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { defaultBehaviorSwitches } from '../../../../src/emulator/fidelity/behavior-switches.ts';
import { createEmulatedGateway } from '../../../../src/emulator/gateway-process/device-gateway.ts';
import { tutorialFleet } from '../../../../src/emulator/index.ts';
import { connect } from '../../../../src/emulator/services/connect/connect.ts';
import { World } from '../../../../src/emulator/world/world.ts';
import { ConnectRequestSchema } from '../../../../src/gen/connect_pb.ts';
import { steppedClock } from '../../support/stepped-clock.ts';
import { startUnixMs, visit } from '../../support/visit.ts';

const door = { IPAddr: '192.168.0.117' };
const timeout = 'i/o timeout';
const refused = 'connect: connection refused';
const cannotDial = (to: string, reason: string) => ({
  code: 14,
  details: `Cannot connect to the device: dial tcp 0.0.0.0:0->${to}: ${reason}`,
});

test('F09 F16 Connect answers with the device ID when the session is up', async () => {
  const { client } = await visit();
  expect(await client.connect({ IPAddr: '192.168.0.104', port: 51211 })).toBe(544114231);
  expect(await client.connect({ IPAddr: '192.168.0.120', port: 51211, useSSL: true })).toBe(540092578);
  expect((await client.devices()).map(({ deviceID, status }) => [deviceID, status])).toEqual([
    [544114231, 1],
    [540092578, 2],
  ]);
});

test('F16 until the session is up, the device is not in the list', async () => {
  const clock = steppedClock(startUnixMs);
  const { client, world } = await visit({ clock });
  world.device(846).handshakeMs = 40;
  const connecting = client.connect(door);
  expect(await clock.nextWait()).toBe(40);
  expect(await client.devices()).toEqual([]);
  clock.advance(40);
  expect(await connecting).toBe(846);
  expect(await client.devices()).toHaveLength(1);
});

test('a call that is given up on the way connects nothing', async () => {
  const clock = steppedClock(startUnixMs);
  const gateway = createEmulatedGateway({
    world: new World(tutorialFleet),
    clock,
    assumptions: defaultBehaviorSwitches,
  });
  const caller = new AbortController();
  const begun = clock.nextWait();
  const connecting = connect(gateway)(create(ConnectRequestSchema, { connectInfo: door }), {
    rpc: 'Connect',
    signal: caller.signal,
  });
  await begun;
  caller.abort(new Error('given up'));
  await expect(connecting).rejects.toThrow('given up');
  clock.advance(1000);
  expect(gateway.managed.all()).toEqual([]);
});

test('F17 port 0 means 51211', async () => {
  const { client } = await visit();
  await client.connect({ ...door, port: 0 });
  expect(await client.devices()).toMatchObject([{ deviceID: 846, port: 51211 }]);
});

test.each(['door1', 'localhost', '::1', '192.168.0', ''])(
  'F18 %j is no IPv4 address: INVALID_ARGUMENT',
  async (IPAddr) => {
    const { client } = await visit();
    await expect(client.connect({ IPAddr })).rejects.toMatchObject({
      code: 3,
      details: `invalid IPv4 address: "${IPAddr}"`,
    });
  },
);

test('F18 assumption connectNonIPv4: the dialer fails instead', async () => {
  const { client } = await visit({ assumptions: { connectNonIPv4: 'UNAVAILABLE' } });
  await expect(client.connect({ IPAddr: 'door1' })).rejects.toMatchObject({
    code: 14,
    details: 'Cannot connect to the device: dial tcp: lookup door1: no such host',
  });
});

test.each([-1, 65536])('port %i is no port: UNAVAILABLE', async (port) => {
  const { client } = await visit();
  await expect(client.connect({ ...door, port })).rejects.toMatchObject({
    code: 14,
    details: `Cannot connect to the device: dial tcp: address ${port}: invalid port`,
  });
});

test('F19 whatever device answers is connected', async () => {
  const fleet = [{ deviceID: 4_294_967_295, type: 8, IPAddr: '192.168.0.117' }];
  const { client } = await visit({ fleet });
  expect(await client.connect(door)).toBe(4_294_967_295);
});

test.each([
  ['F20 an address that nobody has is UNAVAILABLE after a while, and nothing is added', {}, 5_000],
  ['F20 assumption dialTimeoutMs: it is after another while', { dialTimeoutMs: 1_500 }, 1_500],
])('%s', async (_, assumptions, timeoutMs) => {
  const clock = steppedClock(startUnixMs);
  const { client } = await visit({ clock, assumptions });
  const failed = expect(client.connect({ IPAddr: '192.168.0.9' })).rejects.toMatchObject(
    cannotDial('192.168.0.9:51211', timeout),
  );
  expect(await clock.nextWait()).toBe(timeoutMs);
  clock.advance(timeoutMs);
  await failed;
  expect(await client.devices()).toEqual([]);
});

test('F20 a device without power is UNAVAILABLE, and nothing is added', async () => {
  const { client, world } = await visit();
  world.device(846).answers = false;
  await expect(client.connect(door)).rejects.toMatchObject(cannotDial('192.168.0.117:51211', timeout));
  expect(await client.devices()).toEqual([]);
});

test('F20 a port on which no device listens is refused at once', async () => {
  const clock = steppedClock(startUnixMs);
  const { client } = await visit({ clock });
  const failed = expect(client.connect({ ...door, port: 4000 })).rejects.toMatchObject(
    cannotDial('192.168.0.117:4000', refused),
  );
  expect(await clock.nextWait()).toBe(0);
  clock.advance(0);
  await failed;
});

test('F21 a device that is connected already is answered with its ID, without a second entry or event', async () => {
  const { client } = await visit();
  const stream = await client.subscribe();
  expect(await Promise.all([client.connect(door), client.connect(door)])).toEqual([846, 846]);
  expect(await client.connect(door)).toBe(846);
  expect(await client.devices()).toHaveLength(1);
  await client.disconnect(846);
  expect((await stream.take(2)).map(({ status }) => status)).toEqual([1, 0]);
});

test('F21 assumption connectAgain: ALREADY_EXISTS instead', async () => {
  const { client } = await visit({ assumptions: { connectAgain: 'ALREADY_EXISTS' } });
  await client.connect(door);
  await expect(client.connect(door)).rejects.toMatchObject({ code: 6 });
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
});

test('F22 a device that dials in by itself refuses', async () => {
  const { client } = await visit();
  await expect(client.connect({ IPAddr: '192.168.0.121', useSSL: true })).rejects.toMatchObject(
    cannotDial('192.168.0.121:51211', refused),
  );
});

test('F52 a device with SSL refuses a plain connection', async () => {
  const { client } = await visit();
  await expect(client.connect({ IPAddr: '192.168.0.120' })).rejects.toMatchObject({
    code: 14,
    details: 'Cannot connect to the device: EOF',
  });
  expect(await client.devices()).toEqual([]);
});

test('F53 a device without SSL refuses an SSL connection', async () => {
  const { client } = await visit();
  await expect(client.connect({ ...door, useSSL: true })).rejects.toMatchObject({
    code: 14,
    details: 'Cannot connect to the device: tls: first record does not look like a TLS handshake',
  });
  expect(await client.devices()).toEqual([]);
});
