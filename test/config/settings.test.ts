import { describe, expect, test } from 'vitest';
import { colorChoices, type SettingName, settings, toFlag, toVariable } from '../../src/config/settings.ts';

const names = Object.keys(settings) as SettingName[];

test.each([
  ['profile', '--profile', 'GSDK_PROFILE'],
  ['gateway', '--gateway', 'GSDK_GATEWAY'],
  ['caFile', '--ca-file', 'GSDK_CA_FILE'],
  ['pin', '--pin', 'GSDK_PIN'],
  ['certFile', '--cert-file', 'GSDK_CERT_FILE'],
  ['keyFile', '--key-file', 'GSDK_KEY_FILE'],
  ['serverName', '--server-name', 'GSDK_SERVER_NAME'],
  ['requestTimeout', '--request-timeout', 'GSDK_REQUEST_TIMEOUT'],
  ['connectTimeout', '--connect-timeout', 'GSDK_CONNECT_TIMEOUT'],
  ['maxDevices', '--max-devices', 'GSDK_MAX_DEVICES'],
  ['auditFile', '--audit-file', 'GSDK_AUDIT_FILE'],
  ['output', '--output', 'GSDK_OUTPUT'],
  ['color', '--color', 'GSDK_COLOR'],
])('%s is %s and %s', (name, flag, variable) => {
  expect(toFlag(name)).toBe(flag);
  expect(toVariable(name)).toBe(variable);
  expect(names).toContain(name);
});

test('no two settings share a flag or a variable', () => {
  expect(new Set(names.map(toFlag)).size).toBe(names.length);
  expect(new Set(names.map(toVariable)).size).toBe(names.length);
});

test('every setting stands under its own name, and its default can be read', () => {
  for (const name of names) {
    const { read, default: preset, about, expected } = settings[name];
    expect(settings[name].name).toBe(name);
    expect(preset === undefined || read(preset) !== undefined).toBe(true);
    expect(about).toMatch(/^\S.{5,}[^.]$/);
    expect(expected).toMatch(/^\S.{3,}[^.]$/);
  }
});

test('those of the connection are set aside together, limits are not, the rest is in no profile', () => {
  const kinds = Object.fromEntries(names.map((name) => [name, settings[name].inProfile]));
  expect(kinds).toEqual({
    profile: undefined,
    gateway: 'connection',
    caFile: 'connection',
    pin: 'connection',
    certFile: 'connection',
    keyFile: 'connection',
    serverName: 'connection',
    requestTimeout: 'limit',
    connectTimeout: 'limit',
    readOnly: 'connection',
    maxDevices: 'connection',
    auditFile: 'connection',
    output: undefined,
    color: undefined,
  });
});

test('the paths are the files', () => {
  expect(names.filter((name) => settings[name].isPath)).toEqual(['caFile', 'certFile', 'keyFile', 'auditFile']);
});

describe.each([
  ['profile', ['site1', 'Site-1_a.b', 'x'.repeat(64)], ['', 'a b', '../x', 'a/b', 'x'.repeat(65), 'büro', 'a\n']],
  ['gateway', ['gw1', '[::1]:4000', '192.168.0.2'], ['', '300.1.1.1', 'gw1:0', 'gw1:70000', 'https://gw1']],
  [
    'pin',
    [`sha256:${'0a'.repeat(32)}`, `sha256:${'0A'.repeat(32)}`, `sha256:${Array(32).fill('Ff').join(':')}`],
    [
      '',
      '0a'.repeat(32),
      'sha256:',
      `sha256:${'0a'.repeat(31)}`,
      `sha256:${'0a'.repeat(33)}`,
      `sha1:${'0a'.repeat(20)}`,
    ],
  ],
  ['serverName', ['gateway.example.com', '10.0.0.1', '::1'], ['', 'a b', 'a/b', 'x'.repeat(254)]],
  ['requestTimeout', ['5s', 'none', '1d'], ['', '0', '0s', '5', 'never', '-1s', 'None']],
  ['connectTimeout', ['250ms', 'none'], ['', '5 s', 'infinite']],
  ['output', ['table', 'wide', 'json', 'ndjson', 'tsv', 'csv', 'ids'], ['', 'JSON', 'yaml', 'js', 'constructor']],
  ['maxDevices', ['1', '100', '999999999'], ['', '0', '-1', '1.5', 'all', '1e3', '01', '9999999999']],
  ['color', colorChoices, ['', 'yes', 'Always']],
  ['caFile', ['ca.crt', '/etc/ca.crt'], []],
] as const)('%s', (name, right, wrong) => {
  test.each(right)('may be %j', (text) => {
    expect(settings[name].read(text)).toBeDefined();
  });

  if (wrong.length > 0) {
    test.each(wrong)('may not be %j', (text) => {
      expect(settings[name].read(text)).toBeUndefined();
    });
  }
});

test('a limit of none is infinite', () => {
  expect(settings.requestTimeout.read('none')).toBe(Number.POSITIVE_INFINITY);
  expect(settings.connectTimeout.read('1.5s')).toBe(1500);
});

test('a pin is the same however it is written', () => {
  const written = [`sha256:${'0A'.repeat(32)}`, `sha256:${Array(32).fill('0a').join(':')}`];
  for (const pin of written) expect(settings.pin.read(pin)).toBe('0a'.repeat(32));
});
