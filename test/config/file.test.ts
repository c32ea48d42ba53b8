import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configPaths, readConfigFile, readOwnFile } from '../../src/config/file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const usage = (message: unknown) => expect.objectContaining({ exitCode: 2, message });
let count = 0;

/** A config file with this in it: a text, or a value as JSON. */
function configFile(content: unknown, mode = 0o600): string {
  count += 1;
  const path = join(folder, `config-${count}.json`);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content), { mode });
  chmodSync(path, mode);
  return path;
}

const profileOf = (content: unknown, name = 'site1') =>
  readConfigFile({ GSDK_CONFIG: configFile(content) })?.profiles.get(name);

describe('a config file is looked for', () => {
  const system = '/etc/gsdk/config.json';

  test.each([
    ['under XDG_CONFIG_HOME', { XDG_CONFIG_HOME: '/xdg', HOME: '/home/a' }, ['/xdg/gsdk/config.json', system]],
    ['under the home folder', { HOME: '/home/a' }, ['/home/a/.config/gsdk/config.json', system]],
    ['nowhere else without a home', {}, [system]],
    ['as if unset where variables are empty', { GSDK_CONFIG: '', XDG_CONFIG_HOME: '', HOME: '' }, [system]],
    ['where GSDK_CONFIG says, and nowhere else', { GSDK_CONFIG: '/c.json', HOME: '/home/a' }, ['/c.json']],
    ['from here, where GSDK_CONFIG is relative', { GSDK_CONFIG: 'c.json' }, [resolve('c.json')]],
  ])('%s', (_what, env, paths) => {
    expect(configPaths(env)).toEqual(paths);
  });

  test('and the first there is is read', () => {
    const home = join(folder, 'home');
    const path = join(home, '.config', 'gsdk', 'config.json');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, '{"profiles":{"home":{}}}', { mode: 0o600 });
    expect(readConfigFile({ XDG_CONFIG_HOME: join(folder, 'none'), HOME: home })).toBeUndefined();
    const file = readConfigFile({ HOME: home });
    expect(file?.path).toBe(path);
    expect([...(file?.profiles.keys() ?? [])]).toEqual(['home']);
  });

  test('and must be there if GSDK_CONFIG names it', () => {
    for (const missing of [join(folder, 'missing.json'), join(configFile({}), 'below-a-file.json')]) {
      expect(() => readConfigFile({ GSDK_CONFIG: missing })).toThrow(usage(`no config file at ${missing}`));
    }
  });
});

describe('a profile', () => {
  test('is read with everything it may have', () => {
    const profile = {
      gateway: 'gw1:4000',
      caFile: '/etc/ca.crt',
      certFile: '/etc/me.crt',
      keyFile: '/etc/me.key',
      serverName: 'gateway.example.com',
      requestTimeout: '10s',
      connectTimeout: '1s',
    };
    expect(profileOf({ profiles: { site1: profile, other: {} } })).toEqual(profile);
  });

  test('has paths relative to the file, not to here', () => {
    expect(profileOf({ profiles: { site1: { caFile: 'cert/ca.crt', keyFile: '../me.key' } } })).toEqual({
      caFile: join(folder, 'cert', 'ca.crt'),
      keyFile: join(dirname(folder), 'me.key'),
    });
  });

  test('has paths relative to the file even if that is named relatively', () => {
    const path = relative('.', configFile({ profiles: { site1: { caFile: 'ca.crt' } } }));
    expect(readConfigFile({ GSDK_CONFIG: path })?.profiles.get('site1')).toEqual({ caFile: join(folder, 'ca.crt') });
  });

  test('may bear any name without harm, those of every object too', () => {
    const names = ['__proto__', 'constructor', 'toString'];
    const text = `{"profiles":{${names.map((name) => `"${name}":{"gateway":"gw1"}`).join(',')}}}`;
    const file = readConfigFile({ GSDK_CONFIG: configFile(text) });
    expect([...(file?.profiles.keys() ?? [])]).toEqual(names);
    expect(file?.profiles.get('valueOf')).toBeUndefined();
    expect(({} as Record<string, unknown>).gateway).toBeUndefined();
  });

  test('may be missing: a file without any is a file', () => {
    expect(readConfigFile({ GSDK_CONFIG: configFile({}) })?.profiles.size).toBe(0);
  });
});

describe('a config file is refused, by its path, with', () => {
  test.each([
    ['no JSON', 'profiles: {}', /not JSON: /],
    ['nothing in it', '', /not JSON: /],
    ['a list', [], /the whole is not an object/],
    ['null', 'null', /the whole is not an object/],
    ['profiles that are a list', { profiles: [] }, /profiles is not an object/],
    ['a profile that is a text', { profiles: { site1: 'gw1' } }, /profile site1 is not an object/],
    ['a key that nobody knows', { profile: {} }, /unknown key "profile" in the top level/],
    ['the key __proto__', '{"__proto__":{"profiles":{}}}', /unknown key "__proto__" in the top level/],
    ['a misspelt setting', { profiles: { site1: { gatway: 'gw1' } } }, /unknown key "gatway" in profile site1/],
    ['__proto__ in a profile', '{"profiles":{"site1":{"__proto__":{}}}}', /unknown key "__proto__" in profile site1/],
    ['an output format', { profiles: { site1: { output: 'json' } } }, /unknown key "output" in profile site1/],
    ['a number', { profiles: { site1: { requestTimeout: 5 } } }, /requestTimeout of profile site1 is not a text/],
    ['true for a text', { profiles: { site1: { gateway: true } } }, /gateway of profile site1 is not a text/],
    ['null as a value', { profiles: { site1: { gateway: null } } }, /gateway of profile site1 is not a text/],
  ])('%s', (_what, content, message) => {
    const path = configFile(content);
    expect(() => readConfigFile({ GSDK_CONFIG: path })).toThrow(usage(expect.stringMatching(message)));
    expect(() => readConfigFile({ GSDK_CONFIG: path })).toThrow(`config file ${path}: `);
  });

  test.each([0o620, 0o602, 0o666, 0o777])('the mode %o, which lets others write it', (mode) => {
    const path = configFile({}, mode);
    expect(() => readConfigFile({ GSDK_CONFIG: path })).toThrow(
      usage(`the config file ${path} can be written by others`),
    );
  });

  test('a folder in its place', () => {
    expect(() => readConfigFile({ GSDK_CONFIG: folder })).toThrow(
      usage(`cannot read the config file ${folder} (EISDIR)`),
    );
  });
});

test.each([0o600, 0o400, 0o644])('a file of our own with the mode %o is read', (mode) => {
  expect(readOwnFile(configFile('text', mode), 'key file')).toBe('text');
});

test('a device is no config file, and nobody is told to change its rights', () => {
  expect(() => readConfigFile({ GSDK_CONFIG: '/dev/null' })).toThrow('the config file /dev/null is a device');
});
