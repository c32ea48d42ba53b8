import { beforeEach, describe, expect, test } from 'vitest';
import { manualClock } from '../../../src/emulator/index.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';

const fleet = [
  { deviceID: 1, type: 13, IPAddr: '10.0.0.1', rs485SlaveDeviceIDs: [11, 12, 13], wiegandSlaveDeviceIDs: [21] },
  { deviceID: 2, type: 13, IPAddr: '10.0.0.2', rs485SlaveDeviceIDs: [31] },
  { deviceID: 3, type: 13, IPAddr: '10.0.0.3', rs485SlaveDeviceIDs: [41], answers: false },
];
const replacing = await emulatedGateway({ clock: manualClock(1_700_000_000_000), fleet });
const merging = await emulatedGateway({
  ...{ clock: manualClock(1_700_000_000_000), fleet },
  assumptions: { setSlaves: 'merges' },
});

describe.each([
  ['replaces', replacing],
  ['merges', merging],
])('on a gateway where SetSlaveDevice %s', (_how, { env }) => {
  const gsdk = (argv: string, stdin = '') => run(argv.split(' '), { env, stdin });
  const json = async (argv: string, stdin = '') => {
    const { exitCode, stdout, stderr } = await gsdk(`${argv} --json`, stdin);
    const error = stderr === '' ? undefined : JSON.parse(stderr).error;
    return { exitCode, error, document: stdout === '' ? undefined : JSON.parse(stdout) };
  };
  const slaves = async () =>
    (await gsdk('slave ls -o tsv --no-header')).stdout
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('\t'));

  beforeEach(async () => {
    await gsdk('connect 10.0.0.1 10.0.0.2');
    await gsdk('async add 3@10.0.0.3');
    for (const parent of [1, 2]) await gsdk(`slave rm ${parent} --all`);
    expect((await gsdk('slave add 1 11 12')).exitCode).toBe(0);
    expect((await gsdk('slave add 2 31')).exitCode).toBe(0);
  });

  test('add keeps what is there, of this parent and of the others', async () => {
    const { exitCode, document } = await json('slave add 1 21 --wiegand');
    expect({ exitCode, ...document }).toMatchObject({
      ...{ exitCode: 0, changed: true, dryRun: false, summary: { requested: 1, ok: 1, changed: 1 } },
      results: [
        {
          ...{ deviceID: 1, rs485SlaveDeviceIDs: [11, 12], wiegandSlaveDeviceIDs: [21] },
          ...{ ok: true, changed: true, outcome: 'applied', status: 'TCP_CONNECTED', error: null },
        },
      ],
    });
    expect(await slaves()).toEqual([
      ['1', '11 12', '21'],
      ['2', '31', ''],
    ]);
  });

  test('the same again changes nothing, and nothing is sent', async () => {
    const { stderr, stdout } = await gsdk('slave add 1 12 11 -v --json');
    expect(JSON.parse(stdout)).toMatchObject({ changed: false, results: [{ ok: true, outcome: 'applied' }] });
    expect(stderr).not.toContain('SetSlaveDevice');
  });

  test('rm takes some or all away; what is not there is 3, or 0 with --if-exists', async () => {
    expect(await json('slave rm 1 12')).toMatchObject({ exitCode: 0, document: { changed: true } });
    expect(await slaves()).toEqual([
      ['1', '11', ''],
      ['2', '31', ''],
    ]);
    expect(await json('slave rm 1 12')).toMatchObject({ exitCode: 3, error: { message: '1 has no slave 12' } });
    expect(await json('slave rm 1 12 --if-exists')).toMatchObject({ exitCode: 0, document: { changed: false } });
    expect(await json('slave rm 1 --all')).toMatchObject({ exitCode: 0, document: { changed: true } });
    expect(await slaves()).toEqual([['2', '31', '']]);
  });

  test.each([
    ['JSON', '[{"deviceID":1,"rs485SlaveDeviceIDs":[13],"wiegandSlaveDeviceIDs":[21]}]'],
    ['CSV', '\uFEFFdeviceID,rs485SlaveDeviceIDs,wiegandSlaveDeviceIDs\r\n1,13,21\r\n'],
  ])('set gives a parent its whole lists, and leaves other parents alone: %s', async (_form, input) => {
    expect(await json('slave set -f -', input)).toMatchObject({ exitCode: 0, document: { changed: true } });
    expect(await slaves()).toEqual([
      ['1', '13', '21'],
      ['2', '31', ''],
    ]);
  });

  test('set leaves a list alone that the record does not have, and takes away what it has empty', async () => {
    await gsdk('slave add 1 21 --wiegand');
    expect(await json('slave set -f -', '{"deviceID":1,"rs485SlaveDeviceIDs":[]}')).toMatchObject({ exitCode: 0 });
    expect((await slaves())[0]).toEqual(['1', '', '21']);
  });

  test('what ls prints is what set takes: nothing changes', async () => {
    const { stdout } = await gsdk('slave ls --json');
    expect(await json('slave set -f -', stdout)).toMatchObject({ exitCode: 0, document: { changed: false } });
  });

  test('a dry run sends nothing and ends as the real run does', async () => {
    const input = '[{"deviceID":1,"rs485SlaveDeviceIDs":[13]},{"deviceID":99,"rs485SlaveDeviceIDs":[13]}]';
    const dry = await json('slave set -f - --dry-run', input);
    expect(dry).toMatchObject({
      exitCode: 7,
      document: { dryRun: true, results: [{ ok: true, changed: true, outcome: 'not-applied' }, {}] },
    });
    expect((await slaves())[0]).toEqual(['1', '11 12', '']);
    expect(await json('slave set -f -', input)).toMatchObject({
      exitCode: 7,
      document: { summary: { ok: 1, failed: 1 } },
    });
  });

  test('a slave that is not registered with its parent: exit 6, and all is as it was', async () => {
    expect(await json('slave add 1 77')).toMatchObject({
      exitCode: 6,
      error: { class: 'DEVICE', message: expect.stringContaining('slave 77 is not registered on 1') },
      document: { results: [{ ok: false, outcome: 'not-applied', rs485SlaveDeviceIDs: [11, 12] }] },
    });
    expect(await slaves()).toHaveLength(2);
  });

  test('a parent that is not managed is 3, one that is not connected 6, and neither is sent', async () => {
    expect(await json('slave add 99 11')).toMatchObject({ exitCode: 3, error: { class: 'NOT_FOUND' } });
    expect(await json('slave add 3 41')).toMatchObject({
      exitCode: 6,
      error: { message: expect.stringMatching(/^3 is not connected/) },
    });
    const { stderr } = await gsdk('slave add 3 41 -v');
    expect(stderr).not.toContain('SetSlaveDevice');
  });

  test('ls of a parent without slaves is a row, of one that is not managed 3; beside another 7', async () => {
    expect(await json('slave ls 3')).toMatchObject({
      exitCode: 0,
      document: [{ deviceID: 3, rs485SlaveDeviceIDs: [] }],
    });
    expect(await json('slave ls 99')).toMatchObject({ exitCode: 3, document: [] });
    expect(await json('slave ls 99 1')).toMatchObject({ exitCode: 7, document: [{ deviceID: 1 }] });
  });
});

