import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../support/host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const path = join(temporaryFolder(), 'config.json');
const config = (...words: string[]) => run(['config', ...words, '--json'], { env: { GSDK_CONFIG: path } });
const written = () => JSON.parse(readFileSync(path, 'utf8')).profiles;

beforeEach(() => rmSync(path, { force: true }));

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
