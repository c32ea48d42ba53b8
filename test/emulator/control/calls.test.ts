import { expect, test } from 'vitest';
import { controlled } from '../support/controlled.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };

/** Of which there are six calls, one of them refused. */
async function called() {
  const visited = await controlled();
  const { client } = visited;
  await client.search();
  await client.addAsync(door);
  await client.devices();
  await client.disconnect(7).catch(() => {});
  await client.devices();
  await client.search();
  return visited;
}

test('calls are listed by method, by how they ended, and by number', async () => {
  const { ask } = await called();
  const methods = async (filter?: object) =>
    ((await ask('ListCalls', { filter })).calls ?? []).map(({ method }: { method: string }) => method);
  expect(await methods()).toEqual([
    ...['SearchDevice', 'AddAsyncConnection', 'GetDeviceList', 'Disconnect', 'GetDeviceList', 'SearchDevice'],
  ]);
  expect(await methods({ method: 'GetDeviceList' })).toEqual(['GetDeviceList', 'GetDeviceList']);
  expect(await methods({ code: 'NOT_FOUND' })).toEqual(['Disconnect']);
  expect(await methods({ sinceSeq: 4 })).toEqual(['GetDeviceList', 'SearchDevice']);
  expect(await methods({ method: 'Connect' })).toEqual([]);
  const { calls } = await ask('ListCalls', { filter: { method: 'AddAsyncConnection' } });
  expect(calls).toMatchObject([
    { seq: 2, time: '2023-11-14T22:13:20.500Z', service: 'gsdk.connect.Connect', code: 'OK' },
  ]);
  expect(calls[0].request.connectInfos).toMatchObject([door]);
});

test.each<[object, string]>([
  [{ count: 6 }, ''],
  [{ count: 5 }, 'expected 5 calls, found 6'],
  [{ filter: { method: 'AddAsyncConnection' }, count: 1 }, ''],
  [{ filter: { method: 'DisconnectAll' }, count: 0 }, ''],
  [{ filter: { method: 'SearchDevice' }, atLeast: 2, atMost: 2 }, ''],
  [{ filter: { method: 'SearchDevice' }, atLeast: 3 }, 'expected at least 3 calls, found 2'],
  [{ filter: { method: 'SearchDevice' }, atMost: 1 }, 'expected at most 1 call, found 2'],
  [{ order: ['SearchDevice', 'GetDeviceList', 'GetDeviceList'] }, ''],
  [{ order: ['Disconnect', 'SearchDevice'] }, ''],
  [
    { order: ['Disconnect', 'AddAsyncConnection'] },
    'expected Disconnect, AddAsyncConnection; AddAsyncConnection did not come after Disconnect',
  ],
  [{ order: ['Connect'], count: 1 }, 'expected 1 call, found 6; expected Connect; Connect did not come'],
])('%j: %j', async (expectation, message) => {
  const { ask } = await called();
  const { ok = false, message: said = '' } = await ask('VerifyCalls', expectation);
  expect({ ok, said }).toEqual({ ok: message === '', said: message });
});

test.each([
  [{ filter: { method: 'AddAsynConnection' }, count: 0 }, 'method: no such method "AddAsynConnection"'],
  [{ order: ['addAsyncConnection'] }, 'method: no such method "addAsyncConnection"'],
  [{ filter: { code: 'FINE' } }, 'code: no such status "FINE"'],
])('%j is a slip, and no answer', async (expectation, message) => {
  const { call } = await called();
  expect(await call('VerifyCalls', expectation)).toMatchObject({
    status: 400,
    body: { message: expect.stringContaining(message) },
  });
});

test('a method that only somebody has called can be counted', async () => {
  const { ask, client } = await controlled();
  await client.raw('/gsdk.door.Door/GetList', Buffer.alloc(0)).catch(() => {});
  expect(await ask('VerifyCalls', { filter: { method: 'GetList' }, count: 1 })).toMatchObject({ ok: true });
});
