import { expect, test } from 'vitest';
import { tutorialFleet } from '../../../src/emulator/index.ts';
import { World } from '../../../src/emulator/world/world.ts';

const door = { deviceID: 846, type: 18, IPAddr: '192.168.0.117' };

test('F01 a new device waits to be dialled on port 51211, without SSL', () => {
  expect(new World([door]).device(846)).toMatchObject({ connectionMode: 0, port: 51211, useSSL: false, answers: true });
});

test('devices are found by address and port', () => {
  const world = new World([door, { ...door, deviceID: 847, port: 51299 }]);
  expect([...(world.host('192.168.0.117')?.keys() ?? [])]).toEqual([51211, 51299]);
  expect(world.host('192.168.0.118')).toBeUndefined();
});

test('an unknown device is an error that names it', () => {
  expect(() => new World([door]).device(1)).toThrow('no device 1 in the fleet');
});

test.each([
  ['the same ID twice', [door, { ...door, IPAddr: '192.168.0.118' }], 'device 846 is in the fleet twice'],
  ['two devices at one address', [door, { ...door, deviceID: 7 }], '192.168.0.117:51211 belongs to both 846 and 7'],
  ['an ID of zero', [{ ...door, deviceID: 0 }], 'expected a device ID of 1 to 4294967295, got 0'],
  ['an ID beyond 32 bits', [{ ...door, deviceID: 2 ** 32 }], 'got 4294967296'],
  ['a host name', [{ ...door, IPAddr: 'door1' }], 'device 846: expected an IPv4 address, got "door1"'],
  ['an impossible port', [{ ...door, port: 65536 }], 'device 846: expected a port of 1 to 65535, got 65536'],
])('a fleet with %s is refused', (_, fleet, message) => {
  expect(() => new World(fleet)).toThrow(message);
});

test("the tutorial's fleet has nine devices, one of which dials in", () => {
  const devices = [...new World(tutorialFleet).devices.values()];
  expect(devices).toHaveLength(9);
  expect(devices.filter(({ connectionMode }) => connectionMode === 1).map(({ deviceID }) => deviceID)).toEqual([
    939342898,
  ]);
  expect(devices.filter(({ useSSL }) => useSSL).map(({ deviceID }) => deviceID)).toEqual([
    540092578, 939342898, 547634389,
  ]);
});
