import { expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { errorOf } from '../support/failure.ts';
import { gsdk } from '../support/gsdk.ts';

const plain = { deviceID: 544114231, type: 13, IPAddr: '192.168.0.104' };
const second = { deviceID: 846, type: 18, IPAddr: '192.168.0.117' };
const ssl = { deviceID: 540092578, type: 12, IPAddr: '192.168.0.120', useSSL: true };
const off = { deviceID: 939504224, type: 9, IPAddr: '192.168.0.110', answers: false };
const gateway = await emulatedGateway({ fleet: [plain, second, ssl, off] });

/** Runs a write that fails, and reads both its documents. */
async function failingWrite(...args: string[]) {
  const { exitCode, stdout, stderr } = await gsdk([...args, '-o', 'json'], gateway);
  return { exitCode, document: JSON.parse(stdout), error: errorOf(stderr) };
}

const managed = async () => JSON.parse((await gsdk(['device', 'ls', '--json'], gateway)).stdout);
const disconnectAll = () => gsdk(['disconnect', ...[plain, second, ssl].map(({ deviceID }) => `${deviceID}`)], gateway);

test('a device that does not answer: exit 6, the document whole, and the gateway is fine', async () => {
  const { exitCode, document, error } = await failingWrite('connect', '192.168.0.110');
  expect(exitCode).toBe(6);
  expect(error).toMatchObject({ class: 'DEVICE', exitCode: 6, code: 'UNAVAILABLE', stage: 'device', retryable: false });
  expect(error.message).toMatch(
    /^192\.168\.0\.110:51211: Cannot connect to the device: .*i\/o timeout \(the gateway is fine\)$/,
  );
  expect(error.hint).toMatch(/gsdk search/);
  expect(document).toEqual({
    results: [
      {
        deviceID: null,
        address: '192.168.0.110:51211',
        ok: false,
        changed: false,
        outcome: 'not-applied',
        status: null,
        error: { class: 'DEVICE', code: 'UNAVAILABLE', message: error.message, hint: error.hint },
      },
    ],
    summary: { requested: 1, ok: 0, changed: 0, failed: 1, skipped: 0, unknown: 0 },
    changed: false,
    dryRun: false,
    profile: null,
    gateway: gateway.address,
  });
});

test('a device that does not answer, in text: the row, then one line and one hint', async () => {
  const { exitCode, stdout, stderr } = await gsdk(['connect', '192.168.0.110'], gateway);
  expect(exitCode).toBe(6);
  expect(stdout.split('\n')).toHaveLength(3);
  expect(stdout).toMatch(/^ID +ADDRESS +OUTCOME .*\n +192\.168\.0\.110:51211 +not-applied /);
  expect(stderr).toMatch(/^gsdk: 192\.168\.0\.110:51211: .*\(the gateway is fine\)\nhint: [^\n]+\n$/);
});

test.each([
  ['a plain connect to a device with SSL', ['connect', '192.168.0.120'], 'EOF'],
  ['an SSL connect to a device without', ['connect', '--ssl', '192.168.0.104'], 'does not look like a TLS handshake'],
  ['a port at which no device listens', ['connect', '192.168.0.104:51212'], 'connection refused'],
])('%s: exit 6, nothing is connected', async (_, args, reason) => {
  const { exitCode, error } = await failingWrite(...args);
  expect(exitCode).toBe(6);
  expect(error).toMatchObject({ class: 'DEVICE', code: 'UNAVAILABLE', stage: 'device' });
  expect(error.message).toContain(reason);
  expect(error.hint).toContain('--ssl');
  expect(await managed()).toEqual([]);
});

test('some of each: exit 7, results in input order, and what was connected stays so', async () => {
  const addresses = ['192.168.0.110', '192.168.0.117', '192.168.0.120', '192.168.0.104'];
  const { exitCode, document, error } = await failingWrite('connect', ...addresses);
  expect(exitCode).toBe(7);
  expect(
    document.results.map((row: Record<string, unknown>) => [row.address, row.deviceID, row.outcome, row.status]),
  ).toEqual([
    ['192.168.0.110:51211', null, 'not-applied', null],
    ['192.168.0.117:51211', 846, 'applied', 'TCP_CONNECTED'],
    ['192.168.0.120:51211', null, 'not-applied', null],
    ['192.168.0.104:51211', 544114231, 'applied', 'TCP_CONNECTED'],
  ]);
  expect(document.summary).toEqual({ requested: 4, ok: 2, changed: 2, failed: 2, skipped: 0, unknown: 0 });
  expect(error).toMatchObject({ class: 'PARTIAL', exitCode: 7, stage: 'device' });
  expect(error.message).toMatch(/^2 of 4 failed: 192\.168\.0\.110:51211: .*; 192\.168\.0\.120:51211: /);
  expect((await managed()).map(({ deviceID }: { deviceID: number }) => deviceID)).toEqual([846, 544114231]);
  await disconnectAll();
});

test('-o ids of a partial write prints the devices that worked only', async () => {
  const { exitCode, stdout } = await gsdk(['connect', '192.168.0.110', '192.168.0.117', '-o', 'ids'], gateway);
  expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: '846\n' });
  await disconnectAll();
});

