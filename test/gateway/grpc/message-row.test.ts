import { create, type DescEnum } from '@bufbuild/protobuf';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { enumName, messageRow, unknownEnumName } from '../../../src/gateway/grpc/message-row.ts';
import {
  ConnectionModeSchema,
  DeviceInfoSchema,
  SearchDeviceInfoSchema,
  StatusSchema,
} from '../../../src/gen/connect_pb.ts';
import { TypeSchema } from '../../../src/gen/device_pb.ts';
import { always } from '../../support/always.ts';

const enums: [name: string, descriptor: DescEnum, prefix: string][] = [
  ['Type', TypeSchema, 'TYPE_'],
  ['Status', StatusSchema, 'STATUS_'],
  ['ConnectionMode', ConnectionModeSchema, 'CONNECTION_MODE_'],
];

describe.each([
  ['DeviceInfo', DeviceInfoSchema],
  ['SearchDeviceInfo', SearchDeviceInfoSchema],
])('a row of %s', (_name, schema) => {
  test('has every field of the message under its name on the wire, zero values too', () => {
    const row = messageRow(schema, create(schema as typeof DeviceInfoSchema));
    expect(Object.keys(row)).toEqual(schema.fields.map(({ name }) => name));
    expect(Object.values(row)).not.toContain(undefined);
  });

  test('has nothing of the bookkeeping of messages', () => {
    const row = messageRow(schema, create(schema as typeof DeviceInfoSchema, { deviceID: 1 }));
    expect(Object.keys(row).filter((key) => key.startsWith('$'))).toEqual([]);
    expect(JSON.parse(JSON.stringify(row))).toEqual(row);
  });
});

test('a row keeps the values of plain fields', () => {
  const values = fc.record({
    deviceID: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
    IPAddr: fc.string({ unit: 'grapheme' }),
    port: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
    useSSL: fc.boolean(),
    autoReconnect: fc.boolean(),
  });
  always(values, (values) =>
    expect(messageRow(DeviceInfoSchema, create(DeviceInfoSchema, values))).toMatchObject(values),
  );
});

describe.each(enums)('a value of %s', (_name, descriptor, prefix) => {
  test('is printed by its first name, which reads back as its number', () => {
    for (const { number } of descriptor.values) {
      const name = enumName(descriptor, number);
      expect(descriptor.values.find((value) => value.name === name)?.number).toBe(number);
      expect(descriptor.values.findIndex((value) => value.number === number)).toBe(
        descriptor.values.findIndex((value) => value.name === name),
      );
    }
  });

  test('that has no name is the name of the enum and the number', () => {
    const known = new Set(descriptor.values.map(({ number }) => number));
    always(
      fc.nat(2 ** 31 - 1).filter((number) => !known.has(number)),
      (number) => {
        expect(enumName(descriptor, number)).toBe(`${prefix}${number}`);
        expect(enumName(descriptor, number)).toMatch(unknownEnumName(descriptor));
      },
    );
  });

  test('that has a name does not look as if it had none', () => {
    for (const { name } of descriptor.values) expect(name).not.toMatch(unknownEnumName(descriptor));
  });
});

test('of two names for one value the first is printed, as in the contract', () => {
  expect(ConnectionModeSchema.values.map(({ name, number }) => [name, number])).toContainEqual(['DEFAULT', 0]);
  expect(enumName(ConnectionModeSchema, 0)).toBe('SERVER_TO_DEVICE');
});
