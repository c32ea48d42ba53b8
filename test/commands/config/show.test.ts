import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settings } from '../../../src/config/settings.ts';
import { run } from '../../support/host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const path = join(folder, 'config.json');
writeFileSync(path, '{"profiles":{"site1":{"gateway":"gw1","caFile":"ca.crt","requestTimeout":"7s"}}}', {
  mode: 0o600,
});
const env = { GSDK_CONFIG: path, GSDK_CONNECT_TIMEOUT: '2s' };

test('every setting is shown with its value as written, and where it was written', async () => {
  const { exitCode, stdout } = await run(['config', 'show', '--profile', 'site1', '--color', 'never', '--json'], {
    env,
  });
  expect(exitCode).toBe(0);
  const rows: { setting: string; value: string | null; source: string | null }[] = JSON.parse(stdout);
  expect(rows.map(({ setting }) => setting)).toEqual(Object.keys(settings));
  expect(Object.fromEntries(rows.map(({ setting, value, source }) => [setting, [value, source]]))).toMatchObject({
    profile: ['site1', '--profile'],
    gateway: ['gw1', 'gateway of profile site1'],
    caFile: [join(folder, 'ca.crt'), 'caFile of profile site1'],
    certFile: [null, null],
    requestTimeout: ['7s', 'requestTimeout of profile site1'],
    connectTimeout: ['2s', 'GSDK_CONNECT_TIMEOUT'],
    color: ['never', '--color'],
  });
});

test('it needs no gateway and no environment', async () => {
  const { exitCode, stdout, stderr } = await run(['config', 'show']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/^SETTING +VALUE +FROM\n/);
  expect(stdout).toMatch(/\nrequestTimeout +30s +default\n/);
});

test('a configuration that cannot be is refused', async () => {
  expect(await run(['config', 'show', '--profile', 'nope'], { env })).toMatchObject({
    ...{ exitCode: 2, stdout: '', stderr: expect.stringContaining('no profile "nope"') },
  });
});
