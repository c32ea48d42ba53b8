import { beforeEach, describe, expect, test, vi } from 'vitest';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { foreignGateway, multiRefusal } from '../../support/foreign-gateway.ts';
import { run } from '../../support/host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

vi.stubEnv('TMPDIR', temporaryFolder());

const forty = Array.from({ length: 40 }, (_, index) => ({
  ...{ deviceID: index + 1, type: 13, IPAddr: `10.0.0.${index + 1}` },
}));
const ids = forty.map(({ deviceID }) => deviceID);
const emulator = await emulatedGateway({ fleet: forty });
const surviving = await emulatedGateway({
  fleet: forty,
  assumptions: { sslChangeEndsSession: false, modeChangeEndsSession: false },
});

interface Target {
  env: Record<string, string>;
}
async function json(words: readonly string[], { env }: Target = emulator, stdin = '') {
  const { exitCode, stdout, stderr } = await run([...words, '--json'], { env, stdin });
  // A warning may come before it.
  const [, line] = /(\{"error".*)\n$/.exec(stderr) ?? [];
  const error = line === undefined ? undefined : JSON.parse(line).error;
  return { exitCode, error, document: stdout === '' ? undefined : JSON.parse(stdout) };
}
const connect = (some: readonly number[], target: Target = emulator) =>
  run(['connect', ...some.map((id) => `10.0.0.${id}`)], { env: target.env });
const words = (some: readonly number[]) => some.map(String);
const own = (id: number, { world } = emulator) => world.device(id);
const outcomes = (document: { results: { outcome: string }[] }) => document.results.map(({ outcome }) => outcome);

beforeEach(() => {
  for (const { world, restartGateway } of [emulator, surviving]) {
    for (const device of world.devices.values()) {
      Object.assign(device, { useSSL: false, connectionMode: 0, answers: true });
    }
    restartGateway();
  }
});

describe.each([
  ['ssl enable', ['ssl', 'enable'], 'useSSL', true],
  ['mode set', ['mode', 'set', 'device-to-server'], 'connectionMode', 1],
] as const)('%s', (_name, command, field, value) => {
  const ownName = field === 'useSSL' ? 'deviceUseSSL' : 'deviceConnectionMode';
  const named = field === 'useSSL' ? true : 'DEVICE_TO_SERVER';

  test('is seen done by what the device says of itself', async () => {
    await connect([1]);
    const { exitCode, document } = await json([...command, '1']);
    expect({ exitCode, ...document }).toMatchObject({
      ...{ exitCode: 0, changed: true, dryRun: false, summary: { requested: 1, ok: 1, changed: 1 } },
      results: [{ deviceID: 1, [ownName]: named, ok: true, changed: true, outcome: 'applied', error: null }],
    });
    expect(own(1)[field]).toBe(value);
  });

  test('of forty of which the seventh fails finishes its batch and leaves the rest untouched: exit 7', async () => {
    await connect(ids.filter((id) => id !== 7));
    const { exitCode, document, error } = await json([...command, ...words(ids)]);
    expect(exitCode).toBe(7);
    expect(outcomes(document)).toEqual([
      ...Array(6).fill('applied'),
      'not-applied',
      ...Array(4).fill('applied'),
      ...Array(29).fill('skipped'),
    ]);
    expect(document.summary).toEqual({ requested: 40, ok: 10, changed: 10, failed: 1, skipped: 29, unknown: 0 });
    expect(error.message).toBe(`1 of 40 failed, 29 skipped: 7 is not managed by ${emulator.address}`);
    expect(ids.filter((id) => own(id)[field] === value)).toEqual([1, 2, 3, 4, 5, 6, 8, 9, 10, 11]);
    expect(document.results[20]).toMatchObject({
      ok: false,
      connected: true,
      error: { message: expect.stringMatching(/^21 was not tried/) },
    });
  });

  test('with one that breaks off under the call: the others of the batch are done, and the failure is its own', async () => {
    await connect([1, 2, 3, 4]);
    own(2).answers = false;
    const { exitCode, document } = await json([...command, '1', '2', '3', '4', '--batch-size', '2']);
    expect(exitCode).toBe(7);
    expect(outcomes(document)).toEqual(['applied', 'unknown', 'applied', 'skipped']);
    expect(document.results[1].error).toMatchObject({ class: 'DEVICE', code: 'DEADLINE_EXCEEDED' });
  });

  test('goes on past as many failures as --max-failed says', async () => {
    await connect(ids.slice(10));
    const { document } = await json([...command, ...words(ids), '--max-failed', '9']);
    expect(document.summary).toMatchObject({ failed: 10, skipped: 29, ok: 1 });
    const { document: all } = await json([...command, ...words(ids), '--max-failed', '10', '--batch-size', 'all']);
    expect(all.summary).toMatchObject({ failed: 10, skipped: 0, ok: 30, changed: 29 });
  });

  test('leaves a device alone that is so already: exit 0, changed false, and nothing is sent', async () => {
    await connect([1]);
    await json([...command, '1']);
    // Its session has ended, and with it an ordinary connection leaves the list.
    expect(await json([...command, '1'])).toMatchObject({ exitCode: 0, document: { changed: false } });
    await connect([2]);
    Object.assign(own(2), { [field]: value });
    const { stdout, stderr } = await run([...command, '2', '--json', '-v'], { env: emulator.env });
    expect(JSON.parse(stdout)).toMatchObject({
      changed: false,
      results: [{ ok: true, changed: false, outcome: 'applied' }],
    });
    expect(stderr).not.toContain('Multi');
  });

  test('counts what the device says where its plain connection survives', async () => {
    await connect([1], surviving);
    const { exitCode, document } = await json([...command, '1'], surviving);
    expect({ exitCode, results: document.results }).toMatchObject({
      exitCode: 0,
      results: [{ ok: true, connected: true, status: 'TCP_CONNECTED', [ownName]: named }],
    });
    const { document: again } = await json([...command, '1'], surviving);
    expect(again).toMatchObject({ changed: false, summary: { ok: 1 } });
  });

  test.each([[[1, 2]], [[1, 99, 2]], [[99]]])(
    'in a dry run of %j sends nothing, and ends as the real run does',
    async (some) => {
      await connect([1, 2]);
      const dry = await json([...command, ...words(some), '--dry-run']);
      expect(dry.document).toMatchObject({ dryRun: true });
      expect(ids.some((id) => own(id)[field] === value)).toBe(false);
      const real = await json([...command, ...words(some)]);
      expect(dry.exitCode).toBe(real.exitCode);
      expect(dry.document.summary).toEqual(real.document.summary);
      expect(outcomes(dry.document)).not.toContain('applied');
    },
  );

  test('of an empty list does nothing: exit 0, or 8 where that is asked for', async () => {
    expect(await json([...command, '-'])).toMatchObject({ exitCode: 0, document: { results: [] } });
    expect(await json([...command, '-', '--fail-if-empty'])).toMatchObject({ exitCode: 8 });
  });

  test.each([
    ['no ID', []],
    ['an ID that is none', ['x']],
    ['--batch-size 0', ['1', '--batch-size', '0']],
    ['--max-failed -1', ['1', '--max-failed=-1']],
  ])('refuses %s with 2, and sends nothing', async (_what, some) => {
    const { exitCode, stderr } = await run([...command, ...some, '-v'], { env: emulator.env });
    expect(exitCode).toBe(2);
    expect(stderr).not.toContain(' ms ');
  });
});

test('ssl disable takes it back; a word that is no mode is exit 2', async () => {
  await run(['connect', '10.0.0.1'], { env: emulator.env });
  await json(['ssl', 'enable', '1']);
  await run(['connect', '10.0.0.1', '--ssl'], { env: emulator.env });
  expect(await json(['ssl', 'disable', '1'])).toMatchObject({ exitCode: 0, document: { changed: true } });
  expect(own(1).useSSL).toBe(false);
  expect(await json(['mode', 'set', 'sideways', '1'])).toMatchObject({ exitCode: 2 });
});

test('ssl status and mode get tell the entry from the device, and where they differ', async () => {
  await connect([1, 2]);
  await run(['async', 'add', '3@10.0.0.3'], { env: emulator.env });
  await expect.poll(async () => (await json(['device', 'ls', '--connected'])).document).toHaveLength(3);
  Object.assign(own(2), { useSSL: true, connectionMode: 1 });
  own(3).answers = false;
  const { document: ssl } = await json(['ssl', 'status', '--duration', '1s']);
  expect(ssl).toMatchObject([
    { deviceID: 1, status: 'TCP_CONNECTED', connected: true, useSSL: false, deviceUseSSL: false, differs: false },
    { deviceID: 2, useSSL: false, deviceUseSSL: true, differs: true },
    { deviceID: 3, connected: true, useSSL: false, deviceUseSSL: false, differs: false },
  ]);
  const { document: mode } = await json(['mode', 'get', '2', '1']);
  expect(mode).toMatchObject([
    { deviceID: 1, connectionMode: 'SERVER_TO_DEVICE', deviceConnectionMode: 'SERVER_TO_DEVICE', differs: false },
    { deviceID: 2, connectionMode: 'SERVER_TO_DEVICE', deviceConnectionMode: 'DEVICE_TO_SERVER', differs: true },
  ]);
  expect(await json(['ssl', 'status', '99'])).toMatchObject({ exitCode: 3, document: [] });
  expect(await json(['mode', 'get', '99', '1'])).toMatchObject({ exitCode: 7, document: [{ deviceID: 1 }] });
  emulator.unplug(3, 'fin');
  const { stdout } = await run(['ssl', 'status', '3'], { env: emulator.env });
  expect(stdout).toMatch(/DEVICE SSL +DIFFERS\n3 .* false +unknown +unknown\n/);
});

const thousand = Array.from({ length: 1000 }, (_, index) => ({
  ...{ deviceID: index + 1, type: 13, IPAddr: '10.1.0.1', isConnected: true },
}));
const text = `Packet error: BS_ERR_COMMAND_TIMEOUT {${'x'.repeat(60)}}`;
const failed = ({ deviceIDs }: Record<string, unknown>, isFailing: (id: number) => boolean) =>
  (deviceIDs as number[]).filter(isFailing).map((deviceID) => ({ deviceID, code: 13, msg: text }));
const foreign = (isFailing: (id: number) => boolean, how: 'response' | 'details' | 'old' | 'silent') =>
  foreignGateway({
    devices: thousand,
    answers: {
      SearchDevice: () => ({ deviceInfos: [] }),
      EnableSSLMulti: (request) => {
        const deviceErrors = failed(request, isFailing);
        if (how === 'response' || deviceErrors.length === 0) return { deviceErrors };
        throw multiRefusal(how === 'silent' ? [] : deviceErrors, how === 'old' ? 'err.MultiErrorResponse' : undefined);
      },
    },
  });

const sometimes = (id: number) => id % 7 === 0;
const [inResponse, inDetails, inOldDetails] = [
  await foreign(sometimes, 'response'),
  await foreign(sometimes, 'details'),
  await foreign(sometimes, 'old'),
];

test('the results are the same, wherever a foreign gateway tells what failed', async () => {
  const command = ['ssl', 'enable', ...words(ids), '--max-failed', '40'];
  const all = await Promise.all([inResponse, inDetails, inOldDetails].map((gateway) => json(command, gateway)));
  for (const { exitCode, document, error } of all) {
    expect(exitCode).toBe(7);
    expect({ ...document, gateway: '' }).toEqual({ ...all[0]?.document, gateway: '' });
    expect({ ...error, gateway: '' }).toEqual({ ...all[0]?.error, gateway: '' });
    expect(document.summary).toEqual({ requested: 40, ok: 35, changed: 35, failed: 0, skipped: 0, unknown: 5 });
    // No search reached them, so nothing but the answer is known, and INTERNAL does not say what was done.
    expect(document.results[0]).toMatchObject({ ok: true, deviceUseSSL: null });
  }
});

const always = () => true;
const [allFailing, allSilent] = [await foreign(always, 'details'), await foreign(always, 'silent')];

test('a thousand that fail are all named, a hundred a call', async () => {
  const many = words(thousand.map(({ deviceID }) => deviceID));
  const command = ['ssl', 'enable', '-', '--max-failed', '1000', '--batch-size', 'all'];
  const { exitCode, document } = await json(command, allFailing, `${many.join('\n')}\n`);
  expect(exitCode).toBe(6);
  expect(document.summary).toMatchObject({ requested: 1000, failed: 0, unknown: 1000 });
  for (const { deviceID, error } of document.results)
    expect(error.message).toBe(`${deviceID}: ${text} (the gateway is fine)`);
  expect(allFailing.calls.filter((rpc) => rpc === 'EnableSSLMulti')).toHaveLength(11);
});

test('a call that fails without a word about its devices leaves them unknown, and the state is read again', async () => {
  const { exitCode, document } = await json(['ssl', 'enable', '1', '2'], allSilent);
  expect({ exitCode, outcomes: outcomes(document) }).toEqual({ exitCode: 6, outcomes: ['unknown', 'skipped'] });
  expect(allSilent.calls.slice(allSilent.calls.indexOf('EnableSSLMulti') + 1)).toEqual([
    'GetDeviceList',
    'SearchDevice',
  ]);
});

test.each([
  ['ssl enable 1', /no way in afterwards for 1: their async connections have the old flag; .*--reconnect/],
  ['mode set device-to-server 1', /no way in afterwards for 1: .*not accepted; gsdk filter add/],
  ['ssl enable 1 --dry-run', /no way in afterwards for 1/],
  ['ssl enable 1 --reconnect', undefined],
  ['mode set device-to-server 1 --reconnect', undefined],
  ['ssl disable 1', undefined],
] as const)('%s warns of a device that is left without a way in, and of no other', async (argv, says) => {
  await run(['async', 'add', '1@10.0.0.1'], { env: emulator.env });
  await expect.poll(async () => (await json(['device', 'ls', '--connected'])).document).toHaveLength(1);
  const { exitCode, stderr } = await run(argv.split(' '), { env: emulator.env });
  expect(exitCode).toBe(0);
  if (says) expect(stderr).toMatch(says);
  else expect(stderr).toBe('');
});
