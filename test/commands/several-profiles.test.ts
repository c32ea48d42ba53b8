import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test, vi } from 'vitest';
import { startEmulator } from '../../src/emulator/index.ts';
import { run } from '../support/host.ts';
import { severalGateways } from '../support/several-gateways.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { smallWrites, wordsOf, writes } from '../support/writes.ts';

const folder = temporaryFolder();
vi.stubEnv('TMPDIR', folder);
const { site1, site2, away, addressOf, env } = await severalGateways();
const gsdk = (argv: readonly string[], stdin = '') => run(argv, { env, stdin });
const both = ['--profile', 'site1,site2'];
for (const [profile, id] of [
  ['site1', 101],
  ['site1', 102],
  ['site2', 201],
] as const) {
  const { exitCode } = await gsdk(['connect', addressOf(id), '--profile', profile]);
  if (exitCode !== 0) throw new Error(`${id} is not connected`);
}
const errorIn = (stderr: string) => JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '').error;

describe('a read', () => {
  test.each([[both], [['--profile', 'site1', '--profile', 'site2']], [['--profile', 'site1,site2,site1']]])(
    'of several gateways has the rows of all, each with its profile: %j',
    async (profiles) => {
      const { exitCode, stdout, stderr } = await gsdk(['device', 'ls', ...profiles, '--json']);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      const rows = JSON.parse(stdout);
      expect(rows.map((row: object) => Object.keys(row)[0])).toEqual(['profile', 'profile', 'profile']);
      expect(rows).toMatchObject([
        { profile: 'site1', deviceID: 101, connected: true },
        { profile: 'site1', deviceID: 102 },
        { profile: 'site2', deviceID: 201 },
      ]);
    },
  );

  test('is named by a variable too', async () => {
    const { stdout } = await run(['async', 'ls', '--json'], { env: { ...env, GSDK_PROFILE: 'site1,site2' } });
    expect(stdout).toBe('[]\n');
  });

  test('has the profile as its first column, and by its name', async () => {
    expect((await gsdk(['device', 'ls', ...both])).stdout).toMatch(/^PROFILE +ID +TYPE.*\nsite1 +101 /);
    const { stdout } = await gsdk([
      'device',
      'ls',
      ...both,
      '-o',
      'tsv',
      '--fields',
      'deviceID,profile',
      '--no-header',
    ]);
    expect(stdout).toBe('101\tsite1\n102\tsite1\n201\tsite2\n');
    expect((await gsdk(['device', 'ls', ...both, '-o', 'ids'])).stdout).toBe('101\n102\n201\n');
  });

  test('of what is an object of one gateway is an array', async () => {
    const { exitCode, stdout } = await gsdk(['filter', 'show', ...both, '--json']);
    expect(exitCode).toBe(0);
    const none = { allowAll: false, deviceIDs: [], IPAddrs: [], subnetMasks: [] };
    expect(JSON.parse(stdout)).toEqual([
      { profile: 'site1', ...none },
      { profile: 'site2', ...none },
    ]);
    expect(JSON.parse((await gsdk(['gateway', 'ping', ...both, '--json'])).stdout)).toMatchObject([
      { profile: 'site1', gateway: site1.address, devices: 2 },
      { profile: 'site2', gateway: site2.address, devices: 1 },
    ]);
  });

  test('with rpc is an answer of each', async () => {
    const { stdout } = await gsdk(['rpc', 'Connect.GetDeviceList', ...both]);
    const answers = stdout
      .split(/(?<=^\})\n/m)
      .filter(Boolean)
      .map((text) => JSON.parse(text));
    expect(answers).toMatchObject([
      { profile: 'site1', deviceInfos: [{ deviceID: 101 }, { deviceID: 102 }] },
      { profile: 'site2', deviceInfos: [{ deviceID: 201 }] },
    ]);
  });

  test.each([
    ['device exists 101', 8, [true, false]],
    ['wait 201 --for unmanaged --now', 8, [true, false]],
  ])('whose answer is no at one gateway ends with 8: %s', async (line, expected, answers) => {
    const { exitCode, stdout, stderr } = await gsdk([...line.split(' '), ...both, '--json']);
    expect({ exitCode, stderr }).toEqual({ exitCode: expected, stderr: '' });
    expect(JSON.parse(stdout).map(({ exists, met }: Record<string, boolean>) => exists ?? met)).toEqual(answers);
  });

  test.each(['gateway wait', 'wait 101 201 --for managed --any', 'config show'])('is %s too', async (line) => {
    const { exitCode, stdout } = await gsdk([...line.split(' '), ...both, '--json']);
    expect(exitCode).toBe(0);
    const profiles = JSON.parse(stdout).map(({ profile }: { profile: string }) => profile);
    expect([...new Set(profiles)]).toEqual(['site1', 'site2']);
  });

  test('prints what its schema says, for several as well', async () => {
    for (const words of ['device ls', 'filter show', 'gateway ping']) {
      const { stdout: schema } = await gsdk(['schema', ...words.split(' '), ...both]);
      const { stdout } = await gsdk([...words.split(' '), ...both, '--json']);
      const validate = new Ajv2020({ allowUnionTypes: true, validateFormats: false }).compile(JSON.parse(schema));
      validate(JSON.parse(stdout));
      expect(validate.errors ?? []).toEqual([]);
      expect(JSON.parse(schema)).toMatchObject({
        type: 'array',
        items: { required: expect.arrayContaining(['profile']) },
      });
    }
  });

  test('with -v tells whose call it was', async () => {
    const { stderr } = await gsdk(['device', 'ls', ...both, '-v']);
    expect(stderr.trimEnd().split('\n').sort()).toEqual([
      expect.stringMatching(/^site1: GetDeviceList \d+ ms OK$/),
      expect.stringMatching(/^site2: GetDeviceList \d+ ms OK$/),
    ]);
  });
});

