import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { gsdk } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const leftBehind = join(folder, 'tmp');
mkdirSync(leftBehind);
const env = { TMPDIR: leftBehind };

/** Runs a script under embedded gateways of its own; it must succeed in silence. */
async function exec(options: readonly string[], script: string): Promise<string> {
  const args = ['emulator', 'exec', ...options, '--', 'sh', '-euc', script];
  const { stdout, stderr, exitCode } = await gsdk(args, { env, cwd: folder });
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  // The locks of accept filters lie beside them, and stay.
  expect(readdirSync(leftBehind).filter((name) => name.startsWith('gsdk-emulator'))).toEqual([]);
  return stdout;
}

test('of several gateways each is handled by its profile, the first one also without', async () => {
  writeFileSync(join(folder, 'site1.csv'), 'deviceID,IPAddr\n1,10.0.0.1\n');
  writeFileSync(join(folder, 'site2.csv'), 'deviceID,IPAddr\n2,10.0.0.2\n');
  const script = `
    gsdk emulator device ls -o ids
    gsdk emulator device ls --profile site1 -o ids
    gsdk emulator device ls --profile site2 -o ids
    gsdk emulator device rm 2 --profile site2 -q >/dev/null
    gsdk emulator device add 7@10.0.0.7 --profile site2 -q >/dev/null
    gsdk search --profile site2 -o ids
    gsdk search -o ids`;
  const options = ['--clock', 'scaled:1000', '--profile', 'site1=site1.csv', '--profile', 'site2=site2.csv'];
  expect(await exec(options, script)).toBe('1\n1\n2\n7\n1\n');
});

test('the token is in no environment and on no command line', async () => {
  const seen = join(folder, 'seen');
  const script = `
    env > "${seen}"
    cp "$GSDK_EMULATOR_CONTROL" "${seen}.json"
    ps -eo args >> "${seen}" 2>/dev/null || cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' >> "${seen}" || :`;
  await exec([], script);
  const { token, url } = JSON.parse(readFileSync(`${seen}.json`, 'utf8')).emulator;
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  const all = readFileSync(seen, 'utf8');
  expect(all).toContain('emulator exec');
  expect(all).not.toContain(token);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

const nightly = `
  gsdk emulator fault add '{"effect": "refuse", "rate": 0.5}' -q >/dev/null
  gsdk emulator device flap @random:3 --down 5s --up 40s --count 20 -q >/dev/null
  gsdk emulator scenario run switch-failure -q >/dev/null
  gsdk async add 846@192.168.0.117 544114231@192.168.0.104 939504224@192.168.0.110 -q >/dev/null
  gsdk filter allow-all -q >/dev/null
  gsdk emulator clock advance 10m -q >/dev/null
  gsdk emulator gateway crash --down 20s --remembers -q >/dev/null
  gsdk emulator clock advance 1h -q >/dev/null
  gsdk ssl status -q >/dev/null
  gsdk emulator events -o ndjson
  gsdk emulator calls ls --fields seq,time,method,code -o tsv`;

test('on a manual clock the same script with the same seed gives the same events, byte for byte', async () => {
  const options = (seed: number) => ['--clock', 'manual', '--seed', String(seed)];
  const [first, again, other] = [
    await exec(options(5), nightly),
    await exec(options(5), nightly),
    await exec(options(6), nightly),
  ];
  expect(first.split('\n').length).toBeGreaterThan(100);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test('a fleet without devices is warned of', async () => {
  writeFileSync(join(folder, 'none.csv'), 'deviceID,IPAddr\n');
  const args = ['emulator', 'exec', '--fleet', 'none.csv', '--', 'true'];
  const { stderr, exitCode } = await gsdk(args, { env, cwd: folder });
  expect({ stderr, exitCode }).toEqual({
    stderr: 'gsdk: warning: none.csv: no devices are in it: nothing will be found\n',
    exitCode: 0,
  });
});
