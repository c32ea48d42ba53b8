import fc from 'fast-check';
import { expect, test } from 'vitest';
import { messageRow } from '../../../src/gateway/grpc/message-row.ts';
import { toRequest } from '../../../src/gateway/rpc/request-message.ts';
import { findRpc } from '../../../src/gateway/rpc/rpcs.ts';
import { always } from '../../support/always.ts';

const made = (name: string, json: unknown) => {
  const rpc = findRpc(name);
  return messageRow(rpc.method.input, toRequest(rpc, json, '-d').message);
};

test('what is left out is zero, and what is nested is null', () => {
  expect(made('Connect.SetAcceptFilter', {})).toEqual({ filter: null });
  expect(made('Connect.SetAcceptFilter', { filter: {} })).toEqual({
    filter: { allowAll: false, deviceIDs: [], IPAddrs: [], subnetMasks: [] },
  });
});

test.each([['DEVICE_TO_SERVER'], [1]])('an enum may be a name or a number: %j', (connectionMode) => {
  expect(made('Connect.SetConnectionMode', { deviceID: 7, connectionMode })).toEqual({
    ...{ deviceID: 7, connectionMode: 'DEVICE_TO_SERVER' },
  });
});

test('what was printed can be sent again, whatever the numbers', () => {
  const info = fc.record({ deviceID: fc.nat(), connectionMode: fc.nat({ max: 300 }) });
  always(info, (json) => {
    const printed = made('Connect.SetConnectionMode', json);
    expect(made('Connect.SetConnectionMode', JSON.parse(JSON.stringify(printed)))).toEqual(printed);
  });
});

test('numbers of 64 bits are numbers while JSON can hold them, and digits beyond', () => {
  const { serialNOs } = made('Gateway.AddCertificateBlacklist', {
    serialNOs: [1, '9007199254740991', '9007199254740993'],
  }) as unknown as { serialNOs: unknown[] };
  expect(serialNOs).toEqual([1, 9_007_199_254_740_991, '9007199254740993']);
});

test('messages in lists are read and printed whole', () => {
  const parent = { deviceID: 1, rs485SlaveDeviceIDs: [2], wiegandSlaveDeviceIDs: [] };
  expect(made('Connect.SetSlaveDevice', { slaveDeviceInfos: [parent] })).toEqual({ slaveDeviceInfos: [parent] });
});

test.each([
  [{ device: 1 }, /^-d: .*key "device" is unknown/],
  [{ deviceID: 'one' }, /^-d: .*deviceID/],
  [{ deviceID: -1 }, /^-d: .*deviceID/],
  [{ connectionMode: 'SIDEWAYS' }, /^-d: .*SIDEWAYS/],
  [[], /^-d: /],
  [null, /^-d: /],
  ['text', /^-d: /],
])('%j is refused with the fields that there are', (json, message) => {
  expect(() => made('Connect.SetConnectionMode', json)).toThrow(
    expect.objectContaining({
      exitCode: 2,
      message: expect.stringMatching(message),
      failure: expect.objectContaining({ hint: 'fields of SetConnectionModeRequest: deviceID, connectionMode' }),
    }),
  );
});
