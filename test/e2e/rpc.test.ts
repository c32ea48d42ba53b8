import { once } from 'node:events';
import { beforeAll, expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { gsdk, shell } from '../support/gsdk.ts';

const gateway = await emulatedGateway();

/** A connection that is tried again and again, so that there is always something to tell. */
beforeAll(async () => {
  const nobody = '{"connectInfos": [{"deviceID": 7, "IPAddr": "192.168.0.7"}]}';
  const { exitCode } = await gsdk(['rpc', 'Connect.AddAsyncConnection', '-d', nobody], gateway);
  expect(exitCode).toBe(0);
});

test('a stream tells line by line until it is interrupted, and dies of the signal', async () => {
  const child = gsdk(['rpc', 'Connect.SubscribeStatus'], gateway);
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  const { signal, stdout, stderr } = await child;
  expect(signal).toBe('SIGINT');
  expect(stderr).toMatch(/^gsdk: interrupted by SIGINT\nhint: [^\n]+\n$/);
  for (const line of stdout.trimEnd().split('\n')) expect(JSON.parse(line)).toMatchObject({ deviceID: 7 });
});

test('a stream whose reader goes away ends quietly with 0', async () => {
  const result = await shell('{ gsdk rpc Connect.SubscribeStatus; echo "exit $?" >&2; } | head -n 1', gateway);
  expect(JSON.parse(result.stdout)).toMatchObject({ deviceID: 7 });
  expect(result.stderr).toBe('exit 0\n');
});

test('what one call answers is what another one takes', async () => {
  const script = 'gsdk rpc Connect.GetAcceptFilter | gsdk rpc Connect.SetAcceptFilter -d @-';
  const { exitCode, stdout, stderr } = await shell(script, gateway);
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: '{}\n', stderr: '' });
});
