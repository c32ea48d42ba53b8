import { beforeEach, expect, test } from 'vitest';
import { manualClock } from '../../src/emulator/index.ts';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { errorOf } from '../support/failure.ts';
import { gsdk, type ProcessOptions } from '../support/gsdk.ts';

const clock = manualClock(1_700_000_000_000);
const gateway = await emulatedGateway({ clock });
const [plain, ssl] = ['544114231@192.168.0.104', '540092578@192.168.0.120'];

const thousand = Array.from({ length: 1000 }, (_, index) => ({
  deviceID: 200_000 - index,
  type: 18,
  IPAddr: `10.1.${index >> 8}.${index & 255}`,
}));
const bigClock = manualClock(1_700_000_000_000);
const big = await emulatedGateway({ clock: bigClock, fleet: thousand });

/** Runs a command for its document, and its error if there is one. */
async function document(args: readonly string[], options: ProcessOptions = gateway) {
  const { exitCode, stdout, stderr } = await gsdk([...args, '--json'], options);
  return { exitCode, ...JSON.parse(stdout), error: stderr ? errorOf(stderr) : undefined };
}
const statuses = async () =>
  (await gsdk(['async', 'ls', '-o', 'csv', '--no-header', '--fields', 'deviceID,status'], gateway)).stdout;

beforeEach(async () => expect((await gsdk(['async', 'rm', '--all'], gateway)).exitCode).toBe(0));

test('an entry is listed at once, is connected once the device has answered, and comes back after a disconnect', async () => {
  const added = await document(['async', 'add', plain, '9@192.168.0.9']);
  expect(added).toMatchObject({
    ...{ exitCode: 0, changed: true, dryRun: false, gateway: gateway.address, error: undefined },
    summary: { requested: 2, ok: 2, changed: 2, failed: 0, skipped: 0, unknown: 0 },
  });
  expect(added.results[0]).toEqual({
    ...{ deviceID: 544114231, address: '192.168.0.104:51211', ok: true, changed: true, outcome: 'applied' },
    ...{ status: expect.stringMatching(/^(DISCONNECTED|TRY_TO_CONNECT)$/), error: null },
  });
  clock.advance(5000);
  expect(await statuses()).toBe('9,TCP_CANNOT_CONNECT\n544114231,TCP_CONNECTED\n');
  expect(await document(['disconnect', '544114231'])).toMatchObject({
    ...{ exitCode: 0, results: [{ comesBack: true, stoppedBy: 'gsdk async rm 544114231' }] },
  });
  clock.advance(30_005);
  expect(await statuses()).toContain('544114231,TCP_CONNECTED\n');
});

test('--ssl connects over TLS; without it such a device does not come up', async () => {
  await gsdk(['async', 'add', '--ssl', ssl], gateway);
  clock.advance(5);
  expect(await statuses()).toBe('540092578,TLS_CONNECTED\n');
  await gsdk(['async', 'add', '--replace', ssl], gateway);
  clock.advance(5);
  expect(await statuses()).toBe('540092578,TCP_CANNOT_CONNECT\n');
});

test('the same entry again: changed false, exit 0; another address: exit 9, and --replace gives it that', async () => {
  await gsdk(['async', 'add', plain], gateway);
  expect(await document(['async', 'add', plain])).toMatchObject({
    exitCode: 0,
    changed: false,
    results: [{ ok: true }],
  });
  const elsewhere = '544114231@192.168.0.105:1';
  expect(await document(['async', 'add', elsewhere])).toMatchObject({
    ...{ exitCode: 9, changed: false, results: [{ ok: false, outcome: 'not-applied' }] },
    error: { class: 'CONFLICT', message: '544114231 is managed at 192.168.0.104:51211', hint: /--replace/ },
  });
  expect((await document(['async', 'ls']))[0]).toMatchObject({ IPAddr: '192.168.0.104', port: 51_211 });
  expect(await document(['async', 'add', '--replace', elsewhere])).toMatchObject({ exitCode: 0, changed: true });
  expect((await document(['async', 'ls']))[0]).toMatchObject({ IPAddr: '192.168.0.105', port: 1 });
});

