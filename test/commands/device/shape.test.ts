import { expect, test } from 'vitest';
import { deviceRow, deviceShape } from '../../../src/commands/device/shape.ts';
import { DeviceInfoSchema } from '../../../src/gen/connect_pb.ts';
import { managed } from '../../support/fake-gateway.ts';

test('a row has every field of the message and whether the device is connected, in the order of the shape', () => {
  expect(deviceShape.fields).toEqual([...DeviceInfoSchema.fields.map(({ name }) => name), 'connected']);
  expect(Object.keys(deviceRow(managed(1))).toSorted()).toEqual(deviceShape.fields.toSorted());
});

test('every column shows a field, and the address is one cell', () => {
  const row = deviceRow(managed(1));
  for (const { field } of deviceShape.columns) expect(deviceShape.fields).toContain(field);
  expect(deviceShape.columns.find(({ header }) => header === 'ADDRESS')?.cell?.(row)).toBe('10.0.0.1:51211');
});

test('a device is known by its ID', () => {
  expect(deviceShape.deviceID?.(deviceRow(managed(846)))).toBe(846);
});
