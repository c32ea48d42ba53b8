import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ConnectionMode } from '../../../src/gen/connect_pb.ts';
import { Type } from '../../../src/gen/device_pb.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const file = join(temporaryFolder(), 'site.json');
const type = Type.BIOSTATION_2;
const [dialled, dialIns, strangers] = [
  [101, 102, 103, 104, 105],
  [201, 202, 203],
  [301, 302],
];
const IPAddr = (deviceID: number) => `10.0.0.${(deviceID % 100) + Math.floor(deviceID / 100) * 10}`;
const gateway = await emulatedGateway({
  fleet: [
    ...[...dialled, ...strangers].map((deviceID) => ({
      ...{ deviceID, type, IPAddr: IPAddr(deviceID), rs485SlaveDeviceIDs: [900 + deviceID] },
    })),
    ...dialIns.map((deviceID) => ({
      ...{ deviceID, type, IPAddr: IPAddr(deviceID), connectionMode: ConnectionMode.DEVICE_TO_SERVER },
    })),
  ],
});
const { env } = gateway;
const check = (...options: string[]) => run(['check', '-f', file, '--json', ...options], { env });
const gsdk = async (...argv: string[]) => {
  const ended = await run(argv, { env });
  if (ended.exitCode !== 0) throw new Error(`${argv.join(' ')}: ${ended.exitCode} ${ended.stderr}`);
};
/** A record of the file. */
const written = (deviceID: number, others: object = {}) => ({
  ...{ deviceID, name: `Door ${deviceID}`, IPAddr: IPAddr(deviceID) },
  ...(dialIns.includes(deviceID) && { connectionMode: 'DEVICE_TO_SERVER' }),
  ...others,
});
const write = (records: readonly object[]) => writeFileSync(file, JSON.stringify(records));

/** A state that a door can be in: what the file says of it, how it comes about, and what must be found. */
interface Situation {
  record?: object;
  /** What is done to it, in this order. */
  by?: readonly ('added' | 'connected' | 'accepted' | 'listed' | 'unplugged' | 'shut out')[];
  finds: readonly string[];
}

const ofDialled: readonly Situation[] = [
  { by: ['added'], finds: [] },
  { finds: ['NOT_MANAGED'] },
  { by: ['connected'], finds: ['NOT_ASYNC'] },
  { by: ['added', 'unplugged'], finds: ['DOWN'] },
  { record: { port: 4711 }, by: ['added'], finds: ['ADDRESS_DIFFERS'] },
  { record: { useSSL: true }, by: ['added'], finds: ['SSL_DIFFERS'] },
  {
    record: { useSSL: true, port: 1 },
    by: ['added', 'unplugged'],
    finds: ['DOWN', 'ADDRESS_DIFFERS', 'SSL_DIFFERS'],
  },
  { record: { rs485SlaveDeviceIDs: [7] }, by: ['added'], finds: ['SLAVES_MISSING'] },
  { record: { connectionMode: 'DEVICE_TO_SERVER' }, by: ['added', 'listed'], finds: ['MODE_DIFFERS'] },
  { record: { connectionMode: 'DEVICE_TO_SERVER' }, by: ['added'], finds: ['NOT_ACCEPTED', 'MODE_DIFFERS'] },
];
const ofDialIns: readonly Situation[] = [
  { by: ['accepted'], finds: [] },
  { finds: ['NOT_ACCEPTED'] },
  { by: ['accepted', 'unplugged'], finds: ['DOWN'] },
  { record: { useSSL: true }, by: ['accepted'], finds: ['SSL_DIFFERS'] },
  { by: ['accepted', 'shut out'], finds: ['NOT_ACCEPTED'] },
  { record: { connectionMode: 'SERVER_TO_DEVICE' }, by: ['accepted'], finds: ['MODE_DIFFERS'] },
];
const ofStrangers: readonly Situation[] = [
  { finds: [] },
  { by: ['added'], finds: ['NOT_IN_FILE'] },
  { by: ['listed'], finds: ['NOT_IN_FILE'] },
];

type Placed = Situation & { deviceID: number };

/** Resolves when the gateway lists exactly these as connected. */
const connected = (ids: readonly number[]) =>
  expect
    .poll(async () => (await run(['device', 'ls', '--connected', '-o', 'ids'], { env })).stdout, { interval: 5 })
    .toBe(
      ids
        .toSorted((one, other) => one - other)
        .map((id) => `${id}\n`)
        .join(''),
    );

/** Brings all of them about on a gateway that has forgotten everything. */
async function bringAbout(doors: readonly Placed[]): Promise<void> {
  gateway.restartGateway(false);
  for (const { deviceID } of doors) gateway.plug(deviceID);
  const ids = (what: NonNullable<Situation['by']>[number]) =>
    doors.filter(({ by }) => by?.includes(what)).map(({ deviceID }) => deviceID);
  const each = async (words: readonly (number | string)[], ...command: string[]) => {
    if (words.length > 0) await gsdk(...command, ...words.map(String));
  };
  await each(
    ids('added').map((id) => `${id}@${IPAddr(id)}`),
    'async',
    'add',
  );
  await each(ids('connected').map(IPAddr), 'connect');
  await each([...ids('accepted'), ...ids('listed')], 'filter', 'add');
  const up = [...ids('added'), ...ids('connected'), ...ids('accepted')];
  await connected(up);
  for (const id of ids('unplugged')) gateway.unplug(id, 'fin');
  await connected(up.filter((id) => !ids('unplugged').includes(id)));
  await each(ids('shut out'), 'filter', 'rm', '--max-lockout', '9');
}

