import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { settings, toFlag } from '../../src/config/settings.ts';
import { run } from '../support/host.ts';

/** Where a config file is looked for does not depend on the machine. */
const options = { env: { HOME: '/nonexistent' } };
describe('an invalid command line', () => {
  test.each([
    [['bogus'], 'COMMAND_UNKNOWN', 'gsdk --help'],
    [['serach'], 'COMMAND_UNKNOWN', '`gsdk search`'],
    [['device', 'lst'], 'COMMAND_UNKNOWN', '`gsdk device ls`'],
    [['ping'], 'COMMAND_UNKNOWN', '`gsdk gateway ping`'],
    [['device', 'help', 'ls'], 'COMMAND_UNKNOWN', 'gsdk device --help'],
    [['bogus', '--help'], 'COMMAND_UNKNOWN', 'gsdk --help'],
    [['help', 'device', 'bogus'], 'COMMAND_UNKNOWN', 'gsdk device --help'],
    [['--bogus'], 'INVALID_COMMAND_LINE', 'gsdk --help'],
    [['device', 'ls', '--bogus'], 'INVALID_COMMAND_LINE', 'gsdk device ls --help'],
    [['device', 'ls', '--conected'], 'INVALID_COMMAND_LINE', '`--connected`'],
    [['device', 'ls', 'x'], 'INVALID_COMMAND_LINE', 'gsdk device ls --help'],
    [['device', 'exists'], 'INVALID_COMMAND_LINE', 'gsdk device exists --help'],
    [['-o', 'csv', 'config', 'path'], 'USAGE', ''],
    [['help', 'toString'], 'USAGE', ''],
  ])('%j ends with 2 and %s', async (argv, id, hint) => {
    const { exitCode, stdout, stderr } = await run([...argv, '--json'], options);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    const { error } = JSON.parse(stderr);
    expect(error).toMatchObject({ id, class: 'USAGE', exitCode: 2, stage: 'cli' });
    expect(error.hint).toContain(hint);
  });

  test.each([
    [[], 'gsdk'],
    [['device'], 'gsdk device'],
  ])('%j prints the help of %s on stderr', async (argv, path) => {
    const { exitCode, stdout, stderr } = await run(argv, options);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^Usage: ${path} `));
    expect(stderr).toMatch(/^ {2}(?:search|ls\|list) +[A-Z]/m);
    expect(JSON.parse((await run([...argv, '--json'], options)).stderr).error.id).toBe('COMMAND_MISSING');
  });

  test.each([
    [['dev', 'ls'], "unknown command 'dev'"],
    [['device', 'l'], "unknown command 'l'"],
    [['device', 'ls', '--conn'], "unknown option '--conn'"],
  ])('however near a longer word is: %j', async (argv, message) => {
    expect(await run(argv, options)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  });

  test.each([
    [['-o', 'json', 'bogus']],
    [['-ojson', 'bogus']],
    [['--output=ndjson', 'bogus']],
    [['bogus', '--json']],
    [['device', 'ls', '--bogus', '--json']],
  ])('as JSON, if it asks for JSON: %j', async (argv) => {
    const { stderr, exitCode } = await run(argv, options);
    expect(JSON.parse(stderr)).toMatchObject({ error: { class: 'USAGE', exitCode: 2, stage: 'cli' } });
    expect(exitCode).toBe(2);
  });

  test('as text, if JSON is asked for only by the command after --', async () => {
    const { stderr } = await run(['emulator', 'bogus', '--', 'gsdk', '--json'], options);
    expect(stderr).toMatch(/^gsdk: unknown command/);
  });
});

describe('help', () => {
  test.each([[['--help']], [['-h']], [['help']]])('on the program, by %j: every setting and command', async (argv) => {
    const { exitCode, stdout, stderr } = await run(argv, options);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const { name } of Object.values(settings)) expect(stdout).toContain(`${toFlag(name)} <`);
    for (const word of ['search', 'connect', 'device', 'emulator', '-o, --output', '--json', '--fields']) {
      expect(stdout).toMatch(new RegExp(`^  ${word}`, 'm'));
    }
  });

  test.each([
    [['device', 'ls', '--help']],
    [['help', 'device', 'ls']],
    [['device', 'list', '-h']],
    [['help', 'device', 'list']],
  ])('on a command, by %j: examples first, options, exit codes', async (argv) => {
    const { exitCode, stdout } = await run(argv, options);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Examples:\n {2}gsdk device ls\n/);
    expect(stdout).toContain('--connected');
    expect(stdout).toMatch(/Exit codes:\n {2}0 /);
  });

  test('on a noun lists its verbs, and no second way to help', async () => {
    const { stdout } = await run(['help', 'device'], options);
    expect([...stdout.matchAll(/^ {2}([a-z|]+) {2}/gm)].map(([, name]) => name)).toEqual([
      'ls|list',
      'get',
      'exists',
      'info',
    ]);
  });

  test.each([
    ['exit-codes', /^CODE +NAME +MEANING\n0 +OK /],
    ['output', /^FORMAT +PRINTS\ntable +/],
    ['recipes', /^# [^\n]+\ngsdk search /],
    ['environment', /^VARIABLE +FLAG +PROFILE/],
  ])('on %s is a table', async (topic, start) => {
    expect(await run(['help', topic], options)).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(start) });
  });

  test('on a topic comes in every format', async () => {
    const { stdout } = await run(['help', 'exit-codes', '--json', '--fields', 'code'], options);
    expect(JSON.parse(stdout)[1]).toEqual({ code: 1 });
  });
});

test.each(['--version', '-V', 'version'])('%s prints the version of the package', async (word) => {
  expect(await run([word], options)).toMatchObject({ exitCode: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

test.each([
  [['--json', 'config', 'path']],
  [['config', '--json', 'path']],
  [['config', 'path', '--json']],
  [['config', 'path', '-o', 'json']],
])('the options of every command may stand anywhere: %j', async (argv) => {
  expect(JSON.parse((await run(argv, options)).stdout)).toContainEqual(expect.objectContaining({ exists: false }));
});
