import { readFileSync, rmSync } from 'node:fs';
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
