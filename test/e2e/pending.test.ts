import { beforeEach, describe, expect, test } from 'vitest';
import { manualClock } from '../../src/emulator/index.ts';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { errorOf } from '../support/failure.ts';
import { gsdk, type ProcessOptions, shell } from '../support/gsdk.ts';
import { writtenFile } from '../support/temporary-folder.ts';

const dialIn = { type: 9, connectionMode: 1 };
const clock = manualClock(1_584_826_860_000);
const gateway = await emulatedGateway({
  clock,
  fleet: [7, 8, 9].map((deviceID) => ({ deviceID, IPAddr: `192.168.0.${deviceID}`, ...dialIn })),
});
const allowed = writtenFile('allowed doors.txt', '\ufeff9 # gate\r\n\r\n# lobby\r\n7\r\n846\r\n');
const tutorial = await emulatedGateway();

async function document(args: readonly string[], options: ProcessOptions = gateway) {
  const { exitCode, stdout, stderr } = await gsdk([...args, '--json'], options);
  return { exitCode, ...(stdout ? JSON.parse(stdout) : {}), error: stderr ? errorOf(stderr) : undefined };
}
const listed = async () => (await document(['filter', 'show'])).deviceIDs;

/** The results in short: `7 applied true`. */
const inShort = ({ results }: { results: { deviceID: number; outcome: string; changed: boolean }[] }) =>
  results.map(({ deviceID, outcome, changed }) => `${deviceID} ${outcome} ${changed}`);

describe('three devices are pending', () => {
  beforeEach(async () => {
    expect((await gsdk(['filter', 'disallow-all'], gateway)).exitCode).toBe(0);
    expect((await gsdk(['pending', 'ls', '-o', 'ids'], gateway)).stdout).toBe('7\n8\n9\n');
  });

  test('ls tells when each dialled last, in RFC 3339', async () => {
    const { stdout } = await gsdk(['pending', 'ls', '--json'], gateway);
    expect(JSON.parse(stdout)[0]).toEqual({
      ...{ deviceID: 7, type: 'BIOSTATION_A2', IPAddr: '192.168.0.7' },
      ...{ lastTry: 1_584_826_860, lastTryTime: '2020-03-21T21:41:00Z' },
    });
  });

  test('accept puts those that are named into the filter; the second time changes nothing', async () => {
    const first = await document(['pending', 'accept', '9', '7']);
    expect(first).toMatchObject({ exitCode: 0, changed: true, dryRun: false, error: undefined });
    expect(inShort(first)).toEqual(['9 applied true', '7 applied true']);
    expect(await listed()).toEqual([9, 7]);
    const again = await document(['pending', 'accept', '7']);
    expect(inShort(again)).toEqual(['7 applied false']);
    expect(again.exitCode).toBe(0);
  });

  test('one that is not pending: exit 3, beside others 7, and those are accepted', async () => {
    expect(await document(['pending', 'accept', '846'])).toMatchObject({
      ...{ exitCode: 3, changed: false, error: { class: 'NOT_FOUND', message: '846 is not pending' } },
    });
    expect(await document(['pending', 'accept', '846', '8'])).toMatchObject({
      ...{ exitCode: 7, summary: { requested: 2, ok: 1, failed: 1 } },
    });
    expect(await listed()).toEqual([8]);
  });

  test('--only accepts those that are on the list, and skips the rest', async () => {
    const dry = await document(['pending', 'accept', '--only', `@${allowed}`, '--dry-run']);
    expect(inShort(dry)).toEqual(['7 not-applied true', '8 skipped false', '9 not-applied true']);
    expect(await listed()).toEqual([]);
    const real = await document(['pending', 'accept', '--only', `@${allowed}`]);
    expect(inShort(real)).toEqual(['7 applied true', '8 skipped false', '9 applied true']);
    expect(real).toMatchObject({ exitCode: 0, summary: { requested: 3, ok: 2, skipped: 1, failed: 0 } });
    expect(await listed()).toEqual([7, 9]);
  });

  test('the IDs of ls are input of filter add', async () => {
    const { exitCode, stdout } = await shell('gsdk pending ls -o ids | gsdk filter add - -o ids', gateway);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '7\n8\n9\n' });
  });
});

test('the way of a device: pending, accepted, connected at its next dial, and not to be shut out by mistake', async () => {
  const id = '939342898';
  expect((await gsdk(['device', 'exists', id], tutorial)).exitCode).toBe(8);
  expect((await gsdk(['pending', 'ls', '-o', 'ids'], tutorial)).stdout).toBe(`${id}\n`);
  expect((await gsdk(['pending', 'accept', id], tutorial)).exitCode).toBe(0);
  // Its next dial is 24 s of emulated time away at the most, a thousandth of that here.
  const connected = () =>
    gsdk(['device', 'ls', '--connected', '--json'], tutorial).then(({ stdout }) => JSON.parse(stdout));
  await expect
    .poll(connected, { timeout: 10_000 })
    .toMatchObject([
      { deviceID: Number(id), connectionMode: 'DEVICE_TO_SERVER', port: 0, status: 'TLS_CONNECTED', connected: true },
    ]);
  expect((await gsdk(['pending', 'ls', '--json'], tutorial)).stdout).toBe('[]\n');

  const refused = await document(['filter', 'rm', id], tutorial);
  expect(refused).toMatchObject({ exitCode: 9, error: { class: 'CONFLICT', lockedOut: [Number(id)] } });
  expect(refused.results).toBeUndefined();
  expect((await gsdk(['filter', 'check', id], tutorial)).exitCode).toBe(0);

  expect(await document(['disconnect', id], tutorial)).toMatchObject({
    results: [{ comesBack: true, stoppedBy: `gsdk filter rm ${id} --max-lockout 1` }],
  });
  await expect.poll(connected, { timeout: 10_000 }).toHaveLength(1);
  expect((await gsdk(['filter', 'rm', id, '--max-lockout', '1'], tutorial)).exitCode).toBe(0);
  expect((await gsdk(['disconnect', id], tutorial)).exitCode).toBe(0);
  const pending = () => gsdk(['pending', 'ls', '-o', 'ids'], tutorial).then(({ stdout }) => stdout);
  await expect.poll(pending, { timeout: 10_000 }).toBe(`${id}\n`);
});
