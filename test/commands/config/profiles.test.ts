import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../support/host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const path = join(temporaryFolder(), 'config.json');
const config = (...words: string[]) => run(['config', ...words, '--json'], { env: { GSDK_CONFIG: path } });

beforeEach(() => rmSync(path, { force: true }));

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
