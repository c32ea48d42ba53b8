import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { main } from '../../../src/main.ts';
import { fakeHost, run } from '../../support/host.ts';
import { isPortOpen } from '../../support/ports.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const node = (code: string) => ['emulator', 'exec', '--', process.execPath, '-e', code];

test('a command finds a running gateway in its environment, and nothing is left behind', async () => {
  const seen = join(folder, 'seen.json');
  const script = `
    const { GSDK_GATEWAY: gateway = '', GSDK_CA_FILE: caFile, ...env } = process.env;
    const socket = require('node:net').connect(gateway.split(':')[1], '127.0.0.1', () => {
      require('node:fs').writeFileSync(${JSON.stringify(seen)}, JSON.stringify({ gateway, caFile, env }));
      socket.destroy();
    });`;
  const ending = await run(node(script), { env: { GSDK_OUTPUT: 'json', LANG: 'C' } });
  expect(ending).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  const { gateway, caFile, env } = JSON.parse(readFileSync(seen, 'utf8'));
  expect(env).toMatchObject({ LANG: 'C', GSDK_EMULATOR: '1' });
  expect(env.GSDK_OUTPUT).toBeUndefined();
  expect(existsSync(caFile)).toBe(false);
  expect(await isPortOpen(Number(gateway.split(':')[1]))).toBe(false);
});

describe('the end of the command is the end of the run:', () => {
  test.each([0, 1, 8, 124, 255])('exit code %d', async (code) => {
    expect(await run(node(`process.exit(${code})`))).toEqual({ exitCode: code, stdout: '', stderr: '' });
  });

  test('a signal of its own, as shells tell it', async () => {
    expect(await run(node("process.kill(process.pid, 'SIGKILL')"))).toEqual({ exitCode: 137, stdout: '', stderr: '' });
  });

  test('a command that is not there is 127', async () => {
    expect(await run(['emulator', 'exec', '--', 'no-such-command'])).toMatchObject({
      ...{ exitCode: 127, stderr: expect.stringMatching(/^gsdk: no command "no-such-command"\nhint: /) },
    });
  });

  test('a file that cannot be executed is 126', async () => {
    const file = join(folder, 'plain.txt');
    writeFileSync(file, 'no program', { mode: 0o600 });
    expect((await run(['emulator', 'exec', '--', file])).exitCode).toBe(126);
  });
});

test('a signal is handed on, and what the command makes of it counts', async () => {
  const server = createServer((socket) => socket.on('error', () => {})).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const host = fakeHost();
  const code = `process.on('SIGTERM', () => process.exit(7)); require('node:net').connect(${port}, '127.0.0.1')`;
  const ending = main(node(code), host);
  await once(server, 'connection');
  host.send('SIGTERM');
  expect(await ending).toEqual({ exitCode: 7 });
  expect(host.listeners()).toBe(0);
});

test('a gateway that cannot be set up is 125, told with the way out', async () => {
  vi.stubEnv('TMPDIR', join(folder, 'missing'));
  onTestFinished(() => void vi.unstubAllEnvs());
  const { exitCode, stderr } = await run(node('process.exit(0)'));
  expect(exitCode).toBe(125);
  expect(stderr).toMatch(/^gsdk: the embedded gateway did not start: cannot write to [^\n]+\nhint: [^\n]*TMPDIR\n$/);
});

test('an interruption before the command runs lets it not run', async () => {
  const ran = join(folder, 'ran');
  const host = fakeHost();
  const ending = main(node(`require('node:fs').writeFileSync(${JSON.stringify(ran)}, '')`), host);
  host.send('SIGINT');
  expect(await ending).toEqual({ exitCode: 130, signal: 'SIGINT' });
  expect(existsSync(ran)).toBe(false);
});

test.each([
  [['-v'], 'the seed of the embedded gateway: --seed 1\n'],
  [['-v', '--seed', '77'], 'the seed of the embedded gateway: --seed 77\n'],
  [['--seed', '77'], ''],
])('%j tells of the seed: %j', async (options, stderr) => {
  expect(await run(['emulator', 'exec', ...options, '--', 'true'])).toEqual({ exitCode: 0, stdout: '', stderr });
});

test.each(['-1', '1.5', 'x', '', '9007199254740992'])('--seed %j is refused', async (seed) => {
  const { exitCode, stderr } = await run(['emulator', 'exec', `--seed=${seed}`, '--', 'true']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--seed: expected a number of 0 to 9007199254740991');
});

test('no command at all is refused', async () => {
  expect(await run(['emulator', 'exec', '--'])).toMatchObject({ exitCode: 2, stdout: '' });
});
