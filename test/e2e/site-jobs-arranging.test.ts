import { closeSync, existsSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { blocksOf, jobSites, shells, silence, siteFile, up, writeProgram } from '../support/site-jobs.ts';

const jobSite = jobSites();
type Site = Awaited<ReturnType<typeof jobSite>>;

/** The settings of the devices themselves. */
const devicesUsingSSL = ({ emulator }: Site) =>
  [101, 102, 103, 104, 105].filter((deviceID) => emulator.world.device(deviceID).useSSL);

describe.each(shells)('in %s', (shell) => {
  test('9. a script that restores is content with the gateway of its test; one that does not fails', async () => {
    const site = await jobSite({ isManaged: false });
    site.write('restore.sh', blocksOf(7, 'sh')[0] ?? '');
    const own = { GSDK_GATEWAY: '', GSDK_CA_FILE: '', GSDK_EMULATOR_CONTROL: '' };
    expect(await site.job(9, { shell, env: own })).toMatchObject(silence);
    site.write('restore.sh', 'exit 0\n');
    expect(await site.job(9, { shell, env: own })).toMatchObject({ exitCode: 8, stderr: '' });
    site.write('restore.sh', blocksOf(7, 'sh')[0] ?? '');
    site.write('site.csv', '');
    expect((await site.job(9, { shell, env: own })).exitCode).not.toBe(0);
    expect(await site.client.devices()).toEqual([]);
  });

  test('10. four of five gateways are as their files say, and the fifth is told by its name', async () => {
    const sites = [await jobSite(), await jobSite({ isManaged: false })] as const;
    const [first, second] = sites;
    const dead = { gateway: '127.0.0.1:1', caFile: first.env.GSDK_CA_FILE };
    const profileOf = ({ env }: Site) => ({ gateway: env.GSDK_GATEWAY, caFile: env.GSDK_CA_FILE });
    const profiles = {
      ...{
        site1: profileOf(first),
        site2: profileOf(second),
        site3: dead,
        site4: profileOf(first),
        site5: profileOf(second),
      },
    };
    first.write('config.json', JSON.stringify({ profiles }));
    for (const name of Object.keys(profiles)) first.write(`${name}.csv`, siteFile);
    const env = { GSDK_CONFIG: join(first.folder, 'config.json'), GSDK_GATEWAY: '', GSDK_CA_FILE: '' };
    const { exitCode, stdout, stderr } = await first.job(10, { shell, env });
    expect({ exitCode, stdout }).toEqual({ exitCode: 5, stdout: '' });
    expect(stderr).toMatch(/^gsdk: site3: .*127\.0\.0\.1:1.*\nhint: .*\n$/);
    expect(await up(second.client)).toHaveLength(5);
    expect(await first.job(10, { shell, env: { ...env, GSDK_GATEWAY: first.env.GSDK_GATEWAY ?? '' } })).toMatchObject({
      ...{ exitCode: 2, stdout: '' },
      stderr: expect.stringContaining('--profile site2 is'),
    });
  });

  test('11. SSL is off at every device before the root goes, and on again at the same ones afterwards', async () => {
    // Why a root goes, as a rule.
    const notAfter = new Date(Date.now() + 10 * 86_400_000);
    const site = await jobSite({ certificates: { notAfter } });
    const before = devicesUsingSSL(site);
    expect(await site.job(11, { shell })).toMatchObject(silence);
    expect(devicesUsingSSL(site)).toEqual([]);
    // Interrupted before its end, it does not forget whom SSL is to be given back.
    expect(await site.job(11, { shell })).toMatchObject(silence);
    expect(site.read('ssl-doors.txt')).toBe('103\n105\n');
    site.emulator.restartGateway(false);
    expect(await site.job(11, { shell, index: 1 })).toMatchObject(silence);
    expect(devicesUsingSSL(site)).toEqual(before);
    expect(existsSync(join(site.folder, 'ssl-doors.txt'))).toBe(false);
    const { exitCode, stdout } = await site.gsdk('check', '-f', 'site.csv', '-o', 'tsv', '--fields', 'finding');
    expect({ exitCode, stdout }).toEqual({ exitCode: 8, stdout: 'finding\nCERT_EXPIRING\n' });
  });

  test('11. a door that is down stops it before anything is done', async () => {
    const site = await jobSite();
    site.emulator.unplug(103, 'rst');
    while ((await up(site.client)).includes(103));
    const before = site.emulator.journal.seq;
    expect(await site.job(11, { shell })).toMatchObject({
      exitCode: 8,
      stderr: '',
      stdout: expect.stringContaining('DOWN'),
    });
    expect(site.emulator.journal.since(before).filter(({ kind }) => kind !== 'status')).toEqual([]);
    expect(devicesUsingSSL(site)).toEqual([103, 105]);
  });

  test('18. a door stays away for its hour, whatever is run meanwhile, and is put back as it was', async () => {
    const site = await jobSite();
    expect(await site.job(18, { shell, args: ['101'] })).toMatchObject(silence);
    expect(await site.job(18, { shell, args: ['104'] })).toMatchObject(silence);
    site.write('allowed.txt', '101\n104\n');
    while ((await site.client.pending()).length === 0);
    // Restore, register, approve, release.
    for (const number of [7, 1, 6]) expect(await site.job(number, { shell })).toMatchObject(silence);
    expect(await site.job(18, { shell, index: 1 })).toMatchObject(silence);
    expect(await up(site.client)).toEqual([102, 103, 105]);
    const [hold, other] = JSON.parse(site.read('holds.json'));
    expect(Date.parse(hold.heldUntil) - Date.parse(hold.heldSince)).toBe(3_600_000);
    site.write('holds.json', JSON.stringify([hold, other].map((one) => ({ ...one, heldUntil: one.heldSince }))));
    expect(await site.job(18, { shell, index: 1 })).toMatchObject(silence);
    expect(await site.gsdk('check', '-f', 'site.csv')).toMatchObject(silence);
    expect(JSON.parse(site.read('holds.json'))).toEqual([]);
  });

  test('18. no door named: nothing is done', async () => {
    const site = await jobSite();
    const { exitCode, stderr } = await site.job(18, { shell });
    expect({ isFailure: exitCode !== 0, stderr }).toEqual({
      isFailure: true,
      stderr: expect.stringContaining('which door'),
    });
    expect((await site.job(18, { shell, args: [''] })).exitCode).not.toBe(0);
    expect(await up(site.client)).toHaveLength(5);
  });

  describe('20. a commissioning window', () => {
    /** Begins it, and resolves when it is open; the half hour is over when the test says so. */
    async function opened() {
      const site = await jobSite({ isManaged: false });
      await site.client.setFilter({ deviceIDs: [104] });
      const [header = ''] = siteFile.split('\n');
      site.write('site.csv', `${header}\n104,Gate,DEVICE_TO_SERVER,192.168.0.104,0,false,,\n`);
      const programs = join(site.folder, 'programs');
      mkdirSync(programs);
      writeProgram(join(programs, 'sleep'), 'test "$1" = 1800 && : > opened && read -r line < over');
      await site.command('mkfifo', ['over']);
      // For both directions, as to open it for one would block until somebody opens it for the other.
      const over = openSync(join(site.folder, 'over'), 'r+');
      onTestFinished(() => closeSync(over));
      const job = site.job(20, { shell, env: { PATH: `${programs}:${site.env.PATH}` } });
      while (!existsSync(join(site.folder, 'opened'))) await site.client.filter();
      expect(await site.client.filter()).toMatchObject({ allowAll: true });
      return { site, job, end: () => writeSync(over, '\n') };
    }

    test('lets in who dials in, keeps them, and writes them down', async () => {
      const { site, job, end } = await opened();
      while ((await up(site.client)).length < 2);
      end();
      expect(await job).toMatchObject(silence);
      expect(await site.client.filter()).toMatchObject({ allowAll: false, deviceIDs: [104, 105] });
      expect(site.read('site.csv')).toMatch(/\n104,Gate,.*\n105,,DEVICE_TO_SERVER,.*\n$/);
    });

    test('in which the gateway was restarted says what was lost', async () => {
      const { site, job, end } = await opened();
      site.emulator.restartGateway(false);
      end();
      const { exitCode, stdout, stderr } = await job;
      expect({ exitCode, stdout, stderr }).toEqual({
        ...{ exitCode: 9, stdout: '', stderr: expect.stringContaining('site.csv would lose 1 of 1 doors (104)') },
      });
      expect(await site.client.filter()).toMatchObject({ allowAll: false });
    });

    test('is closed when the script is interrupted', async () => {
      const { site, job, end } = await opened();
      job.kill('SIGTERM');
      expect(await job).toMatchObject({ exitCode: 143, stdout: '', stderr: '' });
      expect(await site.client.filter()).toMatchObject({ allowAll: false });
      end();
    });

    test('that cannot be closed says so', async () => {
      const { site, job, end } = await opened();
      while ((await up(site.client)).length < 2);
      site.emulator.rules.add({ rpc: 'SetAcceptFilter', effect: 'code', code: 'PERMISSION_DENIED', text: 'not you' });
      end();
      expect(await job).toMatchObject({ exitCode: 4, stdout: '', stderr: expect.stringContaining('not you') });
      expect(await site.client.filter()).toMatchObject({ allowAll: true });
      expect(site.read('site.csv')).toContain('\n105,');
    });
  });
});
