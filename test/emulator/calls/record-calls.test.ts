import { expect, test } from 'vitest';
import { visit } from '../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117', port: 51211, useSSL: false };

test('calls stand in the log with request and end; the first one is that of the first client', async () => {
  const { client, emulator } = await visit();
  expect(emulator.calls.entries).toEqual([]);
  await client.addAsync(door);
  await expect(client.disconnect(7)).rejects.toThrow();
  await expect(client.callOf('gsdk.network.Network', 'GetIPConfig', { deviceID: 7 })).rejects.toThrow();
  expect(emulator.calls.entries).toMatchObject([
    {
      seq: 1,
      service: 'gsdk.connect.Connect',
      method: 'AddAsyncConnection',
      request: { connectInfos: [door] },
      code: 'OK',
    },
    { seq: 2, method: 'Disconnect', request: { deviceIDs: [7] }, code: 'NOT_FOUND' },
    { seq: 3, service: 'gsdk.network.Network', method: 'GetIPConfig', request: { deviceID: 7 }, code: 'NOT_FOUND' },
  ]);
});

test('a stream has no code until it ends', async () => {
  const { client, emulator } = await visit();
  const cancelled = await client.subscribe();
  const ended = await client.subscribe();
  const codes = () =>
    emulator.calls.entries.filter(({ method }) => method === 'SubscribeStatus').map(({ code }) => code);
  expect(codes()).toEqual([undefined, undefined]);
  cancelled.cancel();
  await expect.poll(codes).toEqual(['CANCELLED', undefined]);
  emulator.faults.dropStreams({ code: 'OK' });
  await ended.ended;
  expect(codes()).toEqual(['CANCELLED', 'OK']);
});

test('a call that is never answered, by a fault, is there without a code', async () => {
  const { client, emulator } = await visit();
  emulator.faults.freeze();
  const call = client.devices();
  await expect.poll(() => emulator.calls.entries).toMatchObject([{ method: 'GetDeviceList', code: undefined }]);
  emulator.faults.thaw();
  await call;
  expect(emulator.calls.entries).toMatchObject([{ code: 'OK' }]);
});

test('a method that the gateway does not know is there too', async () => {
  const { client, emulator } = await visit();
  await expect(client.raw('/gsdk.door.Door/GetList', Buffer.alloc(0))).rejects.toMatchObject({ code: 12 });
  await expect(client.raw('/gsdk.connect.Connect/Explode', Buffer.alloc(0))).rejects.toMatchObject({ code: 12 });
  expect(emulator.calls.entries).toMatchObject([
    { service: 'gsdk.door.Door', method: 'GetList', request: {}, code: 'UNIMPLEMENTED' },
    { service: 'gsdk.connect.Connect', method: 'Explode', code: 'UNIMPLEMENTED' },
  ]);
});

test('of long lists the beginning is kept, wherever they stand', async () => {
  const { client, emulator } = await visit();
  const deviceIDs = Array.from({ length: 25 }, (_, index) => index + 1);
  await client.setFilter({ allowAll: true, deviceIDs });
  expect(emulator.calls.entries[0]?.request).toEqual({
    filter: { allowAll: true, deviceIDs: [...deviceIDs.slice(0, 20), 'and 5 more'], IPAddrs: [], subnetMasks: [] },
  });
});
