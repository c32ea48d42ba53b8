import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { editedPath, editProfiles, profileKeys, profileSetting, writtenValue } from '../../src/config/edit.ts';
import { readConfigFile } from '../../src/config/file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const path = join(folder, 'deep', 'gsdk', 'config.json');
const env = { GSDK_CONFIG: path };
const { signal } = new AbortController();
const usage = (message: unknown) => expect.objectContaining({ exitCode: 2, message });
const set = (profile: string, key: string, value: unknown) =>
  editProfiles(
    env,
    (profiles) => void profiles.set(profile, (profiles.get(profile) ?? new Map()).set(key, value)),
    new AbortController().signal,
  );

test('a new file and its folder are for their owner alone', async () => {
  expect(await set('site1', 'gateway', 'gw1')).toEqual({ path, changed: true });
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(join(path, '..')).mode & 0o777).toBe(0o700);
  expect(readConfigFile(env)?.profiles.get('site1')).toEqual({ gateway: 'gw1' });
});

describe('a file that is there', () => {
  const profiles = { site1: { gateway: 'gw1', caFile: 'ca.crt' }, other: { requestTimeout: '9s' } };
  beforeEach(() => {
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, JSON.stringify({ profiles }), { mode: 0o600 });
    chmodSync(path, 0o600);
  });

  test('keeps what is not changed, in its order', async () => {
    await set('site1', 'gateway', 'gw2');
    await set('new', 'readOnly', true);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
      profiles: {
        site1: { gateway: 'gw2', caFile: 'ca.crt' },
        other: { requestTimeout: '9s' },
        new: { readOnly: true },
      },
    });
    expect(Object.keys(JSON.parse(readFileSync(path, 'utf8')).profiles)).toEqual(['site1', 'other', 'new']);
  });

  test('is not written where nothing changes', async () => {
    const before = statSync(path);
    expect(await set('site1', 'gateway', 'gw1')).toEqual({ path, changed: false });
    expect(statSync(path)).toMatchObject({ ino: before.ino, mtimeMs: before.mtimeMs });
  });

  test('keeps what many change at the same time', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `site${index + 10}`);
    await Promise.all(names.map((name) => set(name, 'gateway', name)));
    const { profiles: written } = JSON.parse(readFileSync(path, 'utf8'));
    expect(names.filter((name) => written[name]?.gateway !== name)).toEqual([]);
    expect(Object.keys(written)).toHaveLength(22);
  });

  test('stays as it is when the change throws', async () => {
    const before = readFileSync(path, 'utf8');
    const failing = () => {
      throw new Error('no');
    };
    await expect(editProfiles(env, failing, signal)).rejects.toThrow('no');
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('is refused when others can write it', async () => {
    chmodSync(path, 0o622);
    await expect(set('site1', 'gateway', 'gw2')).rejects.toEqual(
      usage(`the config file ${path} can be written by others`),
    );
  });

  test.each([
    ['{', /not JSON/],
    ['{"profile": {}}', /unknown key "profile" in the top level/],
    ['{"profiles": {"site1": {"gatway": "gw1"}}}', /unknown key "gatway" in profile site1/],
  ])('is refused when it is wrong already: %s', async (text, message) => {
    writeFileSync(path, text);
    await expect(set('site1', 'gateway', 'gw2')).rejects.toEqual(usage(expect.stringMatching(message)));
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  test('is a conflict when another gsdk holds it, and the wait for it can be interrupted', async () => {
    mkdirSync(`${path}.lock`);
    const controller = new AbortController();
    const waiting = editProfiles(env, () => {}, controller.signal);
    controller.abort(new Error('interrupted'));
    await expect(waiting).rejects.toThrow('interrupted');
  });
});

test('a file that cannot be made is told with its path', async () => {
  const away = { GSDK_CONFIG: '/dev/null/config.json' };
  await expect(editProfiles(away, () => {}, signal)).rejects.toEqual(
    usage('cannot write the config file /dev/null/config.json (ENOTDIR)'),
  );
});

test('the file in use is edited, or the first that would be looked for', () => {
  const home = temporaryFolder();
  expect(editedPath({ HOME: home })).toBe(join(home, '.config', 'gsdk', 'config.json'));
  expect(editedPath(env)).toBe(path);
});

test.each([
  ['gateway', 'gw1:4000', 'gw1:4000'],
  ['readOnly', 'true', true],
  ['readOnly', 'false', false],
  ['maxDevices', '20', 20],
  ['requestTimeout', '9s', '9s'],
  ['caFile', 'ca.crt', resolve('ca.crt')],
  ['auditFile', '/var/log/x', '/var/log/x'],
])('%s is written as what it is: %s', (key, text, value) => {
  expect(writtenValue(profileSetting(key), text)).toBe(value);
});

test.each([
  ['gateway', 'gw 3', 'gateway: expected a host name or address'],
  ['readOnly', 'yes', 'readOnly: expected true or false, got "yes"'],
  ['maxDevices', '0', 'maxDevices: expected a number of devices'],
])('%s is not written as %s', (key, text, message) => {
  expect(() => writtenValue(profileSetting(key), text)).toThrow(usage(expect.stringContaining(message)));
});

test.each(['gatway', 'output', 'profile', 'color', '__proto__', ''])('"%s" is no key of a profile', (key) => {
  expect(profileKeys).not.toContain(key);
  expect(() => profileSetting(key)).toThrow(usage(`a profile has no key "${key}"`));
});