test.each([['disconnect'], ['device', 'get']])('%s %s of IDs that are not managed: exit 3', async (...command) => {
  const { exitCode, error } = await failingWrite(...command, '999', '998');
  expect(exitCode).toBe(3);
  expect(error).toMatchObject({ class: 'NOT_FOUND', exitCode: 3, stage: 'gateway' });
  expect(error.message).toBe(
    `2 of 2 failed: 999 is not managed by ${gateway.address}; 998 is not managed by ${gateway.address}`,
  );
});

test('more failures than fit a line are counted', async () => {
  const ids = Array.from({ length: 25 }, (_, index) => `${1000 + index}`);
  const { error, document } = await failingWrite('disconnect', ...ids);
  expect(error.message).toMatch(/^25 of 25 failed: 1000 .*; 1009 is not managed by [^;]+, and 15 more$/);
  expect(document.results).toHaveLength(25);
});

test('ID@ that fits connects; one that does not is a conflict, exit 9, and what was connected is let go again', async () => {
  expect((await gsdk(['connect', '846@192.168.0.117'], gateway)).exitCode).toBe(0);
  const { exitCode, document, error } = await failingWrite('connect', '846@192.168.0.104');
  expect(exitCode).toBe(9);
  expect(error).toMatchObject({ class: 'CONFLICT', exitCode: 9, target: '544114231' });
  expect(error.message).toBe('192.168.0.104:51211 is device 544114231, not 846; it was disconnected again');
  expect(document.results).toMatchObject([{ ok: false, changed: false, outcome: 'not-applied' }]);
  expect((await managed()).map(({ deviceID }: { deviceID: number }) => deviceID)).toEqual([846]);
  await disconnectAll();
});

test('a device that was managed before is not let go for a wrong ID@', async () => {
  await gsdk(['connect', '192.168.0.104'], gateway);
  const { exitCode, error } = await failingWrite('connect', '846@192.168.0.104');
  expect({ exitCode, message: error.message }).toEqual({
    exitCode: 9,
    message: '192.168.0.104:51211 is device 544114231, not 846',
  });
  expect(await managed()).toMatchObject([{ deviceID: 544114231, connected: true }]);
  await disconnectAll();
});

test('connecting twice changes nothing the second time; a disconnected device is not there to disconnect', async () => {
  const first = JSON.parse((await gsdk(['connect', '192.168.0.104', '--json'], gateway)).stdout);
  const again = JSON.parse((await gsdk(['connect', '192.168.0.104', '--json'], gateway)).stdout);
  expect([first.changed, again.changed]).toEqual([true, false]);
  expect((await gsdk(['disconnect', '544114231'], gateway)).exitCode).toBe(0);
  expect((await gsdk(['disconnect', '544114231'], gateway)).exitCode).toBe(3);
});
