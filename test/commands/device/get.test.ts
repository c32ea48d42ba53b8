import { expect, test } from 'vitest';
import { managedFleet } from '../../support/managed-fleet.ts';

const { gsdk } = await managedFleet();
const get = (words: string[], stdin = '') => gsdk(['device', 'get', ...words], stdin);

test('one device is a list of one', async () => {
  const { exitCode, stdout } = await get(['846', '--json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject([{ deviceID: 846, status: 'TCP_CONNECTED', connected: true }]);
});

test('several come by ID, each once, whatever the order asked', async () => {
  expect((await get(['846', '540', '846', '-o', 'ids'])).stdout).toBe('540\n846\n');
  expect((await get(['-', '-o', 'ids'], '846\n# spare\n540\n')).stdout).toBe('540\n846\n');
});

test.each([
  ['one that is not managed', ['900', '--json'], [], 3, /^900 is not managed by 127/],
  ['none of several', ['900', '901', '--json'], [], 3, /^2 of 2 failed: 900 is not managed/],
  ['one of several', ['846', '900', '--json'], [846], 7, /^1 of 2 failed: 900 is not managed/],
])('%s: what is found is printed, then the failure', async (_what, words, ids, code, message) => {
  const { exitCode, stdout, stderr } = await get(words);
  expect(exitCode).toBe(code);
  expect(JSON.parse(stdout).map(({ deviceID }: { deviceID: number }) => deviceID)).toEqual(ids);
  expect(JSON.parse(stderr).error).toMatchObject({ exitCode: code, message: expect.stringMatching(message) });
});

test('an empty list is an empty result, and asks nobody', async () => {
  const nobody = ['--gateway', '127.0.0.1:1'];
  expect(await get(['-', '--json', ...nobody])).toMatchObject({ exitCode: 0, stdout: '[]\n', stderr: '' });
  expect(await get(['-', '--json', '--fail-if-empty', ...nobody])).toMatchObject({ exitCode: 8, stdout: '[]\n' });
});

test.each([[[]], [['0']], [['846', 'door']]])('%j is refused before anything is sent', async (words) => {
  expect(await get([...words, '--gateway', '127.0.0.1:1'])).toMatchObject({ exitCode: 2, stdout: '' });
});
