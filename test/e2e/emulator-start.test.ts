import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { errorOf } from '../support/failure.ts';
import { gsdk, shell } from '../support/gsdk.ts';
import { isPortOpen } from '../support/ports.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = join(temporaryFolder(), 'tmp');
mkdirSync(folder);
const env = { TMPDIR: folder };

const emulator = (...args: string[]) => gsdk(['emulator', ...args], { env });
const fails = (...args: string[]) => emulator(...args, '-o', 'json');

/** Starts a gateway in the background; what it says of itself. */
async function start(...args: string[]): Promise<{ name: string; pid: number; gateway: string; caFile: string }> {
  const { stdout, stderr, exitCode } = await emulator('start', '-o', 'json', '--clock', 'scaled:1000', ...args);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  return JSON.parse(stdout);
}

/** Where the control service is, and its token, from the files that only the owner can read. */
function controlOf({ name }: { name: string }): { url: string; token: string } {
  const [instances = ''] = readdirSync(folder).filter((file) => file.startsWith('gsdk-emulators-'));
  const { controlFile } = JSON.parse(readFileSync(join(folder, instances, `${name}.json`), 'utf8'));
  expect(statSync(controlFile).mode & 0o777).toBe(0o600);
  return JSON.parse(readFileSync(controlFile, 'utf8')).emulator;
}

const controlPortOf = (one: { name: string }) => Number(new URL(controlOf(one).url).port);

const portOf = ({ gateway }: { gateway: string }) => Number(gateway.split(':')[1]);
const statusOf = async (name: string) => JSON.parse((await emulator('status', '-o', 'json', '--name', name)).stdout)[0];

/** All that is left of any gateway. */
const left = () =>
  readdirSync(folder).flatMap((name) =>
    name.startsWith('gsdk-emulators-') ? readdirSync(join(folder, name)) : [name],
  );

afterEach(async () => {
  await emulator('stop', '--all');
  expect(left()).toEqual([]);
});

test('a gateway in the background is started, found, used and stopped', async () => {
  const started = await start();
  expect(started).toMatchObject({ name: 'default', gateway: expect.stringMatching(/^127\.0\.0\.1:\d+$/) });
  expect(await statusOf('default')).toMatchObject({ ...started, state: 'running' });
  const script = `eval "$(gsdk emulator env)"; gsdk search -o ids | wc -l`;
  expect((await shell(script, { env })).stdout.trim()).toBe('9');
  const controlPort = controlPortOf(started);
  expect(await isPortOpen(controlPort)).toBe(true);
  const { stdout, exitCode } = await emulator('stop', '-o', 'json');
  expect({ rows: JSON.parse(stdout), exitCode }).toEqual({
    rows: [{ name: 'default', pid: started.pid, stopped: true }],
    exitCode: 0,
  });
  expect(await Promise.all([portOf(started), controlPort].map(isPortOpen))).toEqual([false, false]);
  expect(left()).toEqual([]);
});

test('only their owner can read its files', async () => {
  await start();
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    expect(statSync(path).mode & 0o077).toBe(0);
    for (const file of readdirSync(path)) expect(statSync(join(path, file)).mode & 0o022).toBe(0);
  }
});

test('it is handled by its name, and by the variables of its env', async () => {
  await start();
  await start('--name', 'ci');
  const restart = (...args: string[]) => emulator('gateway', 'restart', '-o', 'json', ...args);
  expect(await restart()).toMatchObject({ exitCode: 0, stderr: '' });
  expect(JSON.parse((await restart('--name', 'ci')).stdout)).toMatchObject({ up: true, sinceSeq: 1 });
  const script = `eval "$(gsdk emulator env --name ci)"; gsdk emulator gateway restart -o json`;
  expect(JSON.parse((await shell(script, { env })).stdout)).toMatchObject({ up: true, sinceSeq: 3 });
  expect(JSON.parse((await restart()).stdout)).toMatchObject({ sinceSeq: 3 });
});

