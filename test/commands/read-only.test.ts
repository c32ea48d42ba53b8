import { expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { run } from '../support/host.ts';
import { smallWrites, wordsOf, writes } from '../support/writes.ts';

const gateway = await emulatedGateway();
const env = { ...gateway.env, GSDK_READ_ONLY: 'true' };

const lines = [...writes, ...smallWrites].flatMap(({ line, stdin = '' }) => [
  [line, stdin],
  [`${line} --dry-run`, stdin],
]);

test.each(lines as [string, string][])('%s is refused with 9, and nothing is sent', async (line, stdin) => {
  const before = gateway.journal.seq;
  const { exitCode, stdout, stderr } = await run([...wordsOf(line), '-v', '--json'], { env, stdin });
  expect({ exitCode, stdout }).toEqual({ exitCode: 9, stdout: '' });
  // With -v each call would be a line of its own.
  const [error = '', ...others] = stderr.trimEnd().split('\n');
  expect(others).toEqual([]);
  expect(JSON.parse(error).error).toMatchObject({ class: 'CONFLICT', stage: 'cli', outcome: 'not-applied' });
  expect(gateway.journal.seq).toBe(before);
});

test.each([
  'device ls',
  'async ls',
  'filter show',
  'pending ls',
  'search --duration 1s',
  'gateway ping',
  'rpc Connect.GetDeviceList',
  'wait 1 --for unmanaged',
])('%s is a read, and goes on', async (words) => {
  expect(await run(words.split(' '), { env })).toMatchObject({ exitCode: 0, stderr: '' });
});
