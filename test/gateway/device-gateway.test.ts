import { Code, ConnectError, type ServiceImpl } from '@connectrpc/connect';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createDeviceGateway } from '../../src/gateway/device-gateway.ts';
import { type Connect, ConnectionMode, Status } from '../../src/gen/connect_pb.ts';
import { Type } from '../../src/gen/device_pb.ts';
import { alwaysAsync } from '../support/always.ts';
import { madeUp } from '../support/faults.ts';
import { failingTransport, gatewayTransport, testConnection } from '../support/gateway-transport.ts';

function gateway(handlers: Partial<ServiceImpl<typeof Connect>>, connection = testConnection()) {
  const { transport, calls } = gatewayTransport(handlers);
  return { gateway: createDeviceGateway(transport, connection), calls };
}
const refusing = (code: Code, text: string) => () => {
  throw new ConnectError(text, code);
};
const device = { IPAddr: '192.168.0.117', port: 51_211, useSSL: false };

test('a gateway is named by its host and port, and closes the connection that it was given', () => {
  let closed = 0;
  const { gateway: ours } = gateway({}, testConnection({ close: () => closed++ }));
  expect(ours.target).toBe('gw1:4000');
  ours.close();
  expect(closed).toBe(1);
});

describe('the managed devices', () => {
  test('have every field, zero values too, enums by name, and whether they are connected', async () => {
    const { gateway: ours } = gateway({ getDeviceList: () => ({ deviceInfos: [{ deviceID: 846 }] }) });
    expect(await ours.devices()).toEqual([
      {
        ...{ deviceID: 846, type: 'UNDEFINED', connectionMode: 'SERVER_TO_DEVICE', IPAddr: '', port: 0 },
        ...{ status: 'DISCONNECTED', autoReconnect: false, useSSL: false, connected: false },
      },
    ]);
  });

  test('may have types and statuses that no table knows', async () => {
    const strange = { deviceID: 1, type: 153 as Type, status: 768 as Status, connectionMode: 7 as ConnectionMode };
    const { gateway: ours } = gateway({ getDeviceList: () => ({ deviceInfos: [strange] }) });
    expect(await ours.devices()).toMatchObject([
      { type: 'TYPE_153', status: 'STATUS_768', connectionMode: 'CONNECTION_MODE_7', connected: false },
    ]);
  });

  test('come by ID, whatever their order and however large the IDs', async () => {
    const ids = fc.uniqueArray(fc.integer({ min: 0, max: 2 ** 32 - 1 }), { maxLength: 20 });
    await alwaysAsync(ids, async (ids) => {
      const { gateway: ours } = gateway({
        getDeviceList: () => ({ deviceInfos: ids.map((deviceID) => ({ deviceID })) }),
      });
      const listed = (await ours.devices()).map(({ deviceID }) => deviceID);
      expect(listed).toEqual(ids.toSorted((one, other) => one - other));
    });
  });

  test.each(Object.values(Status).filter((status) => typeof status === 'number'))(
    'are connected over TCP or TLS only: status %d',
    async (status) => {
      const { gateway: ours } = gateway({ getDeviceList: () => ({ deviceInfos: [{ deviceID: 1, status }] }) });
      const isConnected = status === Status.TCP_CONNECTED || status === Status.TLS_CONNECTED;
      expect((await ours.devices())[0]?.connected).toBe(isConnected);
    },
  );

  test('of a gateway that refuses are an error about the gateway', async () => {
    const { gateway: ours } = gateway({ getDeviceList: refusing(Code.PermissionDenied, 'no rights') });
    await expect(ours.devices()).rejects.toMatchObject({
      exitCode: 4,
      failure: { stage: 'gateway', target: 'gw1:4000', code: 'PERMISSION_DENIED' },
    });
  });
});

