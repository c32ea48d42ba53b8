import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blocksOf, jobSites, shells, silence, up, writeProgram } from '../support/site-jobs.ts';

const jobSite = jobSites();

/** Takes a door off the network, and waits until its gateway has noticed. */
async function unplug({ emulator, client }: Awaited<ReturnType<typeof jobSite>>, deviceID: number) {
  emulator.unplug(deviceID, 'rst');
  while ((await up(client)).includes(deviceID));
}

describe.each(shells)('in %s', (shell) => {
  test('2. a report has the names of what is down, and of what was forgotten; without any it is silent', async () => {
    const site = await jobSite();
    expect(await site.job(2, { shell })).toMatchObject(silence);
    await unplug(site, 101);
    await unplug(site, 105);
    const { exitCode, stdout, stderr } = await site.job(2, { shell });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^Not as it should be at .*:\nID .*\n101 +정문 +DOWN .*\n105 +Yard +DOWN .*\n$/);
    site.emulator.restartGateway(false);
    expect((await site.job(2, { shell })).stdout).toContain('GATEWAY_EMPTY');
  });

  test('3. who has been down for two minutes is told with its name, and told again when it is up', async () => {
    const site = await jobSite();
    await unplug(site, 102);
    // The watch of before has seen it go three minutes ago, and was restarted since.
    const downSince = new Date(Date.now() - 180_000).toISOString();
    site.write('outages.json', JSON.stringify({ outages: [{ deviceID: 102, downSince, isTold: false }] }));
    const log = join(site.folder, 'syslog');
    writeProgram(join(site.folder, 'logger'), `echo "$*" >> '${log}'`);
    const job = site.job(3, { shell, env: { PATH: `${site.folder}:${site.env.PATH}` } });
    while (!existsSync(log)) await up(site.client);
    expect(site.read('syslog')).toBe('-t doors Lobby, left is down\n');
    site.emulator.plug(102);
    while (!site.read('syslog').includes('is up')) await up(site.client);
    job.kill('SIGTERM');
    expect(await job).toMatchObject({ signal: 'SIGTERM', stdout: '', stderr: '' });
    expect(site.read('watch.log')).toMatch(/ end: SIGTERM/);
  });

  test('8. what differs, and what would be done about it: 8, and nothing is done', async () => {
    const site = await jobSite();
    expect(await site.job(8, { shell })).toMatchObject(silence);
    await site.client.deleteAsync(102);
    await site.client.setSlaves();
    const before = site.emulator.journal.seq;
    const { exitCode, stdout, stderr } = await site.job(8, { shell });
    expect({ exitCode, stderr }).toEqual({ exitCode: 8, stderr: '' });
    expect(stdout).toMatch(/^101 +정문 +SLAVES_MISSING/m);
    expect(stdout).toMatch(/^102 +Lobby, left +NOT_MANAGED/m);
    expect(stdout).toMatch(/^102 +Lobby, left +async-add/m);
    expect(site.emulator.journal.since(before)).toEqual([]);
  });

  test('13. the inventory has every door, and stays as it was when it cannot be made whole', async () => {
    const site = await jobSite();
    expect(await site.job(13, { shell })).toMatchObject(silence);
    const inventory = site.read('inventory.csv');
    expect(inventory).toMatch(
      /^deviceID,name,modelName,firmwareVersion,MACAddr\n101,정문,BIOSTATION_2,[\d.]+,[\dA-F:]{17}\n/,
    );
    expect(inventory.split('\n').map((line) => line.slice(0, 3))).toEqual([
      'dev',
      '101',
      '102',
      '103',
      '104',
      '105',
      '',
    ]);
    site.emulator.restartGateway(false);
    expect(await site.job(13, { shell })).toMatchObject({ exitCode: 8, stdout: '', stderr: '' });
    expect(site.read('inventory.csv')).toBe(inventory);
  });

  test('14. one line, and the codes of Nagios', async () => {
    const site = await jobSite();
    expect(await site.job(14, { shell })).toMatchObject({
      ...silence,
      stdout: 'GSDK OK - 5 doors, all as they should be | findings=0;0;10;0 up=5;;;0;5\n',
    });
    await unplug(site, 101);
    expect(await site.job(14, { shell })).toMatchObject({
      ...{ exitCode: 1, stderr: '' },
      stdout: 'GSDK WARNING - 5 doors, 1 finding: 정문 (101) DOWN | findings=1;0;10;0 up=4;;;0;5\n',
    });
    site.write('site.csv', '');
    expect(await site.job(14, { shell })).toMatchObject({
      exitCode: 3,
      stderr: '',
      stdout: expect.stringMatching(/^GSDK UNKNOWN/),
    });
  });

  test('17. two devices at one address are told, 8; otherwise it is silent', async () => {
    const site = await jobSite();
    expect(await site.job(17, { shell })).toMatchObject(silence);
    site.emulator.fieldwork.add([{ deviceID: 109, type: 18, IPAddr: '192.168.0.102', port: 51_299 }]);
    const { exitCode, stdout, stderr } = await site.job(17, { shell });
    expect({ exitCode, stderr }).toEqual({ exitCode: 8, stderr: '' });
    expect(stdout).toBe(
      'the same address, or the same ID, twice:\n192.168.0.102\t102\tBIOSTATION_2\n192.168.0.102\t109\tBIOLITE_N2\n',
    );
  });
});

test('what is run is the page', () => {
  expect(blocksOf(14, 'sh')).toEqual([expect.stringMatching(/^gsdk check .*--nagios/)]);
});
