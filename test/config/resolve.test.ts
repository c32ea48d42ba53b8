import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Flags, resolveConfiguration } from '../../src/config/resolve.ts';
import { type SettingName, settings, toFlag, toVariable } from '../../src/config/settings.ts';
import { always } from '../support/always.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const path = join(temporaryFolder(), 'config.json');
const site1 = { gateway: 'gw1:4000', caFile: '/site1.crt', serverName: 'site1.example.com', requestTimeout: '7s' };
const profiles = { site1, other: { gateway: 'gw2:4100' }, bare: { requestTimeout: '9s' }, wrong: { gateway: 'gw 3' } };
writeFileSync(path, JSON.stringify({ profiles }), { mode: 0o600 });

const inFile = { GSDK_CONFIG: path };
const usage = (message: unknown) => expect.objectContaining({ exitCode: 2, message });
const names = Object.keys(settings) as SettingName[];

/** A right value of each setting, for each layer another one. */
const samples: Record<SettingName, readonly string[]> = {
  profile: ['site1', 'other'],
  gateway: ['gw1:4000', '[::1]:4000', '192.168.0.9'],
  caFile: ['a.crt', '/b.crt'],
  pin: [`sha256:${'0a'.repeat(32)}`, `sha256:${'0B'.repeat(32)}`],
  certFile: ['a.pem', '/b.pem'],
  keyFile: ['a.key', '/b.key'],
  serverName: ['one.example.com', 'two.example.com'],
  requestTimeout: ['1s', '2s', 'none'],
  connectTimeout: ['1ms', 'none'],
  readOnly: ['true'],
  maxDevices: ['9'],
  auditFile: ['/audit.log'],
  output: ['json', 'csv'],
  color: ['always', 'never'],
};
const layer = (except: SettingName[] = []) =>
  fc.record(
    Object.fromEntries(
      names.filter((name) => !except.includes(name)).map((name) => [name, fc.constantFrom(...samples[name])]),
    ),
    { requiredKeys: [] },
  ) as fc.Arbitrary<Flags>;
const toVariables = (values: Flags) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [toVariable(name), value]));

/** The text of a setting that the layers ask for, and where it stands. */
function expectedOf(name: SettingName, flags: Flags, variables: Flags) {
  if (flags[name] !== undefined) return { text: flags[name], source: toFlag(name) };
  if (variables[name] !== undefined) return { text: variables[name], source: toVariable(name) };
  return { text: settings[name].default, source: 'default' };
}

test('flags win over variables, which win over defaults, for every setting by itself', () => {
  const layers = fc.record({ flags: layer(['profile']), variables: layer(['profile']) });
  always(layers, ({ flags, variables }) => {
    const configuration = resolveConfiguration(flags, toVariables(variables));
    for (const name of names) {
      const { text, source } = expectedOf(name, flags, variables);
      const expected = text === undefined ? undefined : { value: settings[name].read(text), text, source };
      expect(configuration[name]).toEqual(expected);
    }
  });
});

test('the profile wins over defaults, and loses to flags and variables', () => {
  const layers = fc.record({ flags: layer(['profile', 'gateway']), variables: layer(['profile', 'gateway']) });
  always(layers, ({ flags, variables }) => {
    const configuration = resolveConfiguration(
      { ...flags, profile: 'site1' },
      { ...inFile, ...toVariables(variables) },
    );
    const given = { ...profiles.site1, ...variables, ...flags };
    for (const name of ['gateway', 'caFile', 'serverName', 'requestTimeout'] as const) {
      expect(configuration[name]?.text).toBe(given[name]);
    }
  });
});

test('an empty variable counts as unset', () => {
  const empty = Object.fromEntries(names.map((name) => [toVariable(name), '']));
  expect(resolveConfiguration({}, empty)).toEqual(resolveConfiguration({}, {}));
});

test('nothing said is the defaults, and no gateway', () => {
  expect(resolveConfiguration({}, {})).toEqual({
    requestTimeout: { value: 30_000, text: '30s', source: 'default' },
    connectTimeout: { value: 5000, text: '5s', source: 'default' },
    readOnly: { value: false, text: 'false', source: 'default' },
    output: { value: 'table', text: 'table', source: 'default' },
    color: { value: 'auto', text: 'auto', source: 'default' },
  });
});

