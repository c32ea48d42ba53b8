import { expect, test } from 'vitest';
import { createEmptySlaves, hasSlaves, toRestoreChange } from '../../../src/gateway/operations/slave-change.ts';

const slaves = { deviceID: 1, rs485SlaveDeviceIDs: [7], wiegandSlaveDeviceIDs: [9] };
const others = { ...createEmptySlaves(1), wiegandSlaveDeviceIDs: [8] };

test('slaves are given back where the gateway has none, and what it has stays', () => {
  expect(toRestoreChange(slaves)(createEmptySlaves(1))).toEqual(slaves);
  expect(toRestoreChange(slaves)(others)).toEqual(others);
});

test('a parent has slaves however they are attached', () => {
  expect([slaves, others, createEmptySlaves(1), undefined].map(hasSlaves)).toEqual([true, true, false, false]);
});