test('the variables are written for whom they are meant', async () => {
  const { gateway, caFile } = await start('--name', 'ci');
  const json = JSON.parse((await emulator('env', '--name', 'ci', '--shell', 'json')).stdout);
  expect(json).toMatchObject({ GSDK_EMULATOR: '1', GSDK_GATEWAY: gateway, GSDK_CA_FILE: caFile });
  const github = (await emulator('env', '--name', 'ci', '--shell', 'github')).stdout;
  expect(github).toBe(
    Object.entries(json)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  expect((await emulator('logs', '--name', 'ci')).stdout).toBe('');
});

test('with -v the seed is told, in the background too', async () => {
  const { stderr, exitCode } = await emulator('start', '--seed', '0', '-v');
  expect({ stderr, exitCode }).toEqual({ stderr: 'the seed of the embedded gateway: --seed 0\n', exitCode: 0 });
});

test('a name that is taken is refused by whom, and nothing happens to that one', async () => {
  const { pid, gateway } = await start();
  const { exitCode, stderr } = await fails('start');
  expect(exitCode).toBe(9);
  expect(errorOf(stderr)).toMatchObject({
    class: 'CONFLICT',
    message: `the embedded gateway "default" runs already at ${gateway}, process ${pid}`,
  });
  expect(await statusOf('default')).toMatchObject({ state: 'running', pid });
});

test('of several that start under one name at the same time, one does', async () => {
  const endings = await Promise.all([1, 2, 3, 4].map(() => emulator('start', '-o', 'json')));
  expect(endings.map(({ exitCode }) => exitCode).sort()).toEqual([0, 9, 9, 9]);
  expect(await statusOf('default')).toMatchObject({ state: 'running' });
});

test('a port that is taken is refused, and nothing is left', async () => {
  const port = portOf(await start('--name', 'first'));
  const { exitCode, stderr } = await fails('start', '--port', String(port));
  expect(exitCode).toBe(9);
  expect(errorOf(stderr)).toMatchObject({ message: `port ${port} is taken` });
  expect((await emulator('status', '--name', 'default')).exitCode).toBe(8);
});

test('a fleet that cannot be is refused by its place, and nothing is started', async () => {
  const fleet = join(temporaryFolder(), 'doors.csv');
  writeFileSync(fleet, 'deviceID,IPAddr\n7,10.0.0.7\n8,nowhere\n');
  const { exitCode, stderr } = await fails('start', '--fleet', fleet);
  expect(exitCode).toBe(2);
  expect(errorOf(stderr).message).toContain('doors.csv, line 3: expected an IPv4 address');
  expect((await emulator('status')).stdout.trim().split('\n')).toHaveLength(1);
});

test('a gateway that was killed is dead, its name can be taken again, and what it left is cleared', async () => {
  const { pid } = await start();
  process.kill(pid, 'SIGKILL');
  await expect.poll(async () => (await statusOf('default')).state).toBe('dead');
  expect((await emulator('env')).exitCode).toBe(3);
  await start();
  expect(readdirSync(folder).filter((name) => !name.startsWith('gsdk-emulators-'))).toHaveLength(1);
  expect(await statusOf('default')).toMatchObject({ state: 'running' });
});

test('where nothing runs, stop has nothing to do, and the others say how to start', async () => {
  const { stdout, exitCode } = await emulator('stop', '-o', 'json');
  expect({ rows: JSON.parse(stdout), exitCode }).toEqual({
    rows: [{ name: 'default', pid: null, stopped: false }],
    exitCode: 0,
  });
  for (const verb of ['env', 'logs']) {
    const { exitCode: code, stderr } = await emulator(verb, '--name', 'ci');
    expect(code).toBe(3);
    expect(stderr).toMatch(/^gsdk: no embedded gateway "ci" runs\nhint: [^\n]*start --name ci[^\n]*\n$/);
  }
});

test('it ends by itself when its time is over, or the process that it is tethered to', async () => {
  const timed = await start('--name', 'timed', '--ttl', '300ms');
  const { stdout } = await shell('gsdk emulator start --name tethered --exit-with-pid $$ -o json', { env });
  for (const name of ['timed', 'tethered'])
    await expect.poll(() => statusOf(name), { timeout: 10_000 }).toBeUndefined();
  expect(await isPortOpen(portOf(timed))).toBe(false);
  expect(await isPortOpen(portOf(JSON.parse(stdout)))).toBe(false);
}, 20_000);

test.each([
  [['--name', '../x'], '--name: expected letters'],
  [['--exit-with-pid', 'me'], '--exit-with-pid: expected the number of a process'],
  [['--ttl', '5'], '--ttl: expected a duration'],
  [['--clock', 'fast'], '--clock: expected real, scaled:K or manual'],
])('%j is refused', async (args, says) => {
  const { exitCode, stderr } = await fails('start', ...args);
  expect(exitCode).toBe(2);
  expect(errorOf(stderr).message).toContain(says);
});

/**
 * Tells at any later time whether a gateway and its control service still answer. A port alone does not tell: of eighty
 * that are free again, a test beside this one may have been given one.
 */
function presenceOf(one: Awaited<ReturnType<typeof start>>): () => Promise<boolean[]> {
  const ca = readFileSync(one.caFile);
  const { url, token } = controlOf(one);
  const gateway = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port: portOf(one), ca, timeout: 5000 });
      const told = (is: boolean) => {
        socket.destroy();
        resolve(is);
      };
      socket.once('secureConnect', () => told(true));
      for (const event of ['error', 'timeout']) socket.once(event, () => told(false));
    });
  const control = () =>
    fetch(`${url}/gsdk.emulator.v1.ControlService/GetClock`, {
      ...{ method: 'POST', body: '{}', signal: AbortSignal.timeout(5000) },
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    }).then(
      ({ ok }) => ok,
      () => false,
    );
  return () => Promise.all([gateway(), control()]);
}