test.each([
  ['an empty file', 'slave set -f -', '', /no parent in it/],
  ['an empty array', 'slave set -f -', '[]', /no parent in it/],
  ['no file', 'slave set', '', /--file/],
  ['a record without lists', 'slave set -f -', '{"deviceID":1}', /record 1: expected rs485SlaveDeviceIDs or wiegand/],
  [
    'a parent twice',
    'slave set -f -',
    '{"deviceID":1,"rs485SlaveDeviceIDs":[1]}\n{"deviceID":1,"rs485SlaveDeviceIDs":[2]}',
    /line 2: parent 1 was given before/,
  ],
  ['a slave that is none', 'slave set -f -', '{"deviceID":1,"rs485SlaveDeviceIDs":["x"]}', /expected device IDs/],
  ['an unknown key', 'slave set -f -', '{"deviceID":1,"slaves":[1]}', /unknown field "slaves"/],
  ['a parent that is none', 'slave add x 1', '', /expected a device ID/],
  ['no slave', 'slave add 1', '', /no device ID/],
  ['--all beside slaves', 'slave rm 1 2 --all', '', /--all beside/],
])('%s is exit 2, and nothing is sent', async (_what, argv, stdin, says) => {
  const { exitCode, stderr } = await run([...argv.split(' '), '-v'], { env: replacing.env, stdin });
  expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(says) });
  expect(stderr).not.toContain(' ms ');
});
