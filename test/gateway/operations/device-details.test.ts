import { Code, ConnectError, createClient, type ServiceImpl } from '@connectrpc/connect';
import { expect, test } from 'vitest';
import { createCaller } from '../../../src/gateway/grpc/call.ts';
import { toDeviceDetails } from '../../../src/gateway/operations/device-details.ts';
import { Device } from '../../../src/gen/device_pb.ts';
import { gatewayTransport, testConnection } from '../../support/gateway-transport.ts';

function details(handlers: Partial<ServiceImpl<typeof Device>>) {
  const { transport, calls } = gatewayTransport({}, handlers);
  return { calls, answer: toDeviceDetails(createClient(Device, transport), createCaller(testConnection()), 846) };
}
const refusing = (code: Code, text: string) => () => {
  throw new ConnectError(text, code);
};
const getInfo = () => ({ info: { modelName: 'BioLite N2', firmwareVersion: '1.2.0' } });

test('a device is asked for both by its ID; every field is there, zero values too', async () => {
  const { answer, calls } = details({ getInfo, getCapabilityInfo: () => ({ capInfo: { PINSupported: true } }) });
  const { factory, capabilities } = await answer;
  expect(factory).toEqual({
    ...{ MACAddr: '', modelName: 'BioLite N2', firmwareVersion: '1.2.0', kernelVersion: '', BSCoreVersion: '' },
    boardVersion: '',
  });
  expect(capabilities).toMatchObject({ maxNumOfUser: 0, PINSupported: true, dynamicSlaveDeviceSupported: false });
  expect(capabilities).not.toHaveProperty('type');
  expect(calls).toMatchObject([
    { rpc: 'GetInfo', message: { deviceID: 846 } },
    { rpc: 'GetCapabilityInfo', message: { deviceID: 846 } },
  ]);
});

test('an answer without anything in it is zero values', async () => {
  const { factory, capabilities } = await details({ getInfo: () => ({}), getCapabilityInfo: () => ({}) }).answer;
  expect(factory.modelName).toBe('');
  expect(capabilities?.maxNumOfUser).toBe(0);
});

test.each([
  ['the gateway does not have the call', Code.Unimplemented, 'unknown method GetCapabilityInfo'],
  ['the device does not know the command', Code.Internal, 'Packet error: BS_ERR_NOT_SUPPORTED {Code:256}'],
])('where %s, capabilities are absent', async (_what, code, text) => {
  expect((await details({ getInfo, getCapabilityInfo: refusing(code, text) }).answer).capabilities).toBeUndefined();
});

test.each([
  ['offline', { getInfo: refusing(Code.NotFound, 'Cannot get connection') }, 6],
  ['offline in between', { getInfo, getCapabilityInfo: refusing(Code.NotFound, 'Cannot get connection') }, 6],
  ['unable to tell what it is', { getInfo: refusing(Code.Unimplemented, 'not for this type') }, 10],
])('a device that is %s is a failure of the device', async (_what, handlers, exitCode) => {
  await expect(details(handlers).answer).rejects.toMatchObject({
    exitCode,
    failure: { stage: 'device', target: '846', message: expect.stringMatching(/^846: /) },
  });
});
