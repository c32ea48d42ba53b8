import { existsSync, mkdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { lockFile, withFilterLock } from '../../../src/gateway/operations/filter-lock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
vi.stubEnv('TMPDIR', folder);
const lock = `${lockFile('gw1:4000')}.lock`;
const impatient = { retries: 0 };
afterEach(() => rmSync(lock, { recursive: true, force: true }));

/** Leaves a lock as a process does that was killed: nobody has touched it for so long. */
function leaveLock(ageMs: number) {
  mkdirSync(lock, { recursive: true });
  const time = new Date(Date.now() - ageMs);
  utimesSync(lock, time, time);
}

test('while something is done the lock is there, in a folder for this user alone; then it is gone', async () => {
  const answer = await withFilterLock('gw1:4000', async () => existsSync(lock));
  expect([answer, existsSync(lock)]).toEqual([true, false]);
  expect(statSync(dirname(lock)).mode & 0o777).toBe(0o700);
});

test('the lock is gone as well when what was done has failed', async () => {
  const failing = () => Promise.reject(new Error('no'));
  await expect(withFilterLock('gw1:4000', failing)).rejects.toThrow('no');
  expect(existsSync(lock)).toBe(false);
});

test('of twenty at the same time, one after the other gets in, and all do', async () => {
  let [inside, most, done] = [0, 0, 0];
  const action = async () => {
    most = Math.max(most, ++inside);
    await new Promise(setImmediate);
    inside--;
    done++;
  };
  await Promise.all(Array.from({ length: 20 }, () => withFilterLock('gw1:4000', action)));
  expect({ most, done }).toEqual({ most: 1, done: 20 });
});

test('the filters of two gateways are locked apart', async () => {
  leaveLock(0);
  expect(await withFilterLock('gw2:4000', async () => 'in', impatient)).toBe('in');
});

test('a lock that is held is a conflict, and what was to be done is not', async () => {
  leaveLock(0);
  const action = vi.fn(async () => {});
  await expect(withFilterLock('gw1:4000', action, impatient)).rejects.toMatchObject({
    exitCode: 9,
    message: 'another gsdk is changing the filter of gw1:4000',
  });
  expect(action).not.toHaveBeenCalled();
  expect(existsSync(lock)).toBe(true);
});

test('an interruption ends the wait for a lock, with its reason', async () => {
  leaveLock(0);
  const controller = new AbortController();
  const waiting = withFilterLock('gw1:4000', async () => 'in', { signal: controller.signal });
  controller.abort(new Error('interrupted'));
  await expect(waiting).rejects.toThrow('interrupted');
});

test('a lock that a killed process left is taken over once nobody has touched it for ten seconds', async () => {
  leaveLock(11_000);
  expect(await withFilterLock('gw1:4000', async () => 'in', impatient)).toBe('in');
  leaveLock(8_000);
  await expect(withFilterLock('gw1:4000', async () => 'in', impatient)).rejects.toMatchObject({ exitCode: 9 });
});

test('reports a folder that cannot be created as a usage error', async () => {
  vi.stubEnv('TMPDIR', '/dev/null');
  await expect(withFilterLock('gw1:4000', async () => 'in')).rejects.toMatchObject({
    exitCode: 2,
    message: expect.stringContaining('ENOTDIR'),
  });
});
