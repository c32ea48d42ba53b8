import { describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { settings, toFlag } from '../../src/config/settings.ts';
import { run } from '../support/host.ts';

/** Where a config file is looked for does not depend on the machine. */
const options = { env: { HOME: '/nonexistent' } };
const refused = (message: string, hint: string) => ({
  exitCode: 2,
  stdout: '',
  stderr: `gsdk: ${message}\nhint: ${hint}\n`,
});

describe('a command line that cannot be is refused', () => {
  test.each([
    [[], 'no command given after "gsdk"', 'see: gsdk --help'],
    [['device'], 'no command given after "gsdk device"', 'see: gsdk device --help'],
    [['bogus'], "unknown command 'bogus'", 'see: gsdk --help'],
    [['serach'], "unknown command 'serach'", 'did you mean search?'],
    [['device', 'lst'], "unknown command 'lst'", 'did you mean list, ls?'],
    [['device', 'help', 'ls'], "unknown command 'help'", 'see: gsdk device --help'],
    [['bogus', '--help'], "unknown command 'bogus'", 'see: gsdk --help'],
    [['help', 'device', 'bogus'], "unknown command 'bogus'", 'see: gsdk device --help'],
    [['--bogus'], "unknown option '--bogus'", 'see: gsdk --help'],
    [['device', 'ls', '--bogus'], "unknown option '--bogus'", 'see: gsdk device ls --help'],
    [['device', 'ls', '--conected'], "unknown option '--conected'", 'did you mean --connected?'],
    [
      ['device', 'ls', 'x'],
      "too many arguments for 'ls'. Expected 0 arguments but got 1.",
      'see: gsdk device ls --help',
    ],
    [['device', 'exists'], "missing required argument 'id'", 'see: gsdk device exists --help'],
    [['search', '--timeout'], "option '--timeout <DURATION>' argument missing", 'see: gsdk --help'],
    [['--json', '-o', 'csv', 'config', 'path'], '--json beside --output csv', 'say one of them'],
    [
      ['help', 'toString'],
      'no help on "toString"',
      'topics: exit-codes, output, recipes, environment; commands: gsdk --help',
    ],
  ])('%j', async (argv, message, hint) => {
    const { exitCode, stdout, stderr } = await run(argv, options);
    if (argv.includes('--json')) expect(JSON.parse(stderr).error).toMatchObject({ exitCode: 2, message, hint });
    else expect({ exitCode, stdout, stderr }).toEqual(refused(message, hint));
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

test('the version is that of the package', async () => {
  expect(await run(['--version'], options)).toMatchObject({ exitCode: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

test.each([
  [['--json', 'config', 'path']],
  [['config', '--json', 'path']],
  [['config', 'path', '--json']],
  [['config', 'path', '-o', 'json']],
])('the options of every command may stand anywhere: %j', async (argv) => {
  expect(JSON.parse((await run(argv, options)).stdout)).toContainEqual(expect.objectContaining({ exists: false }));
});