describe('a search', () => {
  test('sends its duration and allows five seconds more; devices come by ID', async () => {
    const found = { deviceID: 9, type: Type.BIOSTATION_2, connectionMode: ConnectionMode.DEVICE_TO_SERVER, port: 1 };
    const { gateway: ours, calls } = gateway({ searchDevice: () => ({ deviceInfos: [found, { deviceID: 2 }] }) });
    const { devices, isSilent } = await ours.search(1500);
    expect(isSilent).toBe(false);
    expect(devices).toMatchObject([
      { deviceID: 2, type: 'UNDEFINED', useDHCP: false, useSSL: false, serverAddr: '' },
      { deviceID: 9, type: 'BIOSTATION_2', connectionMode: 'DEVICE_TO_SERVER', port: 1 },
    ]);
    expect(calls).toMatchObject([{ rpc: 'SearchDevice', message: { timeout: 1500 }, timeoutMs: 6500 }]);
  });

  test('that nothing answered is an empty list, and says so; an empty answer is none', async () => {
    const { gateway: ours } = gateway({ searchDevice: refusing(Code.NotFound, 'No device found in the subnet') });
    expect(await ours.search(1000)).toEqual({ devices: [], isSilent: true });
    const { gateway: other } = gateway({ searchDevice: () => ({}) });
    expect(await other.search(1000)).toEqual({ devices: [], isSilent: false });
  });

  test.each([
    ['another text', Code.NotFound, 'no such gateway', 3],
    ['another status', Code.Unavailable, 'No device found in the subnet', 5],
  ])('that failed with %s is an error', async (_what, code, text, exitCode) => {
    await expect(gateway({ searchDevice: refusing(code, text) }).gateway.search(1000)).rejects.toMatchObject({
      exitCode,
    });
  });

  test('that found nothing says so only if the gateway itself answered', async () => {
    const proxy = madeUp(Code.NotFound, 'No device found in the subnet');
    const ours = createDeviceGateway(failingTransport(proxy), testConnection());
    await expect(ours.search(1000)).rejects.toMatchObject({ exitCode: 5, failure: { stage: 'transport' } });
  });
});

describe('a write', () => {
  test('sends where the device is, and resolves to its ID', async () => {
    const { gateway: ours, calls } = gateway({ connect: () => ({ deviceID: 846 }) });
    expect(await ours.connect(device)).toBe(846);
    expect(calls).toMatchObject([{ rpc: 'Connect', message: { connectInfo: device }, timeoutMs: 30_000 }]);
  });

  test('sends all IDs in one call', async () => {
    const { gateway: ours, calls } = gateway({ disconnect: () => ({}) });
    await ours.disconnect([846, 7]);
    expect(calls).toMatchObject([{ rpc: 'Disconnect', message: { deviceIDs: [846, 7] }, timeoutMs: 30_000 }]);
  });

  test('that a gateway refuses is an error about the device, and unknown until the state is read again', async () => {
    const { gateway: ours } = gateway({
      connect: refusing(Code.Unavailable, 'offline'),
      disconnect: refusing(Code.NotFound, 'Cannot get connection'),
    });
    const failures = [ours.connect(device), ours.disconnect([846]), ours.disconnect([846, 7, 9])];
    const errors = await Promise.all(failures.map((failure) => failure.catch((error) => error)));
    expect(errors.map(({ failure }) => failure.target)).toEqual(['192.168.0.117:51211', '846', 'one of 3 devices']);
    for (const { exitCode, failure } of errors) {
      expect([exitCode, failure.stage, failure.outcome]).toEqual([6, 'device', 'unknown']);
    }
  });

  test('that nobody answered may have happened, a read has not', async () => {
    const ours = createDeviceGateway(failingTransport(madeUp(Code.Canceled, 'stream closed')), testConnection());
    const unknown = { exitCode: 5, failure: { outcome: 'unknown' } };
    await expect(ours.connect(device)).rejects.toMatchObject(unknown);
    await expect(ours.disconnect([846])).rejects.toMatchObject(unknown);
    await expect(ours.devices()).rejects.toMatchObject({ exitCode: 5, failure: { outcome: 'not-applied' } });
  });
});
