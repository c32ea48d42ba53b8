import { expect, test } from 'vitest';
import { toFleet, tutorialFleet } from '../../../src/emulator/index.ts';
import { visit } from '../support/visit.ts';

const record = (fields: Record<string, unknown>) => [{ fields, where: 'doors.csv, line 2' }];

test('a record as search prints it is the device that it was found as', () => {
  const fields = {
    ...{ deviceID: 939342898, type: 'BIOSTATION_A2', IPAddr: '192.168.0.121', port: 51211, useDHCP: false },
    ...{ connectionMode: 'DEVICE_TO_SERVER', serverAddr: '192.168.0.2', useSSL: true },
  };
  expect(toFleet(record(fields))).toMatchObject([tutorialFleet[3]]);
});

test('values may be text, as in CSV', () => {
  const fields = {
    ...{ deviceID: '846', name: 'lobby', type: 'biolite-n2', IPAddr: '192.168.0.117', port: '', useSSL: 'TRUE' },
    ...{ connectionMode: 'server-to-device', rs485SlaveDeviceIDs: '7 8', status: 'TCP_CONNECTED' },
  };
  expect(toFleet(record(fields))).toEqual([
    {
      ...{ deviceID: 846, name: 'lobby', type: 18, IPAddr: '192.168.0.117', connectionMode: 0, useSSL: true },
      useDHCP: false,
      ...{ rs485SlaveDeviceIDs: [7, 8], wiegandSlaveDeviceIDs: [] },
    },
  ]);
});

test('a type that no table knows is kept as its number, and none is a likely one', () => {
  const typeOf = (type?: string) => toFleet(record({ deviceID: 1, IPAddr: '10.0.0.1', type }))[0]?.type;
  expect([typeOf('TYPE_153'), typeOf('153')]).toEqual([153, 153]);
  expect(typeOf()).toBeGreaterThan(0);
});

test.each([
  [{ IPAddr: '10.0.0.1' }, 'expected a deviceID of 1 to 4294967295'],
  [{ deviceID: 0, IPAddr: '10.0.0.1' }, 'expected a deviceID of 1 to 4294967295, got 0'],
  [{ deviceID: 1, IPAddr: 'door1' }, 'expected an IPv4 address as IPAddr, got "door1"'],
  [{ deviceID: 1, IPAddr: '10.0.0.1', port: 70_000 }, 'expected a port of 1 to 65535, got 70000'],
  [{ deviceID: 1, IPAddr: '10.0.0.1', type: 'TOASTER' }, 'unknown type, got "TOASTER"'],
  [{ deviceID: 1, IPAddr: '10.0.0.1', connectionMode: 'both' }, 'unknown connectionMode, got "both"'],
  [{ deviceID: 1, IPAddr: '10.0.0.1', useSSL: 'yes' }, 'expected true or false as useSSL, got "yes"'],
  [{ deviceID: 1, IPAddr: '10.0.0.1', rs485SlaveDeviceIDs: 'x' }, 'expected device IDs as rs485SlaveDeviceIDs'],
])('%j is refused by its place', (fields, message) => {
  expect(() => toFleet(record(fields))).toThrow(`doors.csv, line 2: ${message}`);
});

test('what cannot be side by side is refused', () => {
  const [one] = record({ deviceID: 1, IPAddr: '10.0.0.1' });
  const [other] = record({ deviceID: 2, IPAddr: '10.0.0.1' });
  expect(() => toFleet([one, one].flatMap((each) => each ?? []))).toThrow('device 1 is in the fleet twice');
  expect(() => toFleet([one, other].flatMap((each) => each ?? []))).toThrow('10.0.0.1:51211 belongs to both');
});

test('what an emulator finds makes another one like it', async () => {
  const { client } = await visit();
  const found = await client.search();
  const fleet = toFleet(found.map((fields) => ({ fields: { ...fields }, where: 'search' })));
  const other = await visit({ fleet });
  expect(await other.client.search()).toEqual(found);
});
