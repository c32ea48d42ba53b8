import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type JobSite, jobSites, siteFile, up } from '../support/site-jobs.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { writeCalls } from '../support/writes.ts';

const jobSite = jobSites();

/** Nobody is behind them: who comes at all is counted. */
const doorsteps = [await tcpProxy(1), await tcpProxy(1)] as const;

/** Runs a command line, and sees that nothing was sent that could change anything, and that nothing has changed. */
async function stopped(site: JobSite, line: string, env: Record<string, string> = {}) {
  const before = { seq: site.emulator.journal.seq, filter: await site.client.filter(), up: await up(site.client) };
  const { exitCode, stderr } = await site.command('sh', ['-euc', line], env);
  expect(writeCalls(stderr)).toEqual([]);
  expect({ seq: site.emulator.journal.seq, filter: await site.client.filter(), up: await up(site.client) }).toEqual(
    before,
  );
  return { exitCode, stderr };
}

test('a GSDK_GATEWAY that is left from before, beside --profile: neither gateway is dialled', async () => {
  const [stale, meant] = doorsteps;
  const site = await jobSite();
  site.write('config.json', JSON.stringify({ profiles: { site1: { gateway: meant.address, caFile: 'ca.crt' } } }));
  const env = { GSDK_CONFIG: join(site.folder, 'config.json'), GSDK_GATEWAY: stale.address };
  const { exitCode, stderr } = await stopped(site, 'gsdk -v async rm --all --profile site1', env);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: expect.stringContaining(`--profile site1 is ${meant.address}, but GSDK_GATEWAY is ${stale.address}`),
  });
  expect([stale.connections, meant.connections]).toEqual([0, 0]);
});

test.each(['gsdk device ls -o ids | gsdk -v disconnect -', 'gsdk -v async rm --all'])(
  'a list that is longer than a script needs, as its filter was forgotten: %s',
  async (line) => {
    const site = await jobSite();
    const { exitCode, stderr } = await stopped(site, line, { GSDK_MAX_DEVICES: '2' });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 9,
      stderr: expect.stringContaining('GSDK_MAX_DEVICES allows 2; nothing was sent'),
    });
  },
);

test('with the filter, the same script does what it is for', async () => {
  const site = await jobSite();
  site.emulator.unplug(102, 'rst');
  while ((await up(site.client)).includes(102));
  const line = 'gsdk device ls --down -o ids | gsdk async rm - > removed.txt';
  expect(await site.command('sh', ['-euc', line], { GSDK_MAX_DEVICES: '2' })).toMatchObject({
    exitCode: 0,
    stderr: '',
  });
  expect((await site.client.devices()).map(({ deviceID }) => deviceID)).toEqual([101, 103, 104, 105]);
});

test('a site file that was cut: --prune does not take away what it no longer has', async () => {
  const site = await jobSite();
  site.write('site.csv', siteFile.split('\n').slice(0, 3).join('\n'));
  const { exitCode, stderr } = await stopped(site, 'gsdk -v apply -f site.csv --prune');
  expect({ exitCode, stderr }).toEqual({
    exitCode: 9,
    stderr: expect.stringContaining('--prune would remove 3 of 5 devices; nothing was sent'),
  });
});

test('a list of accepted devices that was cut: doors that have dialled in are not shut out', async () => {
  const site = await jobSite();
  site.write('filter.json', '{"allowAll": false, "deviceIDs": [104]}');
  for (const line of ['gsdk -v filter set -f filter.json', 'gsdk -v filter rm 105', 'gsdk -v filter disallow-all']) {
    const { exitCode, stderr } = await stopped(site, line);
    expect({ line, exitCode, stderr }).toEqual({ line, exitCode: 9, stderr: expect.stringContaining('105') });
  }
});

test.each([
  ['gsdk pending ls --json | gsdk -v filter set -f -', 'expected a JSON object'],
  ['gsdk pending ls -o ids | gsdk -v filter set -f -', 'not JSON'],
])('nobody is pending, and an empty list goes into a filter: %s', async (line, reason) => {
  const site = await jobSite();
  const { exitCode, stderr } = await stopped(site, line);
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining(reason) });
});
