import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { firstLines } from '../support/first-lines.ts';
import { gsdk } from '../support/gsdk.ts';
import { isPortOpen } from '../support/ports.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = join(temporaryFolder(), 'for temporary files');
mkdirSync(folder);

/** Starts `emulator exec` with a script that runs on, and resolves when the script has printed its pid and where the gateway is. */
async function start(script: string, setUp = ':') {
  const child = gsdk(
    [
      'emulator',
      'exec',
      '--',
      'sh',
      '-c',
      `${setUp}; echo $$; echo $GSDK_GATEWAY; echo $GSDK_EMULATOR_CONTROL; ${script}`,
    ],
    {
      env: { TMPDIR: folder },
      input: undefined,
    },
  );
  const [pid, address = '', controlFile = ''] = await firstLines(child.stdout, 3);
  const { url } = JSON.parse(readFileSync(controlFile, 'utf8')).emulator;
  const ports = [Number(address.split(':')[1]), Number(new URL(url).port)];
  return { child, pid: Number(pid), arePortsOpen: () => Promise.all(ports.map(isPortOpen)) };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  '%s reaches the command; both die of it, and nothing is left behind',
  async (signal) => {
    const { child, pid, arePortsOpen } = await start('exec sleep 20');
    expect(await arePortsOpen()).toEqual([true, true]);
    child.kill(signal);
    const result = await child;
    expect({ signal: result.signal, stderr: result.stderr }).toEqual({ signal, stderr: '' });
    expect(isAlive(pid)).toBe(false);
    expect(await arePortsOpen()).toEqual([false, false]);
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('a command that handles the signal decides itself how it ends, and still has its gateway', async () => {
  const trap = `trap 'gsdk gateway ping --fields devices -o tsv --no-header; exit 9' TERM`;
  const { child } = await start('while :; do sleep 0.02; done', trap);
  child.kill('SIGTERM');
  const result = await child;
  expect(result).toMatchObject({ exitCode: 9, stderr: '' });
  expect(result.stdout).toMatch(/\n0\n$/);
  expect(readdirSync(folder)).toEqual([]);
});

test('the signal of the command itself is told by the code: nobody signalled us', async () => {
  const { child } = await start('kill -TERM $$');
  const { exitCode, signal } = await child;
  expect({ exitCode, signal }).toEqual({ exitCode: 143, signal: undefined });
});

test('after SIGKILL the gateway is gone with its process; the command is the caller’s', async () => {
  const { child, pid, arePortsOpen } = await start('exec sleep 20');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await arePortsOpen()).toEqual([false, false]);
  expect(isAlive(pid)).toBe(true);
  process.kill(pid, 'SIGKILL');
  await child;
});
