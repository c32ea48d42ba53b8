import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { realClock } from '../../src/emulator/index.ts';
import { Status } from '../../src/gen/connect_pb.ts';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { firstLines } from '../support/first-lines.ts';
import { bin, gsdk, PATH, shell } from '../support/gsdk.ts';
import { stranger } from '../support/stranger.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { kindsOf, linesOf, watched as watchedBy } from '../support/watched.ts';

const folder = temporaryFolder();
const fleet = [1, 2, 3, 4].map((deviceID) => ({ deviceID, type: 18, IPAddr: `10.0.0.${deviceID}` }));
const emulator = await emulatedGateway({ fleet, clock: realClock() });
const { env, faults } = emulator;

beforeAll(async () => {
  const client = stranger(emulator);
  await client.addAsync(...fleet);
  while (!(await client.devices()).every(({ status }) => status === Status.TCP_CONNECTED));
  client.close();
});

const watched = (args: readonly string[], meanwhile?: () => unknown) => watchedBy(args, env, meanwhile);
const blip = (changes: number, deviceIDs = [1]) => faults.burst({ changes, deviceIDs });

describe('what is printed', () => {
  test('--device, --count: what there is, then each change of these devices, then why it ended', async () => {
    const { stdout, exitCode } = await watched(['--device', '1,2', '--count', '2'], () => blip(6, [1, 3]));
    expect(exitCode).toBe(0);
    expect(linesOf(stdout).map(({ event, deviceID, to }) => [event, deviceID ?? null, to ?? null])).toEqual([
      ['snapshot', 1, 'TCP_CONNECTED'],
      ['snapshot', 2, 'TCP_CONNECTED'],
      ['synced', null, null],
      ['change', 1, 'DISCONNECTED'],
      ['change', 1, 'TCP_CONNECTED'],
      ['end', null, null],
    ]);
    expect(linesOf(stdout).at(-1)).toMatchObject({ reason: 'count', changes: 2 });
    blip(1);
  });

  test('--status prints what becomes one of these only; --no-snapshot leaves out what there is', async () => {
    const args = ['--no-snapshot', '--status', 'tcp-connected', '--count', '1'];
    const { stdout } = await watched(args, () => blip(2, [2]));
    expect(linesOf(stdout).map(({ event, to }) => `${event} ${to}`)).toEqual([
      ...['synced undefined', 'change TCP_CONNECTED', 'end undefined'],
    ]);
  });

  test('--duration and --heartbeat-interval: signs of life where nothing happens; text as the tutorial prints it', async () => {
    const { stdout, exitCode } = await gsdk(['watch', '--duration', '1500ms', '--heartbeat-interval', '300ms'], {
      env,
    });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^\S+Z \[TCP_CONNECTED\] Device 1\n/);
    expect(stdout).toMatch(/Z heartbeat: all is told\n/);
    expect(stdout).toMatch(/Z end: duration, 0 changes\n$/);
  });

  test('--until-state ends when every watched device is so, at once if it is already', async () => {
    const { stdout } = await watched(['--device', '1', '--until-state', 'tcp-connected']);
    expect(linesOf(stdout).at(-1)).toMatchObject({ event: 'end', reason: 'until-state' });
  });

  test('--summary tells what each device went through', async () => {
    const { stdout } = await watched(['--device', '3', '--summary', '--count', '2'], () => blip(2, [3]));
    expect(linesOf(stdout).at(-1)?.devices).toMatchObject([{ deviceID: 3, changes: 2 }]);
  });

  test('a stream that ends is lost and resumed, and the watch goes on', async () => {
    const { stdout, exitCode } = await watched(['--duration', '4s', '--resync-interval', '10s'], () =>
      faults.dropStreams(),
    );
    expect(exitCode).toBe(0);
    expect(kindsOf(stdout).slice(4)).toEqual(['synced', 'lost', 'resumed', 'synced', 'end']);
  });

  test('-o tsv has a header and a column for every field; -o json is refused', async () => {
    const { stdout } = await gsdk(['watch', '-o', 'tsv', '--fields', 'event,deviceID', '--duration', '1s'], { env });
    expect(stdout).toMatch(/^event\tdeviceID\nsnapshot\t1\n/);
    expect(await gsdk(['watch', '-o', 'json'], { env })).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('alarms', () => {
  test('--down-for, --expect, --state: an expected device that is missing is down once, also over a restart', async () => {
    const state = join(folder, 'outages.json');
    const alarm = ['--device', '1,99', '--no-snapshot', '--down-for', '200ms', '--expect', '1,99', '--state', state];
    const args = [...alarm, '--duration', '1500ms'];
    const first = await watched(args);
    expect(linesOf(first.stdout).filter(({ event }) => event === 'down')).toMatchObject([{ deviceID: 99, to: null }]);
    expect(JSON.parse(readFileSync(state, 'utf8'))).toMatchObject({ outages: [{ deviceID: 99, isTold: true }] });
    expect(kindsOf((await watched(args)).stdout)).toEqual(['synced', 'end']);
  });

  test('--expect without --down-for is a usage error', async () => {
    expect(await gsdk(['watch', '--expect', '1'], { env })).toMatchObject({ exitCode: 2 });
  });

  test('--heartbeat-file is touched while the gateway is heard', async () => {
    const file = join(folder, 'alive');
    await watched(['--heartbeat-file', file, '--heartbeat-interval', '200ms', '--duration', '1s']);
    expect(Date.now() - statSync(file).mtimeMs).toBeLessThan(20_000);
  });
});

describe('the end', () => {
  test('a gateway that is not there is exit 5', async () => {
    const result = await gsdk(['watch'], { env: { ...env, GSDK_GATEWAY: '127.0.0.1:1' } });
    expect(result.exitCode).toBe(5);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s: the summary, then it dies of the signal', async (signal) => {
    const child = gsdk(['watch', '-o', 'ndjson', '--summary'], { env });
    await firstLines(child.stdout as NonNullable<typeof child.stdout>, 5);
    child.kill(signal);
    const result = await child;
    expect(result.signal).toBe(signal);
    expect(linesOf(result.stdout).at(-1)).toMatchObject({ event: 'end', reason: signal, devices: [{}, {}, {}, {}] });
  });

  test('| head -n 1 ends it quietly, with the next line', async () => {
    const script = '{ gsdk watch --heartbeat-interval 100ms; echo "exit $?" >&2; } | head -n 1';
    const { stdout, stderr } = await shell(script, { env });
    expect(stdout).toMatch(/^[^\n]+ Device 1\n$/);
    expect(stderr).toBe('exit 0\n');
  });

  test.skipIf(!existsSync('/dev/full'))('a full disk is exit 1', async () => {
    expect(await shell('gsdk watch > /dev/full', { env })).toMatchObject({ exitCode: 1 });
  });
});

describe('a reader that sleeps', () => {
  test('does not keep 200,000 changes from being seen: merged, in bounded memory, and the last view is right', async () => {
    const child = spawn(process.execPath, [bin, 'watch', '-o', 'ndjson', '--queue-size', '1000000'], {
      env: { PATH, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 60_000,
    });
    let text = '';
    const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1024;
    const read = async (until: RegExp) => {
      for (; !until.test(text); text += child.stdout.read() ?? '') {
        if (child.stdout.readableLength === 0) await once(child.stdout, 'readable');
      }
    };
    await read(/"synced"/);
    const startMb = memory();
    for (let round = 0; round < 100; round++) {
      blip(2000, [1, 2, 3]);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    blip(1, [4]);
    // All is seen once it has nothing to do for a second.
    const busyMs = () => readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ').slice(13, 15).join();
    for (let before = ''; before !== busyMs(); ) {
      before = busyMs();
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    // One by one they would take 200 MB; how much exactly is measured in bench/watch-memory.js.
    expect(memory() - startMb).toBeLessThan(40);
    child.kill('SIGTERM');
    child.stdout.resume().on('data', (chunk) => {
      text += chunk;
    });
    await once(child, 'close');
    const lines = linesOf(text);
    expect(lines.some(({ event, changes }) => event === 'merged' && Number(changes) > 100_000)).toBe(true);
    expect(lines.findLast(({ deviceID }) => deviceID === 4)).toMatchObject({ to: 'DISCONNECTED' });
    blip(1, [4]);
  }, 60_000);
});

describe('handlers', () => {
  test('1,000 changes, eight at a time: each ran once, in the order of its device', async () => {
    const log = join(folder, 'handled');
    const args = ['--no-snapshot', '--count', '1000', '--exec-parallel', '8'];
    const handler = ['--', 'sh', '-c', 'read -r line; echo "$GSDK_DEVICE_ID $GSDK_STATUS_TO" >> "$0"', log];
    const child = gsdk(['watch', '-o', 'ndjson', '--queue-size', '10000', ...args, ...handler], {
      env,
      limitMs: 100_000,
    });
    await firstLines(child.stdout as NonNullable<typeof child.stdout>, 1);
    blip(1000, [1, 2, 3, 4]);
    const { exitCode, stdout } = await child;
    expect(exitCode).toBe(0);
    const told = linesOf(stdout).filter(({ event }) => event === 'change');
    const handled = readFileSync(log, 'utf8').trimEnd().split('\n');
    expect(handled).toHaveLength(1000);
    for (const id of [1, 2, 3, 4]) {
      const of = (lines: string[]) => lines.filter((line) => line.startsWith(`${id} `));
      expect(of(handled)).toEqual(of(told.map(({ deviceID, to }) => `${deviceID} ${to}`)));
    }
  }, 120_000);

  const notExecutable = join(folder, 'plain');
  writeFileSync(notExecutable, '#!/bin/sh\n');
  const withoutInterpreter = join(folder, 'odd');
  writeFileSync(withoutInterpreter, '#!/no/such/interpreter\n', { mode: 0o755 });

  test.each<[string, string[], number, RegExp]>([
    ['fails', ['false'], 125, /1 of 1 handlers failed/],
    ['is killed', ['sh', '-c', 'kill -KILL $$'], 125, /was killed by SIGKILL/],
    ['turns out not to run', [withoutInterpreter], 127, /cannot run .*odd.*: ENOENT/],
  ])('one that %s', async (_, handler, exitCode, words) => {
    const result = await watched(['--count', '1', '--', ...handler], () => blip(2));
    expect(result.exitCode).toBe(exitCode);
    expect(result.stderr).toMatch(words);
  });

  test.each([
    ['does not exist', 'no-such-command', 127, 'ENOENT'],
    ['is not there', '/no/such/command', 127, 'ENOENT'],
    ['cannot be executed', notExecutable, 126, 'EACCES'],
  ])('one that %s is noticed before the gateway is dialled', async (_, handler, exitCode, code) => {
    const result = await gsdk(['watch', '--', handler], { env: { ...env, GSDK_GATEWAY: '127.0.0.1:1' } });
    expect(result).toMatchObject({
      ...{ exitCode, stdout: '', stderr: `gsdk: cannot run "${handler}": ${code}\nhint: it stands after --\n` },
    });
  });

  test('one that hangs is ended, with what it has started', async () => {
    const pid = join(folder, 'pid');
    const handler = ['sh', '-c', 'sleep 1000 & echo $! > "$0"; wait', pid];
    const result = await watched(['--count', '1', '--exec-timeout', '500ms', '--', ...handler], () => blip(2));
    expect(result.exitCode).toBe(125);
    expect(result.stderr).toContain('was ended after 500 ms');
    expect(isAlive(readFileSync(pid, 'utf8'))).toBe(false);
  });

  test('one that runs when a signal comes is ended too', async () => {
    const pid = join(folder, 'pid of the interrupted');
    const handler = ['sh', '-c', 'sleep 1000 & echo $! > "$0"; wait', pid];
    const child = gsdk(['watch', '-o', 'ndjson', '--', ...handler], { env });
    await firstLines(child.stdout as NonNullable<typeof child.stdout>, 5);
    blip(2);
    await expect.poll(() => existsSync(pid) && readFileSync(pid, 'utf8') !== '', { timeout: 10_000 }).toBe(true);
    child.kill('SIGTERM');
    expect((await child).signal).toBe('SIGTERM');
    expect(isAlive(readFileSync(pid, 'utf8'))).toBe(false);
  });

  const isAlive = (pid: string) => {
    const status = `/proc/${pid.trim()}/status`;
    return existsSync(status) && !/State:\s+Z/.test(readFileSync(status, 'utf8'));
  };
});
