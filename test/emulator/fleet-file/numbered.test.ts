import { expect, test } from 'vitest';
import { numberedFleet } from '../../../src/emulator/fleet-file/numbered.ts';

test('devices that are alike are counted up, and need no file', () => {
  const fleet = numberedFleet(70_000);
  expect(fleet[0]).toMatchObject({ deviceID: 540_000_001, IPAddr: '10.0.0.1', group: 'devices' });
  expect(fleet.at(-1)).toMatchObject({ deviceID: 540_070_000, IPAddr: '10.1.17.112' });
});

test('so many that they do not fit are refused', () => {
  expect(() => numberedFleet(20_000_000)).toThrow('20000000 addresses do not fit in 10.0.0.1/8');
});
