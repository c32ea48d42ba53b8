import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { errorOf } from '../support/failure.ts';
import { shell } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const count = 5000;
const gateway = await emulatedGateway({
  fleet: Array.from({ length: count }, (_, index) => ({
    deviceID: 100_000 + index,
    type: 18,
    IPAddr: `10.${index >> 16}.${(index >> 8) & 255}.${index & 255}`,
  })),
});
const small = await emulatedGateway();
const env = { ...gateway.env, FOLDER: folder };

/** A shell that says how the first of two commands in a pipe ended. */
const exitCodeOfFirst = (first: string, second: string) => `{ ${first}; echo "exit $?" >&2; } | ${second}`;

test('head takes one line of 5,000: exit 0, and not a word', async () => {
  const result = await shell(exitCodeOfFirst('gsdk search -o ndjson', 'head -n 1'), { env });
  expect(JSON.parse(result.stdout)).toMatchObject({ deviceID: 100_000 });
  expect(result.stderr).toBe('exit 0\n');
});

test.each(['json', 'ids'])(
  'a reader that is gone before the first byte of %s: exit 0, and not a word',
  async (format) => {
    const result = await shell(exitCodeOfFirst(`gsdk search -o ${format}`, 'true'), { env });
    expect(result).toMatchObject({ stdout: '', stderr: 'exit 0\n' });
  },
);

test('a write goes on without its reader, and keeps its true code', async () => {
  const connect = 'sleep 0.2; gsdk connect 192.168.0.117 192.168.0.120';
  const result = await shell(exitCodeOfFirst(connect, 'true'), small);
  expect(result.stderr).toMatch(/^gsdk: 1 of 2 failed: .*\nhint: .*\nexit 7\n$/);
  const { stdout } = await shell('gsdk device ls -o ids', small);
  expect(stdout).toBe('846\n');
});

test.each(['json', 'table'])('5,000 devices as %s through a slow pipe arrive whole, byte for byte', async (format) => {
  // The reader lets the pipe run full before it takes the rest.
  const slow = `gsdk search -o ${format} | { sleep 0.5; dd bs=512 count=64 2>/dev/null; cat; } > "$FOLDER/slow.${format}"`;
  const straight = `gsdk search -o ${format} > "$FOLDER/straight.${format}"`;
  const result = await shell(`${slow}\n${straight}`, { env });
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  const [fromPipe, fromFile] = ['slow', 'straight'].map((name) =>
    readFileSync(join(folder, `${name}.${format}`), 'utf8'),
  );
  expect(fromPipe).toBe(fromFile);
  expect(fromPipe?.match(/\b1\d{5}\b/g)).toHaveLength(count);
  expect(fromPipe?.endsWith('\n')).toBe(true);
});

test('5,000 IDs through two of us: search finds them, get is asked for them', async () => {
  const { stdout, stderr } = await shell('gsdk search -o ids | gsdk device get - -o ids; echo "exit $?"', { env });
  expect(stdout).toBe('exit 3\n');
  expect(stderr).toMatch(/^gsdk: 5000 of 5000 failed: 100000 is not managed .*, and 4990 more\nhint: .*\n$/);
});

test('a closed standard output ends a read quietly', async () => {
  expect(await shell('gsdk search >&-', small)).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
});

test('a closed standard error does not turn a failure into a success', async () => {
  expect(await shell('gsdk device get 999 2>&-', small)).toMatchObject({ exitCode: 3 });
  expect(await shell('gsdk nonsense 2>&- >&-', small)).toMatchObject({ exitCode: 2, stdout: '' });
});

const hasFullDevice = existsSync('/dev/full');

test.skipIf(!hasFullDevice).each(['search', 'search -o json', 'gateway ping', '--version', '--help', 'config show'])(
  '%s onto a full disk: exit 1, with a line that says so',
  async (command) => {
    const { exitCode, stderr } = await shell(`gsdk ${command} > /dev/full`, small);
    expect(exitCode).toBe(1);
    if (command.endsWith('json')) {
      expect(errorOf(stderr)).toMatchObject({ class: 'INTERNAL', exitCode: 1, outcome: 'not-applied' });
    } else expect(stderr).toBe('gsdk: cannot write the output (ENOSPC)\nhint: is the disk full?\n');
  },
);

test.skipIf(!hasFullDevice)('a write onto a full disk: what was asked may have been done', async () => {
  const { exitCode, stderr } = await shell('gsdk connect 192.168.0.104 --json > /dev/full', small);
  expect(exitCode).toBe(1);
  expect(errorOf(stderr)).toMatchObject({ class: 'INTERNAL', outcome: 'unknown' });
});

test.skipIf(!hasFullDevice)('a full disk under standard error does not hide how a run ended', async () => {
  expect(await shell('gsdk device get 999 2> /dev/full', small)).toMatchObject({
    exitCode: 3,
    stdout: expect.stringMatching(/^ID /),
  });
});
