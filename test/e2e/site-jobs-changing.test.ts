import { describe, expect, test } from 'vitest';
import { jobSites, shells, silence, siteFile, up } from '../support/site-jobs.ts';

const jobSite = jobSites();

describe.each(shells)('in %s', (shell) => {
  test('1. what is new and on the list is registered, dialled or accepted; the rest is not', async () => {
    const site = await jobSite({ isManaged: false });
    site.write('allowed.txt', '101 # ordered\n104\n999\n');
    while ((await site.client.pending()).length < 2);
    expect(await site.job(1, { shell })).toMatchObject({ ...silence, stdout: '101\n104\n' });
    expect(await up(site.client)).toEqual([101, 104]);
    expect(await site.job(1, { shell })).toMatchObject(silence);
    site.write('allowed.txt', '');
    expect(await site.job(1, { shell })).toMatchObject(silence);
    expect(await up(site.client)).toEqual([101, 104]);
  });

  test('4. a site dials in from now on, slaves and all, and is written down so', async () => {
    const site = await jobSite();
    expect(await site.job(4, { shell })).toMatchObject(silence);
    expect((await site.client.devices()).map(({ connectionMode }) => connectionMode)).toEqual([1, 1, 1, 1, 1]);
    expect(await site.client.slaves()).toMatchObject([{ deviceID: 101, rs485SlaveDeviceIDs: [9001, 9002] }]);
    expect(site.read('site.csv')).toMatch(/^102,"Lobby, left",DEVICE_TO_SERVER,/m);
    expect(await site.job(4, { shell })).toMatchObject(silence);
  });

  test.each([4, 5])('%i. a gateway that manages nothing changes nothing, and the list is not lost', async (number) => {
    const site = await jobSite({ isManaged: false });
    const { exitCode, stdout, stderr } = await site.job(number, { shell });
    expect({ exitCode, stdout, stderr }).toMatchObject({
      exitCode: 9,
      stdout: '',
      stderr: expect.stringContaining('would lose'),
    });
    expect(site.read('site.csv')).toBe(siteFile);
  });

  test('5. every door uses SSL, and is written down so', async () => {
    const site = await jobSite();
    expect(await site.job(5, { shell })).toMatchObject(silence);
    expect((await site.client.devices()).map(({ status }) => status)).toEqual([2, 2, 2, 2, 2]);
    expect(site.read('site.csv').match(/,true,/g)).toHaveLength(5);
    expect(await site.job(5, { shell })).toMatchObject(silence);
  });

  test('6. who has dialled in and is on the list is accepted, and told once', async () => {
    const site = await jobSite({ isManaged: false });
    while ((await site.client.pending()).length < 2);
    site.write('allowed.txt', '105\n');
    expect(await site.job(6, { shell })).toMatchObject({ ...silence, stdout: '105\n' });
    expect(await up(site.client)).toEqual([105]);
    expect(await site.job(6, { shell })).toMatchObject(silence);
    site.write('allowed.txt', '');
    expect(await site.job(6, { shell })).toMatchObject(silence);
    expect(await site.client.filter()).toMatchObject({ allowAll: false, deviceIDs: [105] });
  });

  test('7. after a restart everything is back, slaves too; run again it changes nothing', async () => {
    const site = await jobSite();
    site.emulator.restartGateway(false);
    expect(await site.job(7, { shell })).toMatchObject(silence);
    expect(await site.gsdk('check', '-f', 'site.csv')).toMatchObject(silence);
    const before = site.emulator.journal.seq;
    expect(await site.job(7, { shell })).toMatchObject(silence);
    expect(site.emulator.journal.since(before)).toEqual([]);
  });

  test('12. slaves are set again, once their parents are connected', async () => {
    const site = await jobSite();
    site.write('slaves.json', (await site.gsdk('slave', 'ls', '--json')).stdout);
    await site.client.setSlaves();
    expect(await site.client.slaves()).toEqual([]);
    expect(await site.job(12, { shell })).toMatchObject(silence);
    expect(await site.client.slaves()).toMatchObject([{ deviceID: 101, rs485SlaveDeviceIDs: [9001, 9002] }]);
    for (const empty of ['', '[]']) {
      site.write('slaves.json', empty);
      expect(await site.job(12, { shell })).toMatchObject({
        exitCode: 2,
        stdout: '',
        stderr: expect.stringContaining('no parent'),
      });
    }
    expect(await site.client.slaves()).toHaveLength(1);
  });

  test('19. a door that has another address is found, keeps its slaves, and is written down', async () => {
    const site = await jobSite();
    expect(await site.job(19, { shell })).toMatchObject(silence);
    site.emulator.fieldwork.move(101, { IPAddr: '192.168.0.151' });
    while ((await up(site.client)).includes(101));
    expect(await site.job(19, { shell })).toMatchObject(silence);
    expect(site.read('site.csv')).toContain('101,정문,SERVER_TO_DEVICE,192.168.0.151,51211,false,9001 9002,');
    expect(await site.gsdk('check', '-f', 'site.csv')).toMatchObject(silence);
  });
});