test.each([
  [
    'a flag',
    { requestTimeout: 'soon' },
    {},
    '--request-timeout: expected a duration with its unit, such as 30s, or none, got "soon"',
  ],
  [
    'a variable',
    {},
    { GSDK_OUTPUT: 'xml' },
    expect.stringMatching(/^GSDK_OUTPUT: expected one of table, .*, got "xml"$/),
  ],
  [
    'a profile',
    { profile: 'wrong' },
    inFile,
    expect.stringMatching(/^gateway of profile wrong: expected .*, got "gw 3"$/),
  ],
  ['an empty flag', { gateway: '' }, {}, expect.stringMatching(/^--gateway: .*, got ""$/)],
])('a value that cannot be is refused by the name of its place: %s', (_what, flags, env, message) => {
  expect(() => resolveConfiguration(flags, env)).toThrow(usage(message));
});

test('a wrong value that a better layer hides does no harm', () => {
  expect(resolveConfiguration({ requestTimeout: '1s' }, { GSDK_REQUEST_TIMEOUT: 'soon' }).requestTimeout.value).toBe(
    1000,
  );
});

describe('a guard', () => {
  const folder = temporaryFolder();
  const guarded = join(folder, 'config.json');
  const guards = { readOnly: true, maxDevices: 5, auditFile: 'writes.log' };
  writeFileSync(guarded, JSON.stringify({ profiles: { site1: { gateway: 'gw1:4000', ...guards } } }), {
    mode: 0o600,
  });
  const guardsOf = (flags: Flags, env = {}) => resolveConfiguration(flags, { GSDK_CONFIG: guarded, ...env });
  const readOnlyOf = (flags: Flags, env = {}) => resolveConfiguration(flags, { GSDK_CONFIG: guarded, ...env }).readOnly;

  test('is off unless somebody says otherwise', () => {
    expect(readOnlyOf({})).toMatchObject({ value: false, source: 'default' });
  });

  test('of a profile cannot be lifted by a flag or a variable', () => {
    const source = 'readOnly of profile site1';
    expect(readOnlyOf({ profile: 'site1' })).toMatchObject({ value: true, source });
    expect(readOnlyOf({ profile: 'site1', readOnly: 'false' }, { GSDK_READ_ONLY: 'false' })).toMatchObject({
      value: true,
      source,
    });
  });

  test('of a variable cannot be lifted by a flag', () => {
    expect(readOnlyOf({ readOnly: 'false' }, { GSDK_READ_ONLY: 'true' })).toMatchObject({
      value: true,
      source: 'GSDK_READ_ONLY',
    });
  });

  test('that is neither true nor false is refused, wherever it stands', () => {
    expect(() => readOnlyOf({ readOnly: 'true' }, { GSDK_READ_ONLY: 'perhaps' })).toThrow(
      'GSDK_READ_ONLY: expected true or false',
    );
  });

  test.each([
    [{}, {}, 5, 'maxDevices of profile site1'],
    [{ maxDevices: '9' }, { GSDK_MAX_DEVICES: '7' }, 5, 'maxDevices of profile site1'],
    [{ maxDevices: '9' }, { GSDK_MAX_DEVICES: '3' }, 3, 'GSDK_MAX_DEVICES'],
    [{ maxDevices: '1' }, { GSDK_MAX_DEVICES: '3' }, 1, '--max-devices'],
  ])('that is a number is the smallest of all: %j %j', (flags, env, value, source) => {
    expect(guardsOf({ profile: 'site1', ...flags }, env).maxDevices).toMatchObject({ value, source });
  });

  test('that is a file is that of the profile, next to it, whatever else is said', () => {
    const [flags, env] = [{ auditFile: '/dev/null' }, { GSDK_AUDIT_FILE: '/tmp/x' }];
    expect(guardsOf({ profile: 'site1', ...flags }, env).auditFile?.value).toBe(join(folder, 'writes.log'));
    expect(guardsOf(flags, env).auditFile?.value).toBe('/tmp/x');
    expect(guardsOf(flags).auditFile?.value).toBe('/dev/null');
    expect(guardsOf({}).auditFile).toBeUndefined();
  });
});