test('some of each: exit 7, results in input order, -o ids those that are ok', async () => {
  await gsdk(['async', 'add', plain], gateway);
  const words = ['async', 'add', '9@192.168.0.9', '544114231@192.168.0.105', '846@192.168.0.117'];
  const dry = await document([...words, '--dry-run']);
  const { exitCode, results, summary, error } = await document(words);
  expect(exitCode).toBe(7);
  expect(results.map(({ deviceID, ok }: { deviceID: number; ok: boolean }) => [deviceID, ok])).toEqual([
    [9, true],
    [544114231, false],
    [846, true],
  ]);
  expect(summary).toEqual({ requested: 3, ok: 2, changed: 2, failed: 1, skipped: 0, unknown: 0 });
  expect(error).toMatchObject({
    class: 'PARTIAL',
    message: expect.stringMatching(/^1 of 3 failed: 544114231 is managed/),
  });
  expect([dry.exitCode, dry.dryRun, dry.summary]).toEqual([7, true, summary]);
  expect((await gsdk([...words, '-o', 'ids'], gateway)).stdout).toBe('9\n846\n');
});

test('--dry-run lists and sends nothing', async () => {
  const { exitCode, stderr } = await gsdk(['async', 'add', plain, '--dry-run', '-v'], gateway);
  expect({ exitCode, calls: stderr.match(/^\w+/gm) }).toEqual({ exitCode: 0, calls: ['GetDeviceList'] });
  expect(await statuses()).toBe('');
});

test('rm: unknown is 3, or 0 with --if-exists; beside a known one 7; --all leaves none', async () => {
  await gsdk(['async', 'add', plain, '846@192.168.0.117', '9@192.168.0.9'], gateway);
  expect(await document(['async', 'rm', '999'])).toMatchObject({
    exitCode: 3,
    error: { class: 'NOT_FOUND', target: '999' },
  });
  expect(await document(['async', 'rm', '999', '--if-exists'])).toMatchObject({ exitCode: 0, changed: false });
  expect(await document(['async', 'rm', '999', '9'])).toMatchObject({ exitCode: 7, summary: { ok: 1, failed: 1 } });
  const dry = await document(['async', 'rm', '--all', '--dry-run']);
  expect(dry).toMatchObject({ exitCode: 0, dryRun: true, summary: { requested: 2, changed: 2 } });
  expect(await statuses()).not.toBe('');
  expect(await document(['async', 'rm', '--all'])).toMatchObject({ exitCode: 0, summary: { requested: 2, ok: 2 } });
  expect(await document(['async', 'rm', '--all'])).toMatchObject({ exitCode: 0, changed: false, results: [] });
  expect((await gsdk(['device', 'ls', '-o', 'ids'], gateway)).stdout).toBe('');
});

test('a thousand devices in one go: at most six calls, all in input order, and all are up afterwards', async () => {
  const options = { ...big, input: JSON.stringify(thousand) };
  const { exitCode, stdout, stderr } = await gsdk(['async', 'add', '-f', '-', '-o', 'ids', '-v'], options);
  expect(exitCode).toBe(0);
  expect(stdout).toBe(thousand.map(({ deviceID }) => `${deviceID}\n`).join(''));
  const calls = stderr.match(/^\w+(?= \d+ ms OK$)/gm) ?? [];
  expect(calls.filter((rpc) => rpc === 'AddAsyncConnection')).toHaveLength(1);
  expect(calls.length).toBeLessThanOrEqual(6);
  expect(calls).toHaveLength(stderr.trimEnd().split('\n').length);
  bigClock.advance(5);
  const { stdout: up } = await gsdk(['device', 'ls', '--connected', '--async', '-o', 'ids'], big);
  expect(up.trimEnd().split('\n')).toHaveLength(1000);
});
