import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { errorOf } from '../support/failure.ts';
import { firstLines } from '../support/first-lines.ts';
import { gsdk, shell } from '../support/gsdk.ts';
import { freePort, isPortOpen } from '../support/ports.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = join(temporaryFolder(), "it's $HOME");
mkdirSync(folder);
const env = { TMPDIR: folder };
const running: ReturnType<typeof gsdk>[] = [];
afterEach(async () => {
  for (const child of running) child.kill('SIGTERM');
  await Promise.all(running.splice(0));
});

/** Starts an embedded gateway as a process of its own; resolves when it has said where it is. */
async function start(...args: string[]) {
  const child = gsdk(['emulator', 'run', '--clock', 'scaled:1000', ...args], { env, input: undefined });
  running.push(child);
  const lines = await firstLines(child.stdout, args.includes('json') ? 5 : 3);
  return { child, text: `${lines.join('\n')}\n` };
}

const portOf = (text: string) => Number(/127\.0\.0\.1:(\d+)/.exec(text)?.[1]);

test('it prints what a shell has to be told, and the shell then finds the gateway', async () => {
  const { text } = await start();
  expect(text).toMatch(
    /^export GSDK_GATEWAY=127\.0\.0\.1:\d+\nexport GSDK_CA_FILE='.*\/cert\/ca\.crt'\nexport GSDK_EMULATOR_CONTROL='.*\/control\.json'\n$/,
  );
  const script =
    'eval "$EXPORTS"; export GSDK_GATEWAY GSDK_CA_FILE; gsdk search -o ids | wc -l; gsdk connect 192.168.0.104 -o ids';
  const { stdout, stderr, exitCode } = await shell(script, { env: { EXPORTS: text } });
  expect({ stdout: stdout.trim(), stderr, exitCode }).toEqual({ stdout: '9\n544114231', stderr: '', exitCode: 0 });
});

test('-o json is one object, with files that only its owner can read', async () => {
  const { text } = await start('-o', 'json');
  const { gateway, caFile, controlFile, ...rest } = JSON.parse(text);
  expect(rest).toEqual({});
  expect(gateway).toMatch(/^127\.0\.0\.1:\d+$/);
  expect(readFileSync(caFile, 'utf8')).toMatch(/^-----BEGIN CERTIFICATE-----\n/);
  for (const file of [caFile, controlFile]) expect(statSync(file).mode & 0o077).toBe(0);
});

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s ends it by that very signal, in silence; nothing is left behind',
  async (signal) => {
    const { child, text } = await start();
    expect(await isPortOpen(portOf(text))).toBe(true);
    expect(readdirSync(folder)).toHaveLength(1);
    child.kill(signal);
    const result = await child;
    expect({ signal: result.signal, stderr: result.stderr, stdout: result.stdout }).toEqual({
      signal,
      stderr: '',
      stdout: text,
    });
    expect(await isPortOpen(portOf(text))).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('a client that is still connected does not hold it up', async () => {
  const { child, text } = await start();
  const client = connect(portOf(text), '127.0.0.1').on('error', () => {});
  await once(client, 'connect');
  child.kill('SIGTERM');
  expect((await child).signal).toBe('SIGTERM');
  client.destroy();
});

test('--port is the port; a second one there is refused: exit 9, naming it', async () => {
  const port = await freePort();
  const { text } = await start('--port', String(port));
  expect(portOf(text)).toBe(port);
  const { exitCode, stdout, stderr } = await gsdk(['emulator', 'run', '--port', String(port), '-o', 'json'], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 9, stdout: '' });
  expect(errorOf(stderr)).toMatchObject({ class: 'CONFLICT', message: `port ${port} is taken` });
});

test('two at once have a world each', async () => {
  const [one, other] = await Promise.all([start(), start()]);
  expect(portOf(one.text)).not.toBe(portOf(other.text));
  const script = 'eval "$ONE"; gsdk connect 192.168.0.104 -o ids; eval "$OTHER"; gsdk device ls --json';
  const { stdout } = await shell(script, { env: { ONE: one.text, OTHER: other.text } });
  expect(stdout).toBe('544114231\n[]\n');
});

test.each([
  ['--port', '0'],
  ['--port', '70000'],
  ['--port', 'x'],
  ['--clock', 'scaled:0'],
])('%s %s is refused before anything is started', async (...args) => {
  const { exitCode, stdout, stderr } = await gsdk(['emulator', 'run', ...args], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(`gsdk: ${args[0]}: expected `);
});

test('a folder for temporary files that is not there: exit 2, and the process ends', async () => {
  const { exitCode, stderr } = await gsdk(['emulator', 'run'], { env: { TMPDIR: join(folder, 'nowhere') } });
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^gsdk: cannot write to .*\nhint: .*TMPDIR\n$/);
});

test('a reader that takes what it needs and goes does not end it', async () => {
  const script = `sh -c 'echo $$ >&2; exec "$NODE" "$BIN" emulator run' | head -n 1`;
  const result = shell(script, { env });
  const [[pid], [first = '']] = await Promise.all([firstLines(result.stderr, 1), firstLines(result.stdout, 1)]);
  expect(await isPortOpen(portOf(first))).toBe(true);
  process.kill(Number(pid), 'SIGTERM');
  await result;
  expect(await isPortOpen(portOf(first))).toBe(false);
});
