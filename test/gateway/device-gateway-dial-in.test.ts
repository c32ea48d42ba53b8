import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import { describe, expect, test } from 'vitest';
import { createDeviceGateway } from '../../src/gateway/device-gateway.ts';
import type { Connect } from '../../src/gen/connect_pb.ts';
import { Type } from '../../src/gen/device_pb.ts';
import { madeUp } from '../support/faults.ts';
import { failingTransport, gatewayTransport, testConnection } from '../support/gateway-transport.ts';

function gateway(handlers: Partial<ServiceImpl<typeof Connect>>) {
  const { transport, calls } = gatewayTransport(handlers);
  return { gateway: createDeviceGateway(transport, testConnection()), calls };
}
const refusing = (code: Code, text: string) => () => {
  throw new ConnectError(text, code);
};
const target = { deviceID: 846, IPAddr: '192.168.0.117', port: 51_211, useSSL: true };
const filter = { allowAll: true, deviceIDs: [846, 7], IPAddrs: ['10.0.0.1'], subnetMasks: ['255.0.0.0'] };
const empty = { allowAll: false, deviceIDs: [], IPAddrs: [], subnetMasks: [] };

describe('async connections', () => {
  test('are added in one call, each with its ID and address', async () => {
    const { gateway: ours, calls } = gateway({ addAsyncConnection: () => ({}) });
    await ours.addAsync([target, { ...target, deviceID: 7, useSSL: false }]);
    const connectInfos = [target, { ...target, deviceID: 7, useSSL: false }];
    expect(calls).toMatchObject([{ rpc: 'AddAsyncConnection', message: { connectInfos }, timeoutMs: 30_000 }]);
  });

  test('are deleted in one call', async () => {
    const { gateway: ours, calls } = gateway({ deleteAsyncConnection: () => ({}) });
    await ours.deleteAsync([846, 7]);
    expect(calls).toMatchObject([{ rpc: 'DeleteAsyncConnection', message: { deviceIDs: [846, 7] } }]);
  });

  test('that a gateway will not add are its own failure, those it will not delete that of a device', async () => {
    const { gateway: ours } = gateway({
      addAsyncConnection: refusing(Code.ResourceExhausted, 'too many'),
      deleteAsyncConnection: refusing(Code.NotFound, 'Cannot get connection'),
    });
    await expect(ours.addAsync([target])).rejects.toMatchObject({ exitCode: 11, failure: { stage: 'gateway' } });
    await expect(ours.deleteAsync([846])).rejects.toMatchObject({
      exitCode: 6,
      failure: { stage: 'device', target: '846' },
    });
  });
});

describe('the accept filter', () => {
  test('is read with every field, and is closed and empty where the gateway sends none', async () => {
    expect(await gateway({ getAcceptFilter: () => ({ filter }) }).gateway.filter()).toEqual(filter);
    expect(await gateway({ getAcceptFilter: () => ({}) }).gateway.filter()).toEqual(empty);
    expect(await gateway({ getAcceptFilter: () => ({ filter: {} }) }).gateway.filter()).toEqual(empty);
  });

  test('is written as a whole', async () => {
    const { gateway: ours, calls } = gateway({ setAcceptFilter: () => ({}) });
    await ours.setFilter(filter);
    expect(calls).toMatchObject([{ rpc: 'SetAcceptFilter', message: { filter }, timeoutMs: 30_000 }]);
  });
});

test('pending devices have every field, types by name, and come by ID', async () => {
  const waiting = { deviceID: 9, type: Type.BIOSTATION_A2, IPAddr: '10.0.0.9', lastTry: 1_700_000_000 };
  const { gateway: ours } = gateway({ getPendingList: () => ({ deviceInfos: [waiting, { deviceID: 2 }] }) });
  expect(await ours.pending()).toEqual([
    { deviceID: 2, type: 'UNDEFINED', IPAddr: '', lastTry: 0 },
    { ...waiting, type: 'BIOSTATION_A2' },
  ]);
});

test('a write that nobody answered may have happened, a read has not', async () => {
  const ours = createDeviceGateway(failingTransport(madeUp(Code.Canceled, 'stream closed')), testConnection());
  for (const write of [ours.addAsync([target]), ours.deleteAsync([846]), ours.setFilter(filter)]) {
    await expect(write).rejects.toMatchObject({ exitCode: 5, failure: { outcome: 'unknown' } });
  }
  for (const read of [ours.filter(), ours.pending()]) {
    await expect(read).rejects.toMatchObject({ exitCode: 5, failure: { outcome: 'not-applied' } });
  }
});