const nothingBrought = (ids: readonly number[]): Placed[] => ids.map((deviceID) => ({ deviceID, finds: [] }));

test('every mixture of states is found as it was brought about', async () => {
  const choice = (situations: readonly Situation[], ids: readonly number[]) =>
    fc.tuple(...ids.map((deviceID) => fc.constantFrom(...situations).map((situation) => ({ deviceID, ...situation }))));
  const mixtures = fc.tuple(choice(ofDialled, dialled), choice(ofDialIns, dialIns), choice(ofStrangers, strangers));
  await fc.assert(
    fc.asyncProperty(mixtures, async ([some, others, unwritten]) => {
      await bringAbout([...some, ...others, ...unwritten]);
      write([...some, ...others].map(({ deviceID, record }) => written(deviceID, record)));
      const isEmpty = ![...some, ...others].some(({ by }) => by);
      const wanted = isEmpty ? [...unwritten] : [...some, ...others, ...unwritten];
      const expected = wanted.flatMap(({ deviceID, finds }) => finds.map((finding) => [deviceID, finding]));
      const { exitCode, stdout, stderr } = await check();
      expect(stderr).toBe('');
      const found = JSON.parse(stdout).map(({ deviceID, finding }: Record<string, unknown>) => [deviceID, finding]);
      expect(found).toEqual([...(isEmpty ? [[null, 'GATEWAY_EMPTY']] : []), ...expected]);
      expect(exitCode).toBe(found.length === 0 ? 0 : 8);
    }),
    { numRuns: 20, examples: [[[nothingBrought(dialled), nothingBrought(dialIns), nothingBrought(strangers)]]] },
  );
});

describe('on a gateway that is as the file says', () => {
  test('a table prints nothing at all, JSON an empty list', async () => {
    await bringAbout([{ deviceID: 101, by: ['added'], finds: [] }]);
    write([written(101)]);
    expect(await run(['check', '-f', file], { env })).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(await check()).toEqual({ exitCode: 0, stdout: '[]\n', stderr: '' });
  });

  test('what is ignored is no finding', async () => {
    await gsdk('filter', 'allow-all');
    expect((await check()).exitCode).toBe(8);
    expect((await check('--ignore', 'filter-open,NOT_IN_FILE')).exitCode).toBe(0);
    expect((await check('--ignore', 'open')).exitCode).toBe(2);
  });

  test('a certificate that is soon good no more is a finding, and how soon is said', async () => {
    const ignored = ['--ignore', 'filter-open,not-in-file', '--cert-warn'];
    expect((await check(...ignored, '1d')).exitCode).toBe(0);
    const { exitCode, stdout } = await check(...ignored, '99999d');
    expect(exitCode).toBe(8);
    expect(JSON.parse(stdout)).toMatchObject([
      { deviceID: null, finding: 'CERT_EXPIRING', want: 'good for 99999 days' },
    ]);
  });

  test('--nagios and --prometheus speak for themselves', async () => {
    const ignored = ['--ignore', 'filter-open,not-in-file'];
    const nagios = await run(['check', '-f', file, '--nagios', ...ignored], { env });
    expect(nagios).toMatchObject({ exitCode: 0, stderr: '', stdout: expect.stringMatching(/^GSDK OK - 1 door, all/) });
    const metrics = await run(['check', '-f', file, '--prometheus'], { env });
    expect(metrics).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringContaining('finding="FILTER_OPEN"} 1'),
    });
  });
});

describe('without a gateway', () => {
  const nowhere = { env: { ...env, GSDK_GATEWAY: '127.0.0.1:1' } };

  test('it is 5; for a monitoring system 2; for Prometheus a metric', async () => {
    write([written(101)]);
    expect(await run(['check', '-f', file], nowhere)).toMatchObject({ exitCode: 5, stdout: '' });
    const nagios = await run(['check', '-f', file, '--nagios'], nowhere);
    expect(nagios).toMatchObject({ exitCode: 2, stderr: '', stdout: expect.stringMatching(/^GSDK CRITICAL - /) });
    const metrics = await run(['check', '-f', file, '--prometheus'], nowhere);
    expect(metrics).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('gsdk_gateway_up{gateway="127.0.0.1:1"} 0'),
    });
  });
});

describe('what is refused before anything is asked:', () => {
  test.each([
    ['a file that is not there', ['-f', 'nowhere.csv'], 'cannot read nowhere.csv (ENOENT)'],
    ['an empty one', ['-f', '-'], 'no device in it'],
    ['limits without --nagios', ['-f', '-', '-w', '1'], '-w and -c are limits of --nagios'],
    ['two dialects', ['-f', '-', '--nagios', '--prometheus'], '--nagios beside --prometheus'],
    ['a dialect beside a format', ['-f', '-', '--nagios', '-o', 'csv'], '-o csv beside a form of its own'],
  ])('%s', async (_what, options, message) => {
    const { exitCode, stdout, stderr } = await run(['check', ...options], { env });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('for a monitoring system a wrong file is UNKNOWN', async () => {
    const { exitCode, stdout } = await run(['check', '-f', 'nowhere.csv', '--nagios'], { env });
    expect([exitCode, stdout]).toEqual([3, 'GSDK UNKNOWN - cannot read nowhere.csv (ENOENT)\n']);
  });
});
