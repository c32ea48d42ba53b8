import { expect, test } from 'vitest';
import { unknownMethodText } from '../../../src/emulator/server/unknown-method.ts';
import { visit } from '../support/visit.ts';

test('a method that a known service lacks is refused in the words of a Go server', async () => {
  const { client } = await visit();
  await expect(client.raw('/gsdk.connect.Connect/Reboot', Buffer.alloc(0))).rejects.toMatchObject({
    code: 12,
    details: 'unknown method Reboot for service gsdk.connect.Connect',
  });
});

test('an unknown service is refused in the words of a Go server', async () => {
  const { client } = await visit();
  await expect(client.raw('/connect.Connect/GetDeviceList', Buffer.alloc(0))).rejects.toMatchObject({
    code: 12,
    details: 'unknown service connect.Connect',
  });
});

test('the gateway still works after a refusal', async () => {
  const { client } = await visit();
  await expect(client.raw('/connect.Connect/GetDeviceList', Buffer.alloc(5_000))).rejects.toMatchObject({ code: 12 });
  expect(await client.search()).toHaveLength(9);
});

test.each([
  ['/a.B/C', 'unknown method C for service a.B'],
  ['a.B/C', 'unknown method C for service a.B'],
  ['/x/a.B/C', 'unknown service x/a.B'],
  ['/C', 'malformed method name: "/C"'],
  ['', 'malformed method name: ""'],
])('path %j is refused with %j', (path, text) => {
  expect(unknownMethodText(path, new Set(['a.B']))).toBe(text);
});
