import { status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { foreignGateway, Refusal } from '../support/foreign-gateway.ts';
import { gsdk } from '../support/gsdk.ts';

/** What a terminal obeys or hides: a colour, a title, C1 controls, a line of its own, right-to-left, zero width, a return. */
const hostile =
  '\u001b[31mred\u001b]0;title\u0007 \u009b2J \u0085 x\ngsdk: all is well\r\u202Egnp\u2066.\u200B\uFEFF\u2028\u0000|\u007f';

/** Everything that must not reach a terminal as it is; line feeds are looked at apart. */
const raw = /[\p{Cf}\p{Zl}\p{Zp}\u0000-\u0009\u000b-\u001f\u007f-\u009f]/u;
const formats = ['table', 'wide', 'json', 'ndjson', 'csv', 'tsv'] as const;

const refuse = () => {
  throw new Refusal(status.UNAVAILABLE, hostile);
};
const refusing = await foreignGateway({ answers: { SearchDevice: refuse, Connect: refuse } });
const lying = await foreignGateway({
  devices: [
    { deviceID: 1, type: 18, IPAddr: hostile, serverAddr: hostile, isConnected: true },
    { deviceID: 2, type: 18, IPAddr: '=HYPERLINK("http://evil")', serverAddr: '\t-1+1,\\"', isConnected: true },
  ],
});

/** Runs a command, and checks that no byte of it is of the raw kind; tabs of tsv are its own. */
async function printable(args: readonly string[], env: Record<string, string>) {
  const { stdout, stderr, exitCode } = await gsdk(args, { env });
  expect(args.includes('tsv') ? stdout.replaceAll('\t', '') : stdout).not.toMatch(raw);
  expect(stderr).not.toMatch(raw);
  return { stdout, stderr, exitCode };
}

test.each(formats)('the text of a gateway: nothing raw on standard error, -o %s', async (format) => {
  const { stdout, stderr, exitCode } = await printable(['search', '-o', format], refusing.env);
  expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 5 });
  const isJson = format.endsWith('json');
  expect(stderr.split('\n')).toHaveLength(isJson ? 2 : 3);
  expect(isJson ? JSON.parse(stderr).error.message : '').toContain(isJson ? hostile : '');
  if (!isJson)
    expect(stderr).toContain('\\x1b[31mred\\x1b]0;title\\x07 \\x9b2J \\x85 x\\x0agsdk: all is well\\x0d\\u{202e}gnp');
});

test.each(formats)('the text of a device in the results of a write: nothing raw, -o %s', async (format) => {
  const { stdout, exitCode } = await printable(['connect', '10.0.0.1', '-o', format], refusing.env);
  expect(exitCode).toBe(6);
  expect(stdout).toContain('31mred');
  if (format === 'json') expect(JSON.parse(stdout).results[0].error.message).toContain(hostile);
  else expect(stdout.trimEnd().split('\n').length).toBeLessThanOrEqual(2);
});

test.each(formats)('the fields of devices: nothing raw, a line a device, -o %s', async (format) => {
  for (const command of [['search'], ['device', 'ls']]) {
    const { stdout, stderr, exitCode } = await printable([...command, '-o', format], lying.env);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    if (format === 'json') expect(JSON.parse(stdout)[0].IPAddr).toBe(hostile);
    else expect(stdout.trimEnd().split('\n')).toHaveLength(format === 'ndjson' ? 2 : 3);
  }
});

test('csv computes nothing, and tsv keeps its columns', async () => {
  const csv = (await gsdk(['search', '-o', 'csv', '--fields', 'IPAddr,serverAddr'], lying)).stdout.split('\n');
  expect(csv[2]).toBe(`"'=HYPERLINK(""http://evil"")","\\x09-1+1,\\"""`);
  const tsv = (await gsdk(['search', '-o', 'tsv', '--fields', 'IPAddr,serverAddr'], lying)).stdout.split('\n');
  expect(tsv[2]).toBe('=HYPERLINK("http://evil")\t\\t-1+1,\\\\"');
});

// A NUL cannot be in an argument.
const argument = hostile.replace('\u0000', '');

test.each([
  ['a command', []],
  ['an option', ['device', 'ls', '--']],
  ['a device ID', ['disconnect', '']],
  ['a list file', ['disconnect', '@']],
  ['an address', ['connect', '']],
  ['--request-timeout', ['device', 'ls', '--request-timeout', '']],
  ['--gateway', ['device', 'ls', '--gateway', '']],
  ['--ca-file', ['device', 'ls', '--ca-file', '']],
  ['--fields', ['device', 'ls', '--fields', '']],
  ['--status', ['device', 'ls', '--status', '']],
  ['--output', ['device', 'ls', '--output', '']],
  ['--profile', ['device', 'ls', '--profile', '']],
  ['a topic', ['help', '']],
])('an argument that is refused comes back harmless: %s', async (_, args) => {
  const hostileArgs = [...args.slice(0, -1), `${args.at(-1) ?? ''}${argument}`];
  const text = await printable(hostileArgs, lying.env);
  expect(text).toMatchObject({ exitCode: 2, stdout: '' });
  expect(text.stderr.split('\n')).toHaveLength(3);
  expect(text.stderr).toContain('31mred');
  const json = await printable(hostileArgs, { ...lying.env, GSDK_OUTPUT: 'json' });
  expect(json.exitCode).toBe(2);
  if (!args.includes('--output')) expect(JSON.parse(json.stderr).error.class).toBe('USAGE');
});

test('what is on standard input comes back harmless', async () => {
  const { stderr, exitCode } = await gsdk(['disconnect', '-'], { env: lying.env, input: hostile });
  expect(exitCode).toBe(2);
  expect(stderr).not.toMatch(raw);
  expect(stderr.split('\n')).toHaveLength(3);
});