describe('the fleet rule over gateways', () => {
  test('one that cannot be reached is 7, and what the others answered is there', async () => {
    const { exitCode, stdout, stderr } = await gsdk(['device', 'ls', '--profile', 'away,site2', '--json']);
    expect(exitCode).toBe(7);
    expect(JSON.parse(stdout)).toMatchObject([{ profile: 'site2', deviceID: 201 }]);
    const error = errorIn(stderr);
    expect(error).toMatchObject({ class: 'PARTIAL', exitCode: 7, profile: null, gateway: null, retryable: false });
    expect(error.message).toMatch(/^1 of 2 failed: away: nothing listens at /);
    expect(error.failures).toMatchObject([
      { profile: 'away', gateway: away, class: 'UNREACHABLE', exitCode: 5, retryable: true },
    ]);
  });

  test('for people the profile stands before what went wrong', async () => {
    const { stderr } = await gsdk(['device', 'ls', '--profile', 'site2,away']);
    expect(stderr).toMatch(/^gsdk: 1 of 2 failed: away: nothing listens at .*\nhint: is the gateway running.*\n$/);
  });

  test('all that failed the same way have the code of that, and nothing is printed', async () => {
    const { exitCode, stdout, stderr } = await gsdk(['device', 'ls', '--profile', 'away,gone', '--json']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 5, stdout: '' });
    expect(errorIn(stderr).failures).toHaveLength(2);
  });

  test('devices that are not there at any of them are 7 where others are, and 3 where none is', async () => {
    expect((await gsdk(['device', 'get', '101', ...both])).exitCode).toBe(7);
    expect((await gsdk(['device', 'get', '7', ...both])).exitCode).toBe(3);
  });
});

describe('before anything is read', () => {
  test.each([...writes, ...smallWrites])('a write is refused with 2: $line', async ({ line, stdin = '' }) => {
    const { exitCode, stdout, stderr } = await gsdk([...wordsOf(line), ...both, '-v', '--json'], stdin);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(errorIn(stderr).message).toBe('this command goes to one gateway, and 2 profiles are named: site1, site2');
  });

  test.each([
    [['--profile', 'site1,nope'], {}, 'no profile "nope"'],
    [['--profile', 'site1,'], {}, '--profile: expected letters'],
    [['--profile', 'site1,site2', '--gateway', 'gw9'], {}, '--gateway beside profiles site1,site2'],
    [['--profile', 'site1,site2'], { GSDK_GATEWAY: 'gw9' }, 'GSDK_GATEWAY beside profiles site1,site2'],
    [[], { GSDK_PROFILE: 'site1,site2', GSDK_GATEWAY: 'gw9' }, 'GSDK_GATEWAY beside profiles'],
    [['--profile', 'site1'], { GSDK_GATEWAY: 'gw9' }, '--profile site1 is '],
    [['--profile', 'site1'], { GSDK_GATEWAY: site2.address }, '--profile site1 is '],
  ])('%j with %j is refused with 2', async (argv, others, message) => {
    const { exitCode, stdout, stderr } = await run(['device', 'ls', ...argv, '-v'], { env: { ...env, ...others } });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr.split('\n')).toHaveLength(3);
  });

  test.each([
    'rpc Connect.SubscribeStatus',
    'export',
    'watch --state x --down-for 1s',
    'watch --down-for 1s --expect 7',
  ])('%s is for one gateway', async (line) => {
    const { exitCode, stderr } = await gsdk([...line.split(' '), ...both]);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/one gateway/);
  });
});

