import { beforeEach, describe, expect, test } from 'vitest';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';

const gateway = await emulatedGateway();
const { env } = gateway;
const wait = (...words: string[]) => run(['wait', ...words, '--json'], { env });
const rows = (stdout: string) => JSON.parse(stdout) as Record<string, unknown>[];
const errorIn = (stderr: string) => JSON.parse(stderr).error as Record<string, unknown>;

beforeEach(() => gateway.restartGateway());

const add = () => run(['async', 'add', '544114231@192.168.0.104'], { env });
const remove = () => run(['async', 'rm', '544114231'], { env });

describe('what is so already', () => {
  test('is seen at once, for a device that is connected', async () => {
    await add();
    const { exitCode, stdout } = await wait('544114231', '--for', 'connected');
    expect(exitCode).toBe(0);
    expect(rows(stdout)).toEqual([
      { deviceID: 544114231, met: true, status: 'TCP_CONNECTED', connected: true, managed: true },
    ]);
  });

  test('absence is a state: what is not managed is disconnected, and unmanaged', async () => {
    for (const state of ['disconnected', 'unmanaged']) {
      const { exitCode, stdout } = await wait('1', '--for', state);
      expect(exitCode).toBe(0);
      expect(rows(stdout)).toEqual([{ deviceID: 1, met: true, status: null, connected: false, managed: false }]);
    }
  });

  test('one is enough with --any, and rows are sorted by ID', async () => {
    await add();
    const { exitCode, stdout } = await wait('544114231', '7', '--for', 'connected', '--any');
    expect(exitCode).toBe(0);
    expect(rows(stdout).map(({ deviceID, met }) => [deviceID, met])).toEqual([
      [7, false],
      [544114231, true],
    ]);
  });

  test('a device that dialled in and was not accepted is pending', async () => {
    await run(['filter', 'disallow-all', '--max-lockout', '9'], { env });
    const { exitCode, stdout } = await wait('939342898', '--for', 'pending');
    expect(exitCode).toBe(0);
    expect(rows(stdout)).toMatchObject([{ deviceID: 939342898, met: true, status: 'PENDING', managed: false }]);
  });
});

describe('what is not so yet', () => {
  test('is waited for, until the stream tells that it is connected', async () => {
    const waiting = wait('544114231', '--for', 'connected');
    await add();
    const { exitCode, stdout } = await waiting;
    expect(exitCode).toBe(0);
    expect(rows(stdout)).toMatchObject([{ met: true, status: 'TCP_CONNECTED', connected: true }]);
  });

  test('is waited for, until a list shows that it is managed no more', async () => {
    await add();
    const waiting = wait('544114231', '--for', 'unmanaged');
    await remove();
    expect(await waiting).toMatchObject({ exitCode: 0 });
  });

  test('ends with 124 when time is up, and tells what each device was last seen as', async () => {
    await add();
    const { exitCode, stdout, stderr } = await wait('544114231', '3', '--for', 'tls', '--timeout', '600ms');
    expect(exitCode).toBe(124);
    expect(rows(stdout).map(({ status }) => status)).toEqual([null, 'TCP_CONNECTED']);
    expect(errorIn(stderr)).toMatchObject({
      class: 'TIMEOUT',
      message: '2 of 2 devices are not connected with TLS after 600ms: 3 not managed, 544114231 TCP_CONNECTED',
    });
  });

  test('is looked at once with --now: 8, and nothing on standard error', async () => {
    const { exitCode, stdout, stderr } = await wait('544114231', '--for', 'connected', '--now');
    expect(exitCode).toBe(8);
    expect(rows(stdout)).toMatchObject([{ met: false, managed: false }]);
    expect(stderr).toBe('');
  });
});

test.each([
  [['1', '--for', 'happy'], 'no such state'],
  [['1'], 'required option'],
  [['x', '--for', 'tls'], 'expected a device ID'],
  [['1', '--for', 'tls', '--timeout', '5'], '--timeout'],
])('%j is refused with 2', async (words, message) => {
  const { exitCode, stderr } = await wait(...words);
  expect(exitCode).toBe(2);
  expect(errorIn(stderr).message).toContain(message);
});

test('a gateway that is not there ends it with 5 at once', async () => {
  const { exitCode } = await run(['wait', '1', '--for', 'disconnected'], {
    env: { ...env, GSDK_GATEWAY: '127.0.0.1:1' },
  });
  expect(exitCode).toBe(5);
});
