import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { ConnectionMode } from '../../../src/gen/connect_pb.ts';
import { Type } from '../../../src/gen/device_pb.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const type = Type.BIOSTATION_3;
const gateway = await emulatedGateway({
  fleet: [
    { deviceID: 1, type, IPAddr: '10.0.0.1', useSSL: true, rs485SlaveDeviceIDs: [7] },
    { deviceID: 2, type, IPAddr: '10.0.0.2', connectionMode: ConnectionMode.DEVICE_TO_SERVER },
    { deviceID: 3, type, IPAddr: '10.0.0.3' },
  ],
});
const { env } = gateway;
const gsdk = (...argv: string[]) => run(argv, { env });
const site = JSON.stringify([
  { deviceID: 1, name: '=1+1', IPAddr: '10.0.0.1', useSSL: true, rs485SlaveDeviceIDs: [7] },
  { deviceID: 2, name: '로비, left', connectionMode: 'DEVICE_TO_SERVER' },
]);

let path: string;
beforeEach(async () => {
  path = join(temporaryFolder(), 'site.csv');
  gateway.restartGateway(false);
  const applied = await run(['apply', '-f', '-', '--wait'], { env, stdin: site });
  expect(applied).toMatchObject({ exitCode: 0, stderr: '' });
});

test('without a file it is JSON, unless another format is asked for', async () => {
  const { exitCode, stdout, stderr } = await gsdk('export');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual([
    {
      ...{ deviceID: 1, name: '', connectionMode: 'SERVER_TO_DEVICE', IPAddr: '10.0.0.1', port: 51_211, useSSL: true },
      ...{ rs485SlaveDeviceIDs: [7], wiegandSlaveDeviceIDs: [] },
    },
    {
      ...{ deviceID: 2, name: '', connectionMode: 'DEVICE_TO_SERVER', IPAddr: '10.0.0.2', port: 0, useSSL: false },
      ...{ rs485SlaveDeviceIDs: [], wiegandSlaveDeviceIDs: [] },
    },
  ]);
  expect((await gsdk('export', '-o', 'ids')).stdout).toBe('1\n2\n');
  expect((await gsdk('export', '-o', 'table')).stdout).toMatch(/^ID {2}NAME/);
});

test.each(['site.csv', 'site.json', 'site.ndjson'])(
  'what is written to %s is what check and apply take; nothing is printed, and it is its owner’s alone',
  async (name) => {
    path = join(temporaryFolder(), name);
    expect(await gsdk('export', '--out', path)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(await gsdk('check', '-f', path)).toMatchObject({ exitCode: 0 });
    gateway.restartGateway(false);
    expect((await gsdk('check', '-f', path)).exitCode).toBe(8);
    expect((await gsdk('apply', '-f', path, '--wait')).exitCode).toBe(0);
    expect((await gsdk('check', '-f', path)).exitCode).toBe(0);
  },
);

test('names of the file that is there are kept, however often it is written', async () => {
  writeFileSync(path, site);
  await gsdk('export', '--out', path);
  const once = readFileSync(path, 'utf8');
  expect(once).toContain("'=1+1");
  expect(once).toContain('"로비, left"');
  await gsdk('export', '--out', path);
  expect(readFileSync(path, 'utf8')).toBe(once);
});

describe('a list that is there is not lost', () => {
  test('after a restart: a gateway that is empty, or on its way back, writes nothing', async () => {
    await gsdk('export', '--out', path);
    const before = readFileSync(path, 'utf8');
    gateway.restartGateway(false);
    const { exitCode, stderr } = await gsdk('export', '--out', path);
    expect(exitCode).toBe(9);
    expect(stderr).toContain('would lose 2 of 2 doors (1, 2); it is left as it is');
    await gsdk('async', 'add', '--ssl', '1@10.0.0.1', '--wait');
    await gsdk('filter', 'add', '2', '--wait');
    // All doors are back, and the slaves are not.
    expect(await gsdk('export', '--out', path)).toMatchObject({
      exitCode: 9,
      stderr: expect.stringContaining('slaves of 1'),
    });
    expect(readFileSync(path, 'utf8')).toBe(before);
    await gsdk('apply', '-f', path);
    expect((await gsdk('export', '--out', path)).exitCode).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe(before);
  });

  test('unless that is meant', async () => {
    await gsdk('export', '--out', path);
    await gsdk('async', 'rm', '1');
    expect((await gsdk('export', '--out', path, '--allow-shrink')).exitCode).toBe(0);
    expect(readFileSync(path, 'utf8')).not.toContain('10.0.0.1');
  });

  test('nor replaced where it is something else', async () => {
    writeFileSync(path, 'not a site file\nat all\n');
    expect((await gsdk('export', '--out', path)).exitCode).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe('not a site file\nat all\n');
  });
});

test('a synchronous connection is left out with a warning', async () => {
  await gsdk('connect', '10.0.0.3');
  const { exitCode, stdout, stderr } = await gsdk('export', '-o', 'ids');
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '1\n2\n' });
  expect(stderr).toContain('left out: 3; to keep them: gsdk async add');
});

test.each([
  [['--allow-shrink'], '--allow-shrink without --out'],
  [['--out', '-'], '--out - is no file'],
  [['--out', '/dev/null'], 'cannot write /dev/null (EINVAL)'],
  [['--out', 'x.csv', '-o', 'tsv'], '-o tsv is no form of a site file'],
  [['--out', '/nowhere/x.csv'], 'cannot write /nowhere/x.csv (ENOENT)'],
])('%j is refused', async (options, message) => {
  const { exitCode, stdout, stderr } = await gsdk('export', ...options);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(message);
  expect(existsSync('x.csv')).toBe(false);
});
