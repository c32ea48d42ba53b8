import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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
const records = [
  { deviceID: 1, name: 'Front', IPAddr: '10.0.0.1', useSSL: true, rs485SlaveDeviceIDs: [7] },
  { deviceID: 2, name: 'Back', connectionMode: 'DEVICE_TO_SERVER' },
  { deviceID: 3, name: 'Lab', IPAddr: '10.0.0.3' },
];
let [site, holds] = ['', ''];
const gsdk = (line: string, ...others: string[]) => run([...line.split(' '), ...others], { env });
const check = async () => {
  const { stdout } = await gsdk('check --json -f', site, '--holds', holds);
  return JSON.parse(stdout).map(({ deviceID, finding }: Record<string, unknown>) => [deviceID, finding]);
};
const inFile = () => JSON.parse(readFileSync(holds, 'utf8')) as Record<string, unknown>[];
const idsIn = () => inFile().map(({ deviceID }) => deviceID);

beforeEach(async () => {
  const folder = temporaryFolder();
  [site, holds] = [join(folder, 'site.json'), join(folder, 'holds.json')];
  writeFileSync(site, JSON.stringify(records));
  gateway.restartGateway(false);
  expect(await gsdk('apply --wait -f', site)).toMatchObject({ exitCode: 0, stderr: '' });
});
afterEach(() => void vi.useRealTimers());
const later = (milliseconds: number) => vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });

test('a door that is held goes, with its way in, and how it was is written down for its owner alone', async () => {
  const { exitCode, stdout } = await gsdk('disconnect 1 2 --hold 1h --json --holds', holds);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    summary: { requested: 2, ok: 2, changed: 2 },
    results: [
      {
        deviceID: 1,
        ok: true,
        comesBack: false,
        stoppedBy: null,
        heldUntil: expect.stringMatching(/Z$/),
        status: null,
      },
      { deviceID: 2, ok: true, comesBack: false },
    ],
  });
  expect(statSync(holds).mode & 0o777).toBe(0o600);
  expect(inFile()).toMatchObject([
    { deviceID: 1, connectionMode: 'SERVER_TO_DEVICE', IPAddr: '10.0.0.1', useSSL: true, rs485SlaveDeviceIDs: [7] },
    { deviceID: 2, connectionMode: 'DEVICE_TO_SERVER' },
  ]);
  expect((await gsdk('device ls -o ids')).stdout).toBe('3\n');
  expect(JSON.parse((await gsdk('filter show --json')).stdout).deviceIDs).toEqual([]);
});

describe('while a door is held', () => {
  beforeEach(() => gsdk('disconnect 1 2 --hold 1h --holds', holds));

  test('check and apply leave it alone, also with --prune', async () => {
    expect(await check()).toEqual([]);
    const applied = await gsdk('apply --wait --prune --json -f', site, '--holds', holds);
    expect(JSON.parse(applied.stdout)).toMatchObject({ changed: false, results: [{ deviceID: 3 }] });
    expect((await gsdk('device ls -o ids')).stdout).toBe('3\n');
  });

  test('export --holds keeps it in the file, and without it the file is left as it is', async () => {
    const before = readFileSync(site, 'utf8');
    const refused = await gsdk('export --out', site);
    expect(refused).toMatchObject({ exitCode: 9, stderr: expect.stringContaining('--holds FILE') });
    expect(readFileSync(site, 'utf8')).toBe(before);
    expect((await gsdk('export --holds', holds, '--out', site)).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(site, 'utf8'))).toMatchObject(records);
    expect(await check()).toEqual([]);
  });

  test('it may be held longer, and stays written down as it was', async () => {
    const [before] = inFile();
    const again = await gsdk('disconnect 1 --hold 2h --json --holds', holds);
    expect(again.exitCode).toBe(0);
    expect(JSON.parse(again.stdout)).toMatchObject({ changed: false, summary: { ok: 1 } });
    const [after] = inFile();
    expect(after).toEqual({ ...before, heldUntil: after?.heldUntil });
    expect(Date.parse(String(after?.heldUntil))).toBeGreaterThan(Date.parse(String(before?.heldUntil)) + 3_000_000);
  });

  test('release puts it back before its time, slaves included, and the hold goes', async () => {
    const { exitCode, stdout } = await gsdk('release 1 --wait --json --holds', holds);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).results).toMatchObject([{ deviceID: 1, actions: ['async-add', 'slave-add'], ok: true }]);
    expect(idsIn()).toEqual([2]);
    expect(await check()).toEqual([]);
    expect(JSON.parse((await gsdk('slave ls 1 --json')).stdout)[0].rs485SlaveDeviceIDs).toEqual([7]);
  });

  test('when its time is over, check says so, and apply puts it back', async () => {
    later(3_600_000);
    expect(await check()).toEqual([
      [1, 'HOLD_EXPIRED'],
      [2, 'HOLD_EXPIRED'],
    ]);
    vi.useRealTimers();
    const soon = inFile().map((hold) => ({ ...hold, heldUntil: '2020-01-01T00:00:00Z' }));
    writeFileSync(holds, JSON.stringify(soon));
    const applied = await gsdk('apply --wait --json -f', site, '--holds', holds);
    expect(applied).toMatchObject({ exitCode: 0, stderr: '' });
    expect(inFile()).toEqual([]);
    expect(await check()).toEqual([]);
  });

  test('a door that does not come back stays held', async () => {
    gateway.unplug(1, 'fin');
    const { exitCode } = await gsdk('release --all --wait --timeout 500ms --holds', holds);
    gateway.plug(1);
    expect(exitCode).toBe(7);
    expect(idsIn()).toEqual([1]);
  });

  test('release --due finds nobody whose time is not over; --all finds everybody', async () => {
    expect((await gsdk('release --due --fail-if-empty --holds', holds)).exitCode).toBe(8);
    expect((await gsdk('release --all --dry-run -o ids --holds', holds)).stdout).toBe('1\n2\n');
    expect(idsIn()).toEqual([1, 2]);
  });
});

