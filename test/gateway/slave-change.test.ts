import { expect, test } from 'vitest';
import { givenBack, hasSlaves, noSlaves } from '../../src/gateway/slave-change.ts';

const slaves = { deviceID: 1, rs485SlaveDeviceIDs: [7], wiegandSlaveDeviceIDs: [9] };
const others = { ...noSlaves(1), wiegandSlaveDeviceIDs: [8] };

test('slaves are given back where the gateway has none, and what it has stays', () => {
  expect(givenBack(slaves)(noSlaves(1))).toEqual(slaves);
  expect(givenBack(slaves)(others)).toEqual(others);
});

test('a parent has slaves however they are attached', () => {
  expect([slaves, others, noSlaves(1), undefined].map(hasSlaves)).toEqual([true, true, false, false]);
});
