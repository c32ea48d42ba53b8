import { beforeEach, describe, expect, test, vi } from 'vitest';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

vi.stubEnv('TMPDIR', temporaryFolder());

const forty = Array.from({ length: 40 }, (_, index) => ({
  ...{ deviceID: index + 1, type: 13, IPAddr: `10.0.0.${index + 1}` },
}));
const emulator = await emulatedGateway({ fleet: forty });
const ids = forty.map(({ deviceID }) => String(deviceID));

async function json(words: readonly string[], stdin = '') {
  const { exitCode, stdout, stderr } = await run([...words, '--json'], { env: emulator.env, stdin });
  const error = stderr === '' ? undefined : JSON.parse(stderr).error;
  return { exitCode, error, document: stdout === '' ? undefined : JSON.parse(stdout) };
}
const devices = async () => (await json(['device', 'ls'])).document as Record<string, unknown>[];
const addAsync = async (some: readonly string[]) => {
  await run(['async', 'add', ...some.map((id) => `${id}@10.0.0.${id}`)], { env: emulator.env });
  await expect.poll(async () => (await devices()).filter(({ connected }) => connected)).toHaveLength(some.length);
};

beforeEach(() => {
  for (const device of emulator.world.devices.values()) {
    Object.assign(device, { useSSL: false, connectionMode: 0, answers: true });
  }
  emulator.restartGateway();
});

test('ssl enable --reconnect on forty of which the seventh fails: six seen connected, its batch finished, exit 7', async () => {
  await addAsync(ids);
  emulator.world.device(7).answers = false;
  const { exitCode, document, error } = await json(['ssl', 'enable', ...ids, '--reconnect']);
  expect(exitCode).toBe(7);
  expect(document.summary).toEqual({ requested: 40, ok: 10, changed: 10, failed: 0, skipped: 29, unknown: 1 });
  expect(document.results.slice(0, 6)).toEqual(
    Array.from({ length: 6 }, (_, index) => ({
      ...{ deviceID: index + 1, deviceUseSSL: true, connected: true, ok: true, changed: true },
      ...{ outcome: 'applied', status: 'TLS_CONNECTED', error: null },
    })),
  );
  expect(document.results.slice(7, 11).map(({ status }: { status: string }) => status)).toEqual(
    Array(4).fill('TLS_CONNECTED'),
  );
  expect(error.message).toMatch(/^1 of 40 failed, 29 skipped: 7: /);
  const after = await devices();
  expect(after.slice(11)).toHaveLength(29);
  for (const device of after.slice(11)) expect(device).toMatchObject({ status: 'TCP_CONNECTED', useSSL: false });
  for (const { deviceID } of forty.slice(11)) expect(emulator.world.device(deviceID).useSSL).toBe(false);
});

test('a whole site goes to dial-in and back, and ends as it was', async () => {
  await addAsync(ids);
  const before = await devices();
  expect(await json(['mode', 'set', 'device-to-server', ...ids, '--reconnect'])).toMatchObject({
    exitCode: 0,
    document: { summary: { ok: 40, changed: 40 } },
  });
  for (const device of await devices())
    expect(device).toMatchObject({ connected: true, port: 0, autoReconnect: false });
  const { document: filter } = await json(['filter', 'show']);
  expect(filter).toMatchObject({ allowAll: false, deviceIDs: ids.map(Number) });
  expect(await json(['mode', 'set', 'server-to-device', '-', '--reconnect'], `${ids.join('\n')}\n`)).toMatchObject({
    exitCode: 0,
  });
  expect(await devices()).toEqual(before);
  expect((await json(['filter', 'show'])).document).toMatchObject({ allowAll: false, deviceIDs: [] });
});

describe.each([
  ['ssl enable', ['ssl', 'enable'], '--reconnect'],
  ['mode set', ['mode', 'set', 'device-to-server'], '--reconnect'],
] as const)('%s', (_name, command, flag) => {
  test('does nothing to a device that is neither connected nor on its way, and says why', async () => {
    await addAsync(['1']);
    emulator.unplug(1, 'fin');
    const down = await json([...command, '1', flag]);
    expect(down).toMatchObject({ exitCode: 6, document: { results: [{ ok: false, outcome: 'not-applied' }] } });
    expect(down.error.message).toMatch(/^1 is not connected/);
    expect(await json([...command, '99', flag])).toMatchObject({ exitCode: 3, error: { class: 'NOT_FOUND' } });
    expect((await json(['filter', 'show'])).document.deviceIDs).toEqual([]);
  });

  test('in a dry run reads only, and ends as the real run does', async () => {
    await addAsync(['1']);
    const before = await devices();
    const dry = await run([...command, '1', flag, '--dry-run', '--json', '-v'], { env: emulator.env });
    expect(dry.exitCode).toBe(0);
    expect(JSON.parse(dry.stdout)).toMatchObject({
      dryRun: true,
      results: [{ ok: true, changed: true, outcome: 'not-applied' }],
    });
    for (const [, rpc] of dry.stderr.matchAll(/^(\w+) \d+ ms/gm)) expect(rpc).toMatch(/^(Get|Search)/);
    expect(await devices()).toEqual(before);
    expect(emulator.world.device(1)).toMatchObject({ useSSL: false, connectionMode: 0 });
  });

  test('refuses --timeout without it', async () => {
    expect(await json([...command, '1', '--timeout', '5s'])).toMatchObject({ exitCode: 2 });
  });
});

test('a device that does not come back in time is told with its last state, and the next run goes on', async () => {
  await addAsync(['1']);
  const device = emulator.world.device(1);
  // It is switched, and then takes its time.
  device.handshakeMs = 3_000_000;
  const late = await json(['ssl', 'enable', '1', '--reconnect', '--timeout', '100ms']);
  expect(late).toMatchObject({
    exitCode: 124,
    document: { results: [{ ok: false, outcome: 'unknown', deviceUseSSL: true }] },
  });
  expect(late.error.message).toMatch(/^1 was not seen connected the new way in time; it is TRY_TO_CONNECT now$/);
  device.handshakeMs = 5;
  expect(await json(['ssl', 'enable', '1', '--reconnect'])).toMatchObject({
    exitCode: 0,
    document: { results: [{ ok: true, changed: true, status: 'TLS_CONNECTED' }] },
  });
});

test('an open filter stays open, and keeps its list', async () => {
  await addAsync(['1']);
  await run(['filter', 'allow-all'], { env: emulator.env });
  expect(await json(['mode', 'set', 'device-to-server', '1', '--reconnect'])).toMatchObject({ exitCode: 0 });
  expect(await json(['mode', 'set', 'server-to-device', '1', '--reconnect'])).toMatchObject({ exitCode: 0 });
  expect((await json(['filter', 'show'])).document).toMatchObject({ allowAll: true, deviceIDs: [] });
});
