import { expect, test } from 'vitest';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';

const { env } = await emulatedGateway();
const gsdk = (line: string) => run(line.split(' '), { env });
await gsdk('async add 846@192.168.0.117');
await gsdk('search');

test('the calls of our own commands are listed', async () => {
  const { stdout } = await gsdk('emulator calls ls --method AddAsyncConnection --json');
  expect(JSON.parse(stdout)).toMatchObject([
    { seq: 2, service: 'gsdk.connect.Connect', method: 'AddAsyncConnection', code: 'OK' },
  ]);
  expect(JSON.parse(stdout)[0].request.connectInfos).toMatchObject([{ deviceID: 846, IPAddr: '192.168.0.117' }]);
  expect((await gsdk('emulator calls ls --code not-found')).stdout).toBe('SEQ  TIME  METHOD  CODE  REQUEST\n');
  expect((await gsdk('emulator calls ls --since 3 --fields method -o tsv --no-header')).stdout).toBe('SearchDevice\n');
});

test.each([
  ['--method AddAsyncConnection --count 1', 0],
  ['--method DisconnectAll --count 0', 0],
  ['--method SearchDevice --at-least 1 --at-most 3', 0],
  ['--order GetDeviceList,AddAsyncConnection,SearchDevice', 0],
  ['--count 1', 8],
  ['--order SearchDevice,AddAsyncConnection', 8],
  ['--method AddAsynConnection --count 0', 2],
  ['--method SearchDevice', 2],
  ['--count many', 2],
])('verify %s ends with %d', async (words, exitCode) => {
  const { stdout, exitCode: ended } = await gsdk(`emulator calls verify ${words} --json`);
  expect(ended).toBe(exitCode);
  if (exitCode !== 2) expect(JSON.parse(stdout)).toMatchObject({ ok: exitCode === 0 });
});

test('what is not so is said', async () => {
  const { stdout } = await gsdk('emulator calls verify --method SearchDevice --count 2');
  expect(stdout).toMatch(/^OK +FOUND +MESSAGE\nfalse +1 +expected 2 calls, found 1\n$/);
});
