import { expect, test } from 'vitest';
import { visit } from '../support/visit.ts';

const largest = 75_497_472;
const path = '/gsdk.connect.Connect/GetDeviceList';

/** A request of exactly `size` bytes: one field that nobody knows, number 15, of bytes. */
function requestOf(size: number): Buffer {
  const request = Buffer.alloc(size);
  const payload = size - 5;
  request.set([
    0x7a,
    (payload & 0x7f) | 0x80,
    ((payload >> 7) & 0x7f) | 0x80,
    ((payload >> 14) & 0x7f) | 0x80,
    payload >> 21,
  ]);
  return request;
}

test('F64 a request of 75,497,472 bytes is taken', async () => {
  const { client } = await visit();
  expect(await client.raw(path, requestOf(largest))).toEqual(Buffer.alloc(0));
});

test('F64 a larger request is RESOURCE_EXHAUSTED, and the gateway goes on', async () => {
  const { client } = await visit();
  await expect(client.raw(path, requestOf(largest + 1))).rejects.toMatchObject({ code: 8 });
  expect(await client.search()).toHaveLength(9);
});

test('an answer may be larger than that of a usual gRPC server', async () => {
  const fleet = Array.from({ length: 100_000 }, (_, index) => ({
    deviceID: index + 1,
    type: 8,
    IPAddr: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
  }));
  const { client } = await visit({ fleet });
  expect(await client.search()).toHaveLength(100_000);
});
