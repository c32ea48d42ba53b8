import { beforeEach, expect, test } from 'vitest';
import { manualClock } from '../../src/emulator/index.ts';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { errorOf } from '../support/failure.ts';
import { gsdk } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const clock = manualClock(1_700_000_000_000);
const fleet = [{ deviceID: 1, type: 13, IPAddr: '10.0.0.1', rs485SlaveDeviceIDs: [11] }];
const gateway = await emulatedGateway({ clock, fleet });
const options = { env: { ...gateway.env, TMPDIR: temporaryFolder() } };
const fields = ['-o', 'csv', '--no-header', '--fields', 'connectionMode,port,status,autoReconnect,useSSL'];
const state = async () => (await gsdk(['device', 'ls', ...fields], options)).stdout;
const slaves = async () => (await gsdk(['slave', 'ls', '-o', 'csv', '--no-header'], options)).stdout;

beforeEach(async () => {
  Object.assign(gateway.world.device(1), { useSSL: false, connectionMode: 0 });
  gateway.restartGateway();
  expect((await gsdk(['async', 'add', '1@10.0.0.1'], options)).exitCode).toBe(0);
  clock.advance(5);
  expect((await gsdk(['slave', 'add', '1', '11'], options)).exitCode).toBe(0);
});

/**
 * Starts a command, and stops it where it waits for the device: nothing comes before the clock moves.
 * @param looks how often it has looked at the list by then
 */
function stoppedAtItsWait(args: readonly string[], looks: number, signal: 'SIGKILL' | 'SIGINT') {
  const child = gsdk([...args, '-v', '--json'], options);
  let told = '';
  child.stderr?.on('data', (chunk) => {
    if (told === 'enough') return;
    told += chunk;
    if ([...told.matchAll(/^GetDeviceList /gm)].length < looks) return;
    // Once only: a second signal would end it without a word.
    told = 'enough';
    child.kill(signal);
  });
  return child;
}

const toDialIn = ['mode', 'set', 'device-to-server', '1', '--reconnect'];
const toTLS = ['ssl', 'enable', '1', '--reconnect'];

test.each([
  ['mode set --reconnect', toDialIn, 6, 24_000, 'DEVICE_TO_SERVER,0,TCP_CONNECTED,false,false\n'],
  ['ssl enable --reconnect', toTLS, 5, 30_000, 'SERVER_TO_DEVICE,51211,TLS_CONNECTED,true,true\n'],
] as const)(
  '%s that was killed at its wait is finished by the next run, slaves included',
  async (_what, args, looks, waitMs, after) => {
    const { signal, stdout } = await stoppedAtItsWait(args, looks, 'SIGKILL');
    expect({ signal, stdout }).toEqual({ signal: 'SIGKILL', stdout: '' });
    expect(await state()).not.toBe(after);
    expect(await slaves()).toBe('');
    clock.advance(waitMs);
    const again = await gsdk([...args, '--json'], options);
    expect({ exitCode: again.exitCode, stderr: again.stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(again.stdout)).toMatchObject({ summary: { requested: 1, ok: 1 } });
    expect(await state()).toBe(after);
    expect(await slaves()).toBe('1,11,\n');
    const third = await gsdk([...args, '--json'], options);
    expect(JSON.parse(third.stdout)).toMatchObject({ changed: false, summary: { ok: 1 } });
  },
);

test('SIGINT at the wait: the document comes, the device is unknown, and the process dies of the signal', async () => {
  const { signal, stdout } = await stoppedAtItsWait(toTLS, 5, 'SIGINT');
  expect(signal).toBe('SIGINT');
  expect(JSON.parse(stdout)).toMatchObject({ results: [{ deviceID: 1, ok: false, outcome: 'unknown' }] });
});

test('SIGINT while async add waits: what was added is told, and stays', async () => {
  const { signal, stdout } = await stoppedAtItsWait(['async', 'add', '9@10.0.0.9', '--wait'], 3, 'SIGINT');
  expect(signal).toBe('SIGINT');
  expect(JSON.parse(stdout)).toMatchObject({
    results: [{ deviceID: 9, ok: false, changed: true, outcome: 'applied' }],
  });
});

test('ssl status in a table tells where gateway and device differ', async () => {
  expect((await gsdk(['ssl', 'enable', '1'], options)).exitCode).toBe(0);
  clock.advance(30_000);
  const { stdout, exitCode } = await gsdk(['ssl', 'status'], options);
  expect(exitCode).toBe(0);
  expect(
    stdout
      .split('\n')
      .slice(0, 2)
      .map((line) => line.split(/ {2,}/)),
  ).toEqual([
    ['ID', 'STATUS', 'GATEWAY SSL', 'DEVICE SSL', 'DIFFERS'],
    ['1', 'TRY_TO_CONNECT', 'false', 'true', 'true'],
  ]);
});

test('a mode that is none, in JSON: exit 2, one error object', async () => {
  const { exitCode, stderr, stdout } = await gsdk(['mode', 'set', 'sideways', '1', '--json'], options);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(errorOf(stderr)).toMatchObject({ class: 'USAGE', message: expect.stringMatching(/server-to-device/) });
});
