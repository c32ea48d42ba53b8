import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { shellQuote } from '../../src/base/shell-quote.ts';
import { gatewayVersions } from '../../src/emulator/index.ts';
import { errorOf } from '../support/failure.ts';
import { gsdk, root } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const env = { TMPDIR: temporaryFolder() };
const older = gatewayVersions.filter((version) => version !== '1.9.1');

/** Runs a shell script against a gateway of that version. */
const on = (version: string, script: string) =>
  gsdk(['emulator', 'exec', '--gateway-version', version, '--clock', 'scaled:100', '--', 'sh', '-c', script], { env });

describe.each(older)('on a gateway of V%s', (version) => {
  let transcript: string;
  beforeAll(async () => {
    const { exitCode, stdout, stderr } = await on(version, `. ${shellQuote(join(root, 'examples', 'tutorial.sh'))}`);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    transcript = stdout;
  });

  test('the tutorial runs as on the newest, but for what only that tells', () => {
    const [, live = ''] = transcript.split('# What the live status printed meanwhile\n');
    expect(live).toContain('[TCP_CONNECTED] Device 544114231');
    expect(live).toContain('[TLS_CONNECTED] Device 540092578');
    expect(live).toMatch(/end: SIGINT, \d+ changes\n$/);
    expect(transcript).not.toContain('TRY_TO_CONNECT');
  });
});

const named = /the gateway knows its services by the names of V1\.4, without "gsdk\."\n/g;

test('V1.4: with -v each command says once that it uses the old names, and without it nothing', async () => {
  const commands = [
    'search -o ids',
    'async add 846@192.168.0.117 --wait',
    'wait 846 --for connected',
    'watch --device 846 --until-state tcp-connected',
    'device info 846',
    'rpc Network.GetIPConfig -d \'{"deviceID":846}\'',
    "rpc connect.Connect/GetDeviceList -d '{}'",
    'ssl enable 846 --reconnect',
    'disconnect 846',
    'wait 7 --for managed --timeout 2s || test $? = 124',
  ];
  for (const command of commands) {
    const first = commands.indexOf(command) < 2 ? '' : 'gsdk async add 846@192.168.0.117 --wait >/dev/null;';
    const { exitCode, stderr } = await on('1.4', `${first} gsdk -v ${command}`);
    expect({ command, exitCode, said: stderr.match(named)?.length }).toEqual({ command, exitCode: 0, said: 1 });
  }
  expect(await on('1.4', 'gsdk search -o ids | wc -l')).toMatchObject({ exitCode: 0, stderr: '' });
}, 60_000);

test('V1.4: what a Multi call did to each device is read by its old name', async () => {
  const script = `gsdk connect 192.168.0.117 >/dev/null; gsdk rpc Connect.EnableSSLMulti -d '{"deviceIDs":[846,7]}' -o json`;
  const { exitCode, stderr } = await on('1.4', script);
  expect(exitCode).toBe(7);
  expect(errorOf(stderr)).toMatchObject({ class: 'PARTIAL', message: expect.stringContaining('1 of 2 failed: 7') });
});

test('V1.4: a service that no gateway has under either name is 10, by the name of today', async () => {
  const { exitCode, stderr } = await on('1.4', `gsdk rpc UDP.GetIPConfig -d '{}' -o json`);
  expect(exitCode).toBe(10);
  expect(errorOf(stderr)).toMatchObject({ message: expect.stringContaining('unknown service gsdk.udp.UDP') });
});

test.each(['exec', 'run', 'start'])('emulator %s takes the versions that there are, and no other', async (verb) => {
  const help = await gsdk(['emulator', verb, '--help'], { env });
  const choices = gatewayVersions.map((version) => `"${version}"`).join(', ');
  expect(help.stdout.replace(/\s+/g, ' ')).toContain(`(choices: ${choices})`);
  const { exitCode, stdout, stderr } = await gsdk(['emulator', verb, '--gateway-version', '1.6'], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain("argument '1.6' is invalid");
});

test('emulator start hands it on', async () => {
  const name = ['--name', 'old'];
  await gsdk(['emulator', 'start', ...name, '--gateway-version', '1.4', '--ttl', '1m'], { env });
  const variables = JSON.parse((await gsdk(['emulator', 'env', ...name, '--shell', 'json'], { env })).stdout);
  const { stderr } = await gsdk(['gateway', 'ping', '-v'], { env: { ...env, ...variables } });
  expect(stderr).toMatch(named);
  expect((await gsdk(['emulator', 'stop', ...name], { env })).exitCode).toBe(0);
});
