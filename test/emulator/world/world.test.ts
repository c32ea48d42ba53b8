import fc from 'fast-check';
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

type Act = (world: World, deviceID: number, IPAddr: string) => void;
const acts: Record<'add' | 'move' | 'remove', Act> = {
  add: (world, deviceID, IPAddr) => world.add([{ deviceID, type: 18, IPAddr }]),
  move: (world, deviceID, IPAddr) => world.move(deviceID, { IPAddr, port: 51211 }),
  remove: (world, deviceID) => world.remove(deviceID),
};

/** What can be seen of a world: each device, and who is found at its address. */
const seen = (world: World) =>
  [...world.devices.values()].map((device) => ({
    ...device,
    found: world.host(device.IPAddr)?.get(device.port)?.deviceID,
  }));

const change = fc.record({
  do: fc.constantFrom('add' as const, 'move' as const, 'remove' as const),
  deviceID: fc.integer({ min: 1, max: 6 }),
  last: fc.integer({ min: 1, max: 6 }),
});

test('whatever is added, moved and removed, each device is found at its address and nobody elsewhere', () => {
  const fleet = [1, 2, 3].map((deviceID) => ({ deviceID, type: 18, IPAddr: `10.0.0.${deviceID}` }));
  const property = fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
    const world = new World(fleet);
    const before = structuredClone(seen(world));
    for (const { do: what, deviceID, last } of changes) {
      const IPAddr = `10.0.0.${last}`;
      const known = structuredClone(seen(world));
      try {
        acts[what](world, deviceID, IPAddr);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
        expect(seen(world)).toEqual(known);
      }
    }
    expect(seen(world).every(({ deviceID, found }) => deviceID === found)).toBe(true);
    const hosts = [1, 2, 3, 4, 5, 6].flatMap((last) => [...(world.host(`10.0.0.${last}`)?.values() ?? [])]);
    expect(new Set(hosts)).toEqual(new Set(world.devices.values()));
    world.reset();
    expect(seen(world)).toEqual(before);
  });
  fc.assert(property, { numRuns: 200 });
});
