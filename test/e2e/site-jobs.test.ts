import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingNames } from '../../src/commands/site/check/drift.ts';
import { silentServer } from '../support/broken-servers.ts';
import { foreignCertificates } from '../support/foreign-certificates.ts';
import { freePort } from '../support/ports.ts';
import { blocksOf, introduction, jobFolders, jobSites, jobs, shells, siteFile } from '../support/site-jobs.ts';

const jobFolder = jobFolders();
const jobSite = jobSites();
const dead = `127.0.0.1:${await freePort()}`;
const silent = await silentServer();
const { root } = await foreignCertificates();

const scripts = jobs.flatMap(({ title, blocks }) =>
  blocks.filter(({ language }) => language === 'sh').map(({ text }, index) => ({ title, index, text })),
);

test('what the page begins with: export, check and apply agree', async () => {
  const site = await jobSite();
  const [, script = ''] = /```sh\n([^`]+)```/.exec(introduction) ?? [];
  const { exitCode, stderr } = await site.command('sh', ['-ec', script]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(site.read('site.csv')).toBe(siteFile);
  site.write('site.csv', /```\n(deviceID,[^`]+)```/.exec(introduction)?.[1] ?? '');
  const { stdout } = await site.gsdk('apply', '-f', 'site.csv', '--dry-run', '-o', 'ids');
  expect(stdout).toBe('846\n547634389\n939342898\n');
});

test('each finding has its row', () => {
  const rows = introduction.split('\n').filter((line) => line.startsWith('| `'));
  const named = rows.flatMap((row) => row.split(' | ')[0]?.match(/\b[A-Z_]{4,}\b/g) ?? []);
  expect(named.filter((name) => name !== 'GSDK_GATEWAY').sort()).toEqual(Object.keys(findingNames).sort());
});

test('the page has twenty jobs, in order, and each has something to run', () => {
  expect(jobs.map(({ title }) => Number.parseInt(title, 10))).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
  expect(jobs.filter(({ blocks }) => blocks.length === 0)).toEqual([]);
});

test.each(jobs.flatMap(({ title, blocks }) => blocks.map(({ text }, index) => ({ title, index, text }))))(
  '$title, block $index: at most ten lines',
  ({ text }) => {
    expect(text.trim().split('\n').length).toBeLessThanOrEqual(10);
  },
);

/** What a job finds in its folder, and is not to change when there is no gateway. */
const files: Record<string, string> = {
  'site.csv': siteFile,
  ...Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`site${number}.csv`, siteFile])),
  'allowed.txt': '101\n',
  'ssl-doors.txt': '103\n',
  'inventory.csv': 'deviceID\n101\n',
  'slaves.json': '[{"deviceID":101,"rs485SlaveDeviceIDs":[9001]}]',
  'outages.json': '{\n  "outages": []\n}\n',
  'holds.json': JSON.stringify([
    { deviceID: 102, IPAddr: '192.168.0.102', heldSince: '2026-01-01T00:00:00Z', heldUntil: '2026-01-01T01:00:00Z' },
  ]),
};

/** Runs a script where no gateway answers. */
async function runWithout(
  gateway: string,
  { title, index }: { title: string; index: number },
  { shell, ...others }: { shell: string; GSDK_CONNECT_TIMEOUT?: string },
) {
  const site = jobFolder();
  site.write('ca.crt', root);
  const profile = { gateway, caFile: 'ca.crt' };
  const profiles = Object.fromEntries([1, 2, 3, 4, 5].map((number) => [`site${number}`, profile]));
  site.write('config.json', JSON.stringify({ profiles }));
  for (const [name, text] of Object.entries(files)) site.write(name, text);
  const number = Number.parseInt(title, 10);
  const env = {
    ...{ GSDK_CONFIG: join(site.folder, 'config.json'), GSDK_GATEWAY: number === 10 ? '' : gateway },
    ...{ GSDK_CA_FILE: number === 10 ? '' : join(site.folder, 'ca.crt') },
    ...others,
  };
  const { exitCode, stdout, stderr } = await site.job(number, { shell, index, args: ['101'], env });
  for (const [name, text] of Object.entries(files)) expect({ [name]: site.read(name) }).toEqual({ [name]: text });
  expect(readdirSync(site.folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  return { exitCode, stdout, stderr };
}

/** The test of a script brings its own gateway. */
const calling = scripts.filter(({ title }) => !title.startsWith('9.'));

describe.each(shells)('without a gateway, in %s', (shell) => {
  test.each(calling)('$title, script $index: fails, says so, and has changed nothing', async (script) => {
    const { exitCode, stdout, stderr } = await runWithout(dead, script, { shell });
    if (script.title.startsWith('14.')) {
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^GSDK CRITICAL - .*${dead}`));
    } else {
      expect({ exitCode, stdout }).toEqual({ exitCode: 5, stdout: '' });
      expect(stderr).toContain(dead);
    }
  });
});

test.each(calling)('$title, script $index: a gateway that never says a word does not hold it up', async (script) => {
  const { exitCode, stderr, stdout } = await runWithout(silent, script, {
    shell: shells[0] ?? 'sh',
    GSDK_CONNECT_TIMEOUT: '300ms',
  });
  if (script.title.startsWith('14.'))
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: expect.stringMatching(/^GSDK CRITICAL - /) });
  else {
    expect([5, 124]).toContain(exitCode);
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: expect.stringContaining(silent) });
  }
});

describe.each(shells)('with an empty site file, in %s', (shell) => {
  test.each(
    calling.filter(
      ({ text }) =>
        /^[^#]*(check|apply) -f site\.csv|--expect @site\.csv/.test(text) &&
        !text.includes('mode set') &&
        !text.includes('ssl enable -'),
    ),
  )('$title, script $index: is refused, and takes nothing away', async ({ title, index }) => {
    const site = await jobSite();
    const number = Number.parseInt(title, 10);
    site.write('site.csv', '');
    site.write('ssl-doors.txt', '');
    const { exitCode, stdout, stderr } = await site.job(number, { shell, index });
    const told = { exitCode, text: stdout + stderr };
    expect(told).toEqual({ exitCode: number === 14 ? 3 : 2, text: expect.stringContaining('site.csv') });
    expect((await site.client.devices()).map(({ deviceID }) => deviceID)).toEqual([101, 102, 103, 104, 105]);
  });
});

test('what is run is the page', () => {
  expect(blocksOf(7, 'sh')).toEqual([expect.stringMatching(/^gsdk apply /)]);
});