describe('watch', () => {
  test('for people tells on each line whose it is', async () => {
    const { exitCode, stdout } = await gsdk(['watch', ...both, '--until-state', 'tcp-connected']);
    expect(exitCode).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines.filter((line) => !/^site[12]: 20\d\d-/.test(line))).toEqual([]);
    expect(
      lines
        .filter((line) => line.includes('Device'))
        .map((line) => line.replace(/ .*(?= Device)/, ''))
        .sort(),
    ).toEqual(['site1: Device 101', 'site1: Device 102', 'site2: Device 201']);
  });

  const linesOf = (stdout: string) =>
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

  test('tells of each gateway by itself, and ends when all have', async () => {
    const argv = ['watch', ...both, '--until-state', 'tcp-connected', '-o', 'ndjson'];
    const { exitCode, stdout, stderr } = await gsdk(argv);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const lines = linesOf(stdout);
    const inShort = (profile: string) =>
      lines.filter((line) => line.profile === profile).map(({ event, deviceID = '' }) => `${event} ${deviceID}`.trim());
    expect(inShort('site1')).toEqual(['snapshot 101', 'snapshot 102', 'synced', 'end']);
    expect(inShort('site2')).toEqual(['snapshot 201', 'synced', 'end']);
    expect(lines.find(({ profile }) => profile === 'site2')).toMatchObject({ gateway: site2.address });
  });

  test('goes on without a gateway that cannot be reached, says so, and ends with 7', async () => {
    const argv = ['watch', '--profile', 'away,site2', '--until-state', 'tcp-connected', '-o', 'ndjson'];
    const { exitCode, stdout, stderr } = await gsdk(argv);
    expect(exitCode).toBe(7);
    expect(linesOf(stdout)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ event: 'end', reason: 'failed', profile: 'away' }),
        expect.objectContaining({ event: 'end', reason: 'until-state', profile: 'site2' }),
      ]),
    );
    expect(stderr).toMatch(/^gsdk: warning: away: nothing listens at .*\n\{"error":\{"id":"\w+","class":"PARTIAL"/);
  });

  test('--count counts the changes of all of them, and ends all', async () => {
    let isOver = false;
    const argv = ['watch', ...both, '--count', '3', '--no-snapshot', '-o', 'ndjson'];
    const watching = gsdk(argv).finally(() => {
      isOver = true;
    });
    // Nothing tells when a subscription stands, so changes are made until enough of them were seen.
    while (!isOver) {
      for (const [profile, id] of [
        ['site1', 101],
        ['site2', 201],
      ] as const) {
        await gsdk(['disconnect', String(id), '--profile', profile]);
        await gsdk(['connect', addressOf(id), '--profile', profile]);
      }
    }
    const { exitCode, stdout } = await watching;
    const lines = linesOf(stdout);
    expect({ exitCode, changes: lines.filter(({ event }) => event === 'change').length }).toEqual({
      ...{ exitCode: 0, changes: 3 },
    });
    expect(
      lines
        .filter(({ event }) => event === 'end')
        .map(({ profile, reason }) => `${profile} ${reason}`)
        .sort(),
    ).toEqual(['site1 count', 'site2 count']);
  });

  test('goes on when one is lost for good; its end is told, and it is in the exit code', async () => {
    const dying = await startEmulator();
    const config = join(folder, 'dying.json');
    writeFileSync(join(folder, 'dying.crt'), dying.caCertificate);
    const profiles = {
      site1: { gateway: site1.address, caFile: site1.caFile },
      dying: { gateway: dying.address, caFile: 'dying.crt' },
    };
    writeFileSync(config, JSON.stringify({ profiles }), { mode: 0o600 });
    const watched = { env: { GSDK_CONFIG: config } };
    const seen = { text: '', isNew: () => {} };
    const came = async (part: string) => {
      while (!seen.text.includes(part)) await new Promise<void>((resolve) => Object.assign(seen, { isNew: resolve }));
    };
    const argv = ['watch', '--profile', 'site1,dying', '--max-gap', '10ms', '--count', '1', '-o', 'ndjson'];
    const watching = run(argv, {
      ...watched,
      onOutput: (text, done) => {
        seen.text += text;
        seen.isNew();
        done();
      },
    });
    await came(`"event":"synced"`);
    await came(`"profile":"dying"`);
    await dying.close();
    await came(`"reason":"failed"`);
    while (!seen.text.includes('"event":"change"')) {
      await run(['disconnect', '101', '--profile', 'site1'], watched);
      await run(['connect', addressOf(101), '--profile', 'site1'], watched);
    }
    const { exitCode, stderr } = await watching;
    expect(exitCode).toBe(7);
    const ends = linesOf(seen.text).filter(({ event }) => event === 'end' || event === 'lost');
    expect(ends).toMatchObject([
      { event: 'lost', profile: 'dying' },
      { event: 'end', reason: 'failed', profile: 'dying' },
      { event: 'end', reason: 'count', profile: 'site1' },
    ]);
    expect(errorIn(stderr).failures).toMatchObject([{ profile: 'dying', class: 'UNREACHABLE' }]);
  });

  test('a command that is run for an event is told the profile, so that its gsdk goes to that gateway', async () => {
    const log = join(folder, 'events.log');
    const script = `require('fs').appendFileSync(process.argv[1], process.env.GSDK_PROFILE + '\\n')`;
    const argv = ['watch', ...both, '--until-state', 'tcp-connected', '--exec-on', 'synced', '--exec-timeout', 'none'];
    const { exitCode, stderr } = await gsdk([...argv, '--', process.execPath, '-e', script, log]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(readFileSync(log, 'utf8').trimEnd().split('\n').sort()).toEqual(['site1', 'site2']);
  });
});