/** Sends a signal to a process that may have ended already. */
function killIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ESRCH' });
  }
}

test('forty gateways, ended in every way: no process, port or file is left that stop --all does not clear', async () => {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const;
  const presences: (() => Promise<boolean[]>)[] = [];
  for (let round = 0; round < 10; round++) {
    const started = await Promise.all(signals.map((signal) => start('--name', `${signal}.${round}`)));
    const those = started.map(presenceOf);
    expect(await Promise.all(those.map((isThere) => isThere()))).toEqual(Array(4).fill([true, true]));
    presences.push(...those);
    for (const [index, one] of started.entries()) {
      process.kill(one.pid, signals[index]);
      // Somebody who is impatient may leave files, but no more.
      if (signals[index] === 'SIGINT' && round % 2 === 1) killIfThere(one.pid, 'SIGINT');
    }
  }
  const dead = async () => {
    const { stdout } = await emulator('status', '-o', 'json');
    return JSON.parse(stdout).map(({ state }: { state: string }) => state);
  };
  const none = (states: string[]) => states.length >= 10 && states.every((state) => state === 'dead');
  await expect.poll(async () => none(await dead()), { timeout: 10_000 }).toBe(true);
  expect(await Promise.all(presences.map((isThere) => isThere()))).toEqual(Array(40).fill([false, false]));
  expect((await emulator('stop', '--all')).exitCode).toBe(0);
  expect(left()).toEqual([]);
}, 180_000);

test('what a gateway in the background says is in its log', async () => {
  const scenario = join(temporaryFolder(), 'none.json');
  writeFileSync(scenario, '{"steps": []}');
  await start('--scenario', scenario);
  const [instances] = readdirSync(folder).filter((name) => name.startsWith('gsdk-emulators-'));
  const log = join(folder, instances ?? '', 'default.log');
  writeFileSync(log, `${readFileSync(log, 'utf8')}said something\n`);
  expect((await emulator('logs')).stdout).toBe('said something\n');
});
