import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../support/host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const path = join(temporaryFolder(), 'config.json');
const config = (...words: string[]) => run(['config', ...words, '--json'], { env: { GSDK_CONFIG: path } });
const written = () => JSON.parse(readFileSync(path, 'utf8')).profiles;

beforeEach(() => rmSync(path, { force: true }));

describe('set', () => {
  test('makes the file, the profile and the key, and the same again changes nothing', async () => {
    const first = await config('set', 'site1', 'maxDevices', '20');
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(first.stdout)).toEqual({
      ...{ path, profile: 'site1', setting: 'maxDevices', value: '20', changed: true },
    });
    expect(JSON.parse((await config('set', 'site1', 'maxDevices', '20')).stdout)).toMatchObject({ changed: false });
    expect(written()).toEqual({ site1: { maxDevices: 20 } });
  });

  test.each([
    [['site1', 'gatway', 'gw1'], 'a profile has no key "gatway"'],
    [['site1', 'maxDevices', 'many'], 'maxDevices: expected a number of devices'],
    [['a b', 'gateway', 'gw1'], 'as the name of a profile, got "a b"'],
    [['site1', 'gateway'], "missing required argument 'value'"],
  ])('%j is refused, and nothing is written', async (words, message) => {
    const { exitCode, stderr } = await config('set', ...words);
    expect(exitCode).toBe(2);
    expect(JSON.parse(stderr).error.message).toContain(message);
    expect(() => readFileSync(path)).toThrow('ENOENT');
  });

  test('whatever a profile is called, it is a profile', async () => {
    expect((await config('set', '__proto__', 'gateway', 'gw1')).exitCode).toBe(0);
    expect(readFileSync(path, 'utf8')).toContain('"__proto__": {');
    expect(JSON.parse((await config('profiles')).stdout)).toMatchObject([{ profile: '__proto__', gateway: 'gw1' }]);
  });
});

describe('unset', () => {
  beforeEach(() => {
    const profiles = { site1: { gateway: 'gw1', serverName: 'gw' }, other: {} };
    writeFileSync(path, JSON.stringify({ profiles }), { mode: 0o600 });
  });

  test('takes a key away, or the whole profile', async () => {
    const { exitCode, stdout } = await config('unset', 'site1', 'serverName');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ path, profile: 'site1', setting: 'serverName', value: null, changed: true });
    expect(written()).toEqual({ site1: { gateway: 'gw1' }, other: {} });
    expect(JSON.parse((await config('unset', 'site1', '--all')).stdout)).toMatchObject({
      setting: null,
      changed: true,
    });
    expect(written()).toEqual({ other: {} });
  });

  test.each([
    [['site1', 'pin'], 3, 'pin of profile site1 is not set'],
    [['nope', 'pin'], 3, 'pin of profile nope is not set'],
    [['nope', '--all'], 3, 'there is no profile "nope"'],
    [['site1'], 2, 'no key given'],
    [['site1', 'pin', '--all'], 2, '--all beside pin'],
    [['site1', 'pni'], 2, 'a profile has no key "pni"'],
  ])('of %j ends with %d', async (words, expected, message) => {
    const { exitCode, stderr } = await config('unset', ...words);
    expect(exitCode).toBe(expected);
    expect(JSON.parse(stderr).error.message).toBe(message);
  });

  test.each([[['site1', 'pin']], [['nope', '--all']]])('of %j with --if-exists changes nothing', async (words) => {
    const { exitCode, stdout } = await config('unset', ...words, '--if-exists');
    expect({ exitCode, changed: JSON.parse(stdout).changed }).toEqual({ exitCode: 0, changed: false });
  });
});

describe('profiles', () => {
  test('are listed with their gateways and guards, whatever flags and variables say', async () => {
    const profiles = {
      site1: { gateway: 'gw1', maxDevices: 5, auditFile: 'log', keyFile: 'site1.key' },
      site2: { readOnly: true },
    };
    writeFileSync(path, JSON.stringify({ profiles }), { mode: 0o600 });
    const { stdout, stderr } = await config('profiles', '--max-devices', '1', '--gateway', 'gw9');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([
      { profile: 'site1', gateway: 'gw1', readOnly: false, maxDevices: 5, auditFile: join(path, '..', 'log') },
      { profile: 'site2', gateway: null, readOnly: true, maxDevices: null, auditFile: null },
    ]);
  });

  test('that are wrong are refused here too', async () => {
    writeFileSync(path, JSON.stringify({ profiles: { site1: { gateway: 'gw 3' } } }), { mode: 0o600 });
    const { exitCode, stderr } = await config('profiles');
    expect(exitCode).toBe(2);
    expect(JSON.parse(stderr).error.message).toContain('gateway of profile site1: expected');
  });

  test('where there are none, the list is empty', async () => {
    const none = { env: { HOME: '/nonexistent' } };
    expect(await run(['config', 'profiles', '--json'], none)).toMatchObject({ exitCode: 0, stdout: '[]\n' });
    expect((await run(['config', 'profiles', '--fail-if-empty'], none)).exitCode).toBe(8);
  });
});
