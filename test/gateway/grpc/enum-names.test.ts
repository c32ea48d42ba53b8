import { describe, expect, test } from 'vitest';
import { parseEnumNames } from '../../../src/gateway/grpc/enum-names.ts';
import { enumName } from '../../../src/gateway/grpc/message-row.ts';
import { ConnectionModeSchema, StatusSchema } from '../../../src/gen/connect_pb.ts';
import { TypeSchema } from '../../../src/gen/device_pb.ts';

describe.each([
  ['type', TypeSchema],
  ['mode', ConnectionModeSchema],
  ['status', StatusSchema],
] as const)('--%s', (option, descriptor) => {
  test('takes every name as it is printed, and in lower case with dashes', () => {
    for (const { name, number } of descriptor.values) {
      const printed = enumName(descriptor, number);
      expect(parseEnumNames(option, name)).toEqual([printed]);
      expect(parseEnumNames(option, name.toLowerCase().replaceAll('_', '-'))).toEqual([printed]);
    }
  });
});

test.each([
  ['status', 'TLS_CONNECTED,tcp-connected', ['TLS_CONNECTED', 'TCP_CONNECTED']],
  ['status', ' disconnected , TLS_CONNECTED', ['DISCONNECTED', 'TLS_CONNECTED']],
  ['mode', 'DEFAULT', ['SERVER_TO_DEVICE']],
  ['mode', 'device-to-server', ['DEVICE_TO_SERVER']],
  ['type', 'TYPE_153', ['TYPE_153']],
  ['status', 'status-768', ['STATUS_768']],
  ['status', 'STATUS_1', ['TCP_CONNECTED']],
  ['mode', 'CONNECTION_MODE_0', ['SERVER_TO_DEVICE']],
  ['mode', 'CONNECTION_MODE_7', ['CONNECTION_MODE_7']],
] as const)('--%s %j means %j', (option, text, names) => {
  expect(parseEnumNames(option, text)).toEqual(names);
});

test.each([
  ['status', '', ''],
  ['status', 'TLS_CONNECTED,', ''],
  ['status', 'up', 'up'],
  ['status', 'TYPE_153', 'TYPE_153'],
  ['status', 'STATUS_', 'STATUS_'],
  ['status', 'STATUS_12345678901', 'STATUS_12345678901'],
  ['mode', 'TLS_CONNECTED', 'TLS_CONNECTED'],
  ['type', 'constructor', 'constructor'],
] as const)('--%s %j is refused, and lists what it may be', (option, text, part) => {
  expect(() => parseEnumNames(option, text)).toThrow(
    expect.objectContaining({
      exitCode: 2,
      message: `--${option}: no such value "${part}"`,
      failure: expect.objectContaining({ hint: expect.stringMatching(/^it may be: [A-Z0-9_]+, /) }),
    }),
  );
});
