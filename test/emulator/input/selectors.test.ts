import fc from 'fast-check';
import { expect, test } from 'vitest';
import { selectDevices } from '../../../src/emulator/input/selectors.ts';
import type { FleetDevice } from '../../../src/emulator/world/device.ts';
import { World } from '../../../src/emulator/world/world.ts';

const door = (deviceID: number, IPAddr: string, more: Partial<FleetDevice> = {}) => ({
  ...{ deviceID, type: 18, IPAddr },
  ...more,
});

const world = new World([
  door(300, '10.0.2.1', { labels: { zone: 'north', 문: '정문' }, group: 'door' }),
  door(100, '10.0.1.1', { labels: { zone: 'south' } }),
  door(101, '10.0.1.200', { labels: { zone: 'south=west, really' }, group: 'lift' }),
  door(200, '10.0.128.9', { group: 'door' }),
]);

const select = (selector: string, seed = 1) => selectDevices(selector, world, seed).map(({ deviceID }) => deviceID);

test.each<[string, number[]]>([
  ['100', [100]],
  ['100-199', [100, 101]],
  ['100-100', [100]],
  ['0-4294967295', [300, 100, 101, 200]],
  ['10.0.1.0/24', [100, 101]],
  ['10.0.1.77/24', [100, 101]],
  ['10.0.0.0/17', [300, 100, 101]],
  ['0.0.0.0/0', [300, 100, 101, 200]],
  ['10.0.2.1', [300]],
  ['10.0.2.1/32', [300]],
  ['zone=south', [100]],
  ['문=정문', [300]],
  ['group:door', [300, 200]],
  ['@all', [300, 100, 101, 200]],
  ['200,100', [100, 200]],
  [' 100-199 , 100,group:door', [300, 100, 101, 200]],
])('%s', (selector, deviceIDs) => {
  expect(select(selector)).toEqual(deviceIDs);
});

test('the whole fleet may be none at all', () => {
  expect(selectDevices('@all', new World([]), 1)).toEqual([]);
});

test('a label whose name every object knows is no label', () => {
  expect(() => select('toString=x')).toThrow('no device with toString=x in the fleet');
});

test.each<[string, string]>([
  ['5', 'no device 5 in the fleet'],
  ['100,5', 'no device 5 in the fleet'],
  ['400-500', 'no device 400-500 in the fleet'],
  ['199-100', 'expected a range from the lowest ID to the highest, got "199-100"'],
  ['10.0.9.0/24', 'no device at 10.0.9.0/24 in the fleet'],
  ['10.0.1.0/33', 'expected devices as a device ID, 100-199, 10.0.1.0/24,'],
  ['10.0.1/24', 'got "10.0.1/24"'],
  ['zone=', 'no device with zone= in the fleet'],
  ['group:', 'got "group:"'],
  ['group:roof', 'no device in the group roof in the fleet'],
  ['@random:5', '@random:5: there are 4 devices in the fleet'],
  ['@random:101%', '@random:101%: there are 4 devices in the fleet'],
  ['@random:0', 'got "@random:0"'],
  ['@none', 'got "@none"'],
  ['', 'got ""'],
  ['100,', 'got ""'],
  ['door', 'got "door"'],
])('%j is refused', (selector, message) => {
  expect(() => select(selector)).toThrow(RangeError);
  expect(() => select(selector)).toThrow(message);
});

const thousand = Array.from({ length: 1_000 }, (_, index) => door(index + 1, `10.1.${index >> 8}.${index & 255}`));

test('@random:N is so many, the same for a seed in whatever order the fleet stands, and others for another seed', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.integer({ min: 1, max: 50 }), (seed, count) => {
      const selected = selectDevices(`@random:${count}`, new World(thousand), seed).map(({ deviceID }) => deviceID);
      expect(new Set(selected).size).toBe(count);
      expect(selected).toEqual([...selected].sort((one, other) => one - other));
      const reversed = selectDevices(`@random:${count}`, new World([...thousand].reverse()), seed);
      expect(reversed.map(({ deviceID }) => deviceID).reverse()).toEqual(selected);
    }),
    { numRuns: 20 },
  );
  const choices = Array.from({ length: 20 }, (_, seed) => `${select('@random:2', seed)}`);
  expect(new Set(choices).size).toBeGreaterThan(3);
});

test('with more devices, those who were selected stay or are pushed out by new ones, and nobody else comes in', () => {
  const before = new Set(selectDevices('@random:20', new World(thousand.slice(0, 500)), 3).map((one) => one.deviceID));
  const after = selectDevices('@random:20', new World(thousand), 3).map(({ deviceID }) => deviceID);
  expect(after.filter((deviceID) => deviceID <= 500 && !before.has(deviceID))).toEqual([]);
});

test.each([
  ['@random:50%', 2],
  ['@random:1%', 1],
  ['@random:100%', 4],
])('%s of four are %i', (selector, count) => {
  expect(select(selector)).toHaveLength(count);
});