describe('what is not held', () => {
  test('a dry run takes nothing out, and writes nothing down', async () => {
    const before = gateway.journal.seq;
    const { exitCode, stdout } = await gsdk('disconnect 1 2 --hold 1h --dry-run --json --holds', holds);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ dryRun: true, summary: { changed: 2 } });
    expect([existsSync(holds), gateway.journal.seq]).toEqual([false, before]);
  });

  test('a device that is not managed, and one with a synchronous connection', async () => {
    await gsdk('async rm 3');
    await gsdk('connect 10.0.0.3');
    const { exitCode, stdout } = await gsdk('disconnect 3 9 --hold 1h --json --holds', holds);
    expect(exitCode).toBe(6);
    expect(JSON.parse(stdout).results).toMatchObject([
      { error: { class: 'CONFLICT' } },
      { error: { class: 'NOT_FOUND' } },
    ]);
    expect((await gsdk('device get 3 --json')).stdout).toContain('TCP_CONNECTED');
  });

  test('a device that an open filter would let in again', async () => {
    await gsdk('filter allow-all');
    const { exitCode, stderr } = await gsdk('disconnect 2 --hold 1h --holds', holds);
    expect(exitCode).toBe(9);
    expect(stderr).toContain('gsdk filter listed-only --keep-connected');
    expect((await gsdk('device get 2 --json')).stdout).toContain('TCP_CONNECTED');
  });

  test('anything, if it cannot be written down', async () => {
    const { exitCode, stdout } = await gsdk('disconnect 1 --hold 1h --holds', '/nowhere/holds.json');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect((await gsdk('device get 1 --json')).stdout).toContain('TLS_CONNECTED');
  });
});

test.each([
  ['disconnect 1 --hold 1h', '--hold and --holds need each other'],
  ['disconnect 1 --holds x.json', '--hold and --holds need each other'],
  ['release --all --due --holds x.json', 'device IDs, --all and --due exclude each other'],
  ['release --holds x.json', 'no device ID given'],
])('%s is refused', async (line, message) => {
  const { exitCode, stderr } = await gsdk(line);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(message);
});

test('a file that is none of holds is refused with its place, and stays', async () => {
  writeFileSync(holds, JSON.stringify([records[0]]));
  const { exitCode, stderr } = await gsdk('disconnect 3 --hold 1h --holds', holds);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('holds.json, record 1: expected a time as heldSince');
  expect(await gsdk('release 9 --holds', join(temporaryFolder(), 'none.json'))).toMatchObject({ exitCode: 3 });
});
