import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settings } from '../../src/config/settings.ts';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { gsdk, root, shell } from '../support/gsdk.ts';
import { pathWithJq } from '../support/jq.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const sites = [await emulatedGateway(), await emulatedGateway(), await emulatedGateway()];
const page = readFileSync(join(root, 'docs', 'profiles.md'), 'utf8');
const blocks = [...page.matchAll(/```sh\n([^`]+)```/g)].map(([, block = '']) => block);
const [setting = '', several = '', audit = ''] = blocks;

test('the page has three scripts', () => {
  expect(blocks).toHaveLength(3);
});

test('a profile is made and changed as the page says', async () => {
  const config = join(folder, 'new', 'config.json');
  writeFileSync(join(folder, 'site1-ca.crt'), '');
  const { exitCode, stdout, stderr } = await shell(`set -e\n${setting}`, { env: { GSDK_CONFIG: config }, cwd: folder });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/PROFILE +GATEWAY +READ ONLY +MAX DEVICES +AUDIT FILE\nsite1 +gw1:4000 +false\n$/);
  expect(JSON.parse(readFileSync(config, 'utf8')).profiles.site1.caFile).toMatch(/^\/.*\/site1-ca\.crt$/);
});

test('several gateways are asked as the page says', async () => {
  const config = join(folder, 'config.json');
  const profiles = sites.map(({ address, caFile }, index) => [`site${index + 1}`, { gateway: address, caFile }]);
  writeFileSync(config, JSON.stringify({ profiles: Object.fromEntries(profiles) }), { mode: 0o600 });
  const { exitCode, stdout, stderr } = await shell(`set -e\n${several}`, { env: { GSDK_CONFIG: config } });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(/^PROFILE +ID .*\n\{"event":/);
});

test('the audit file is read as the page says', async () => {
  const auditFile = join(folder, 'audit.ndjson');
  const { exitCode } = await gsdk(['disconnect', '7', '--audit-file', auditFile], { env: sites[0]?.env ?? {} });
  expect(exitCode).toBe(3);
  const { stdout } = await shell(`set -e\n${audit}`, { env: { PATH: pathWithJq(folder) }, cwd: folder });
  expect(stdout).toMatch(/^20\d\d-\S+Z\t\t3\tdisconnect 7 --audit-file /);
});

test('each guard has a row, and its example is one', () => {
  for (const { name, strictest } of Object.values(settings)) {
    if (strictest) expect(page).toContain(`| \`${name}\` |`);
  }
});
