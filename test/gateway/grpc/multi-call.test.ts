import { create, toBinary } from '@bufbuild/protobuf';
import { Code, type ConnectError } from '@connectrpc/connect';
import { describe, expect, test } from 'vitest';
import { createDeviceGateway } from '../../../src/gateway/device-gateway.ts';
import { MultiErrorResponseSchema } from '../../../src/gen/err_pb.ts';
import { answered, madeUp } from '../../support/faults.ts';
import { failingTransport, gatewayTransport, testConnection } from '../../support/gateway-transport.ts';

const errors = [
  { deviceID: 7, code: Code.NotFound, msg: 'Cannot get connection' },
  { deviceID: 9, code: Code.Internal, msg: 'Packet error: BS_ERR_NOT_SUPPORTED {Code:256}' },
];
const bytes = toBinary(MultiErrorResponseSchema, create(MultiErrorResponseSchema, { deviceErrors: errors }));
const refused = (details: ConnectError['details']) => Object.assign(answered(Code.Internal, '2 failed'), { details });
const failing = (error: unknown) => createDeviceGateway(failingTransport(error), testConnection());

describe.each([
  [
    'in the answer',
    createDeviceGateway(
      gatewayTransport({ enableSSLMulti: () => ({ deviceErrors: errors }) }).transport,
      testConnection(),
    ),
  ],
  ['in the status details', failing(refused([{ type: 'gsdk.err.MultiErrorResponse', value: bytes }]))],
  ['in the status details of an old gateway', failing(refused([{ type: 'err.MultiErrorResponse', value: bytes }]))],
  [
    'beside details of another kind',
    failing(
      refused([
        { type: 'google.rpc.DebugInfo', value: bytes },
        { type: 'err.MultiErrorResponse', value: bytes },
      ]),
    ),
  ],
])('device errors %s', (_where, gateway) => {
  test('are those of their devices, and the others are done', async () => {
    const failures = await gateway.setSsl([846, 7, 9], true);
    expect([...failures.keys()]).toEqual([7, 9]);
    expect(failures.get(7)).toMatchObject({
      ...{ class: 'DEVICE', code: 'NOT_FOUND', stage: 'device', target: '7' },
      message: '7: Cannot get connection (the gateway is fine)',
    });
    expect(failures.get(9)).toMatchObject({ class: 'UNSUPPORTED', code: 'INTERNAL' });
  });
});

test('a device that ran out of time may be done: its outcome is unknown', async () => {
  const late = [{ deviceID: 7, code: Code.DeadlineExceeded, msg: 'timeout' }];
  const { transport } = gatewayTransport({ setConnectionModeMulti: () => ({ deviceErrors: late }) });
  const failures = await createDeviceGateway(transport, testConnection()).setMode([7], 'DEVICE_TO_SERVER');
  expect(failures.get(7)).toMatchObject({ class: 'DEVICE', outcome: 'unknown' });
});

test.each([
  ['without details', answered(Code.Internal, '2 failed'), 6],
  ['with details that cannot be read', refused([{ type: 'err.MultiErrorResponse', value: Uint8Array.of(255) }]), 6],
  ['with details of devices that nobody asked for', refused([{ type: 'err.MultiErrorResponse', value: bytes }]), 6],
  ['with details of another kind', refused([{ type: 'google.rpc.DebugInfo', value: bytes }]), 6],
  ['because the connection was lost', madeUp(Code.Canceled, 'stream closed'), 5],
  ['because no gateway knows the call', answered(Code.Unimplemented, 'unknown method'), 10],
])('a call that failed as a whole %s leaves every outcome unknown', async (_how, error, exitCode) => {
  await expect(failing(error).setSsl([1, 2], false)).rejects.toMatchObject({
    exitCode,
    failure: { outcome: 'unknown' },
  });
});

test('details that a proxy made up are not those of the gateway', async () => {
  const error = Object.assign(madeUp(Code.Internal, 'x'), {
    details: [{ type: 'err.MultiErrorResponse', value: bytes }],
  });
  await expect(failing(error).setSsl([7], true)).rejects.toMatchObject({
    failure: { outcome: 'unknown', stage: 'transport' },
  });
});

test.each([
  ['EnableSSLMulti', { deviceIDs: [7] }, true],
  ['DisableSSLMulti', { deviceIDs: [7] }, false],
] as const)('%s is what is sent', async (rpc, message, useSSL) => {
  const { transport, calls } = gatewayTransport({ enableSSLMulti: () => ({}), disableSSLMulti: () => ({}) });
  expect(await createDeviceGateway(transport, testConnection()).setSsl([7], useSSL)).toEqual(new Map());
  expect(calls).toMatchObject([{ rpc, message }]);
});

test('the mode is sent by its number', async () => {
  const { transport, calls } = gatewayTransport({ setConnectionModeMulti: () => ({}) });
  const gateway = createDeviceGateway(transport, testConnection());
  await gateway.setMode([7], 'DEVICE_TO_SERVER');
  await gateway.setMode([7], 'SERVER_TO_DEVICE');
  expect(calls.map(({ message }) => message)).toMatchObject([{ connectionMode: 1 }, { connectionMode: 0 }]);
});
