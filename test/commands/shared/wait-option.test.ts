import { beforeEach, describe, expect, test, vi } from 'vitest';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

vi.stubEnv('TMPDIR', temporaryFolder());

/** Devices from 200000 downwards, so that input order is not that of the IDs. */
const thousand = Array.from({ length: 1000 }, (_, index) => ({
  ...{ deviceID: 200_000 - index, type: 18, IPAddr: `10.1.${index >> 8}.${index & 255}` },
  ...(index % 200 === 7 && { answers: false }),
}));
const big = await emulatedGateway({ fleet: thousand });
const dialling = { type: 13, connectionMode: 1 };
const site = await emulatedGateway({
  fleet: [
    { deviceID: 1, IPAddr: '10.0.0.1', ...dialling },
    { deviceID: 2, IPAddr: '10.0.0.2', ...dialling },
    { deviceID: 3, type: 13, IPAddr: '10.0.0.3', rs485SlaveDeviceIDs: [31] },
  ],
});
beforeEach(() => site.restartGateway());

async function json(argv: string, { env } = site, stdin = '') {
  const { exitCode, stdout, stderr } = await run([...argv.split(' '), '--json'], { env, stdin });
  const error = stderr.includes('{"error"') ? JSON.parse(stderr.slice(stderr.indexOf('{"error"'))).error : undefined;
  return { exitCode, error, stderr, document: stdout === '' ? undefined : JSON.parse(stdout) };
}

test('a thousand in one async add --wait, five out of reach: exit 7, 995 and 5, in input order, few calls', async () => {
  const records = JSON.stringify(thousand.map(({ answers: _, ...record }) => record));
  const words = ['async', 'add', '-f', '-', '--wait', '--timeout', '3s', '--json', '-v'];
  const { exitCode, stdout, stderr } = await run(words, { env: big.env, stdin: records });
  expect(exitCode).toBe(7);
  const { results, summary } = JSON.parse(stdout);
  expect(summary).toEqual({ requested: 1000, ok: 995, changed: 1000, failed: 5, skipped: 0, unknown: 0 });
  expect(results.map(({ deviceID }: { deviceID: number }) => deviceID)).toEqual(
    thousand.map(({ deviceID }) => deviceID),
  );
  const late = results.filter(({ ok }: { ok: boolean }) => !ok);
  expect(late.map(({ deviceID }: { deviceID: number }) => deviceID)).toEqual(
    thousand.filter(({ answers }) => answers === false).map(({ deviceID }) => deviceID),
  );
  for (const result of late)
    expect(result).toMatchObject({ changed: true, outcome: 'applied', error: { class: 'TIMEOUT' } });
  const calls = [...stderr.matchAll(/^(\w+) \d+ ms OK$/gm)].map(([, rpc]) => rpc);
  expect(calls.slice(0, 3)).toEqual(['GetDeviceList', 'AddAsyncConnection', 'GetDeviceList']);
  expect(calls.slice(3).sort()).toEqual(['GetDeviceList', 'SubscribeStatus']);
}, 20_000);

test('async add --wait is ok once the device is connected; out of reach alone it is 124, and the entry stays', async () => {
  expect(await json('async add 3@10.0.0.3 --wait')).toMatchObject({
    ...{ exitCode: 0, error: undefined },
    document: { results: [{ ok: true, changed: true, outcome: 'applied', status: 'TCP_CONNECTED' }] },
  });
  const late = await json('async add 9@10.0.0.9 --wait --timeout 200ms');
  expect(late).toMatchObject({
    exitCode: 124,
    document: { results: [{ ok: false, changed: true, outcome: 'applied' }] },
  });
  expect(late.error.message).toMatch(/^9 was not connected in time; it is \w+ now$/);
  expect((await json('async ls')).document).toHaveLength(2);
});

test('an entry that is there already is waited for too', async () => {
  await json('async add 9@10.0.0.9');
  expect(await json('async add 9@10.0.0.9 --wait --timeout 100ms')).toMatchObject({
    exitCode: 124,
    document: { changed: false },
  });
});

describe.each([['filter add'], ['pending accept']])('%s --wait', (command) => {
  beforeEach(() => expect.poll(async () => (await json('pending ls')).document).toHaveLength(2));

  test('is ok once the device has dialled in', async () => {
    expect(await json(`${command} 1 2 --wait`)).toMatchObject({
      ...{ exitCode: 0, error: undefined },
      document: {
        results: [
          { deviceID: 1, ok: true, status: 'TCP_CONNECTED' },
          { deviceID: 2, ok: true },
        ],
      },
    });
  });

  test('in a dry run waits for nobody', async () => {
    const { exitCode, document } = await json(`${command} 1 --wait --dry-run`);
    expect({ exitCode, document }).toMatchObject({
      exitCode: 0,
      document: { dryRun: true, results: [{ status: null }] },
    });
  });
});

test('filter add --wait of one that does not come: 124, beside one that does 7; the filter is changed', async () => {
  const { exitCode, document } = await json('filter add 1 77 --wait --timeout 500ms');
  expect({ exitCode, document }).toMatchObject({
    exitCode: 7,
    document: { changed: true, summary: { ok: 1, failed: 1 }, after: { deviceIDs: [1, 77] } },
  });
});

test.each(['async add 3@10.0.0.3', 'filter add 1', 'pending accept 1'])(
  '%s --timeout without --wait is exit 2',
  async (argv) => {
    expect(await json(`${argv} --timeout 5s`)).toMatchObject({ exitCode: 2 });
  },
);

test('async rm names the slaves that the gateway may forget, and says nothing where there are none', async () => {
  await json('async add 3@10.0.0.3 --wait');
  await json('slave add 3 31');
  const dry = await json('async rm 3 --dry-run');
  expect(dry.stderr).toMatch(/^gsdk: warning: the gateway may forget the slaves of 3 \(31\); .*gsdk slave add\n$/);
  expect((await json('async rm --all')).stderr).toContain('slaves of 3 (31)');
  await json('async add 3@10.0.0.3 --wait');
  expect(await json('async rm 3')).toMatchObject({ exitCode: 0, stderr: '' });
});
