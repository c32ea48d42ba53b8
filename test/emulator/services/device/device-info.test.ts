import { expect, test } from 'vitest';
import { Type } from '../../../../src/gen/device_pb.ts';
import { steppedClock } from '../../support/stepped-clock.ts';
import { startUnixMs, visit } from '../../support/visit.ts';

const door = { deviceID: 846, type: Type.BIOLITE_N2, IPAddr: '192.168.0.117' };
const [device, network] = ['gsdk.device.Device', 'gsdk.network.Network'];
const calls: [string, string][] = [
  [device, 'GetInfo'],
  [device, 'GetCapabilityInfo'],
  [network, 'GetIPConfig'],
];

test.each(calls)('%s.%s needs a connection', async (service, method) => {
  const { client } = await visit();
  await expect(client.callOf(service, method, { deviceID: 846 })).rejects.toMatchObject({
    code: 5,
    details: 'Cannot get connection',
  });
});

test.each(calls)('F65 %s.%s ends after 10 s if the device does not answer', async (service, method) => {
  const clock = steppedClock(startUnixMs);
  const { client, world } = await visit({ clock });
  const connecting = client.connect(door);
  await clock.nextWait();
  clock.advance(5);
  await connecting;
  world.device(846).answers = false;
  const failed = expect(client.callOf(service, method, { deviceID: 846 })).rejects.toMatchObject({ code: 4 });
  expect(await clock.nextWait()).toBe(10_000);
  clock.advance(10_000);
  await failed;
});

test('F65 assumption commandTimeoutCode: another code', async () => {
  const { client, world } = await visit({ assumptions: { commandTimeoutCode: 'UNAVAILABLE' } });
  await client.connect(door);
  world.device(846).answers = false;
  await expect(client.callOf(device, 'GetInfo', { deviceID: 846 })).rejects.toMatchObject({ code: 14 });
});

test('a device tells of itself what its ID and type make likely', async () => {
  const { client } = await visit();
  await client.connect(door);
  const { info } = await client.callOf<{ info: object }>(device, 'GetInfo', { deviceID: 846 });
  expect(info).toEqual({
    MACAddr: '02:17:00:00:03:4e',
    modelName: 'BIOLITE_N2',
    firmwareVersion: '1.6.1',
    kernelVersion: '1.0.0',
    BSCoreVersion: '1.0.0',
    boardVersion: '1.0.0',
  });
});

test('a device tells of itself what the fleet says', async () => {
  const factoryInfo = { modelName: 'BLN2-PB', firmwareVersion: '1.5.2' };
  const { client } = await visit({ fleet: [{ ...door, factoryInfo }] });
  await client.connect(door);
  const { info } = await client.callOf<{ info: object }>(device, 'GetInfo', { deviceID: 846 });
  expect(info).toMatchObject({ ...factoryInfo, MACAddr: '02:17:00:00:03:4e' });
});

test.each([
  ['F06 the first of two names', Type.ENTRY_MAX, 'XPASS_S2'],
  ['a number that no table knows', 153, 'TYPE_153'],
])('the model name of %s', async (_, type, modelName) => {
  const { client } = await visit({ fleet: [{ ...door, type }] });
  await client.connect(door);
  expect(await client.callOf(device, 'GetInfo', { deviceID: 846 })).toMatchObject({ info: { modelName } });
});

test.each([
  ['a fingerprint reader', Type.BIOLITE_N2, { fingerSupported: true, faceSupported: false, PINSupported: true }],
  ['a face terminal', Type.FACESTATION_2, { fingerSupported: false, faceSupported: true, userNameSupported: true }],
  ['a QR reader', Type.XPASS_Q2, { QRSupported: true, cardSupported: true, fingerSupported: false }],
  ['an I/O module', Type.SECURE_IO_2, { maxNumOfUser: 0, cardSupported: false }],
  ['a type that no table knows', 153, { maxNumOfUser: 0, cardSupported: false }],
])('what %s can do follows from its type', async (_, type, capInfo) => {
  const { client } = await visit({ fleet: [{ ...door, type }] });
  await client.connect(door);
  const answer = await client.callOf(device, 'GetCapabilityInfo', { deviceID: 846 });
  expect(answer).toMatchObject({ capInfo: { type, ...capInfo } });
});

test('F50 the network settings say who dials whom, and where', async () => {
  const { client, clock } = await visit({ fleet: [door], gatewayIPAddr: '192.168.0.3' });
  await client.connect(door);
  const config = async () =>
    (await client.callOf<{ config: object }>(network, 'GetIPConfig', { deviceID: 846 })).config;
  const before = {
    useDHCP: false,
    IPAddr: '192.168.0.117',
    gateway: '192.168.0.1',
    subnetMask: '255.255.255.0',
    port: 51211,
    connectionMode: 0,
    serverAddr: '',
    serverPort: 51212,
    SSLServerPort: 51213,
    useDNS: false,
    DNSServer: '',
    serverURL: '',
    MTUSize: 1500,
    baseband: 1,
  };
  expect(await config()).toEqual(before);
  await client.setFilter({ allowAll: true });
  await client.setMode(846, 1);
  clock.advance(24_000);
  expect(await config()).toEqual({ ...before, connectionMode: 1, serverAddr: '192.168.0.3' });
});

test('F45 F50 the mode brings the ports of the gateway with it', async () => {
  const { client, clock } = await visit({ fleet: [{ ...door, serverPort: 1, SSLServerPort: 2 }] });
  await client.connect(door);
  await client.setFilter({ allowAll: true });
  await client.setMode(846, 1);
  clock.advance(24_000);
  expect(await client.callOf(network, 'GetIPConfig', { deviceID: 846 })).toMatchObject({
    config: { serverPort: 51212, SSLServerPort: 51213 },
  });
});
