import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { FaultRule } from '../../src/emulator/index.ts';
import { gsdk } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const env = { TMPDIR: folder };
let written = 0;

/** Runs a script against a gateway with a rule in force, whose time is a thousand times as fast. */
async function exec(rule: FaultRule, script: string) {
  written += 1;
  const scenario = join(folder, `fault-${written}.json`);
  writeFileSync(scenario, JSON.stringify({ steps: [{ at: '0s', do: 'fault', rule }] }));
  const options = ['--clock', 'scaled:1000', '--scenario', scenario];
  return gsdk(['emulator', 'exec', ...options, '--', 'sh', '-c', script], { env });
}

const connect = 'gsdk connect 192.168.0.117 -o json';
const ssl = 'gsdk connect 192.168.0.117 -q >/dev/null && gsdk ssl enable 846 -o json';

test.each<[FaultRule, string, number, string]>([
  [{ effect: 'refuse' }, connect, 6, 'connection refused'],
  [{ effect: 'blackHole' }, connect, 6, 'i/o timeout'],
  [{ effect: 'slowHandshake', handshake: '10s' }, connect, 6, 'i/o timeout'],
  [
    { effect: 'certificateMismatch' },
    'gsdk connect 192.168.0.120 --ssl -o json',
    6,
    'remote error: tls: unknown certificate authority',
  ],
  [{ effect: 'wrongDevice', otherDeviceID: 543664528 }, 'gsdk connect 846@192.168.0.117 -o json', 9, '543664528'],
  [{ effect: 'deviceError', code: 'INTERNAL', text: 'bolt is stuck', rpc: 'EnableSSLMulti' }, ssl, 6, 'bolt is stuck'],
  [{ effect: 'notSupported', rpc: 'EnableSSLMulti' }, ssl, 10, 'BS_ERR_NOT_SUPPORTED'],
  [{ effect: 'linkDown', rpc: 'EnableSSLMulti' }, ssl, 6, 'i/o timeout'],
  [{ effect: 'code', code: 'UNAVAILABLE', text: 'so be it' }, 'gsdk device ls -o json', 5, 'so be it'],
  [{ effect: 'code', code: 'PERMISSION_DENIED', text: 'so be it' }, 'gsdk device ls -o json', 4, 'so be it'],
  [{ effect: 'code', code: 'RESOURCE_EXHAUSTED' }, 'gsdk filter show -o json', 11, 'BUSY'],
  [{ effect: 'hang' }, 'gsdk device ls -o json --request-timeout 300ms', 124, 'TIMEOUT'],
])('%j: %s ends with %i', async (rule, script, code, says) => {
  const { exitCode, stderr } = await exec(rule, script);
  expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: expect.stringContaining(says) });
});

const statuses = ['DEADLINE_EXCEEDED', 'UNAVAILABLE', 'INTERNAL', 'NOT_FOUND'] as const;

test.each(statuses.flatMap((code) => [true, false].map((carriedOut) => [code, carriedOut] as const)))(
  'the outcome of an rpc that answers %s is unknown, carried out: %s',
  async (code, carriedOut) => {
    const call = `gsdk rpc Connect.SetAcceptFilter -d '{"filter": {"deviceIDs": [7]}}' --json; gsdk filter show --json`;
    const { stdout, stderr } = await exec({ effect: 'code', code, carriedOut, rpc: 'SetAcceptFilter' }, call);
    expect(JSON.parse(stdout).deviceIDs).toEqual(carriedOut ? [7] : []);
    expect(JSON.parse(stderr).error).toMatchObject({ code, outcome: 'unknown', retryable: false });
  },
);

test('a write that was carried out and whose answer was lost is told as it is found', async () => {
  const script = 'gsdk async add 846@192.168.0.117 -o json --request-timeout 500ms; echo; gsdk device ls -o ids';
  const { stdout } = await exec({ effect: 'hang', rpc: 'AddAsyncConnection', carriedOut: true, times: 1 }, script);
  const [document, deviceIDs] = stdout.split('\n\n');
  expect(deviceIDs).toBe('846\n');
  expect(JSON.parse(document ?? '').results).toMatchObject([{ deviceID: 846, outcome: 'applied' }]);
});
