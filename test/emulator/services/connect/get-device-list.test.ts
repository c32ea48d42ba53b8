import { BinaryReader } from '@bufbuild/protobuf/wire';
import { expect, test } from 'vitest';
import { defaultBehaviorSwitches } from '../../../../src/emulator/fidelity/behavior-switches.ts';
import { createEmulatedGateway } from '../../../../src/emulator/gateway-process/device-gateway.ts';
import { manualClock } from '../../../../src/emulator/index.ts';
import { getDeviceList } from '../../../../src/emulator/services/connect/get-device-list.ts';
import { World } from '../../../../src/emulator/world/world.ts';
import { startUnixMs, visit } from '../../support/visit.ts';

const common = { type: 18, connectionMode: 0, port: 51211, useSSL: false, autoReconnect: false };
const kinds = [
  { ...common, deviceID: 1, IPAddr: '192.168.0.1' },
  { ...common, deviceID: 2, IPAddr: '192.168.0.2', autoReconnect: true },
  { ...common, deviceID: 3, IPAddr: '192.168.0.3', connectionMode: 1, port: 0 },
];

test('F02 F03 F04 entries of all three kinds are listed as they are', async () => {
  const clock = manualClock(startUnixMs);
  const gateway = createEmulatedGateway({ world: new World([]), clock, assumptions: defaultBehaviorSwitches });
  for (const device of kinds) gateway.managed.add(device);
  expect(await getDeviceList(gateway)()).toEqual({ deviceInfos: kinds.map((device) => ({ ...device, status: 0 })) });
});

test('F03 a synchronous connection is listed without autoReconnect', async () => {
  const { client } = await visit();
  await client.connect({ IPAddr: '192.168.0.120', useSSL: true });
  expect(await client.devices()).toEqual([
    {
      deviceID: 540092578,
      type: 12,
      connectionMode: 0,
      IPAddr: '192.168.0.120',
      port: 51211,
      status: 2,
      autoReconnect: false,
      useSSL: true,
    },
  ]);
});

test('F05 fields of value zero are absent on the wire', async () => {
  const { client } = await visit();
  await client.connect({ IPAddr: '192.168.0.117' });
  const response = new BinaryReader(await client.raw('/gsdk.connect.Connect/GetDeviceList', Buffer.alloc(0)));
  response.tag();
  expect(fieldNumbers(response.bytes())).toEqual([1, 3, 4, 5, 8]);
});

test('status and type numbers that no table knows are passed on', async () => {
  const { client } = await visit({ fleet: [{ deviceID: 7, type: 153, IPAddr: '10.0.0.7', statusWhenConnected: 768 }] });
  await client.connect({ IPAddr: '10.0.0.7' });
  expect(await client.devices()).toMatchObject([{ deviceID: 7, type: 153, status: 768 }]);
});

function fieldNumbers(message: Uint8Array): number[] {
  const reader = new BinaryReader(message);
  const numbers: number[] = [];
  while (reader.pos < reader.len) {
    const [number, wireType] = reader.tag();
    numbers.push(number);
    reader.skip(wireType, number);
  }
  return numbers.sort((a, b) => a - b);
}
