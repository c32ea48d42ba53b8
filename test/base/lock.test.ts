import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from '../../src/base/lock.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const file = join(folder, 'something');

test('the lock is a folder beside the file, for as long as something is done', async () => {
  expect(await withLock(file, () => existsSync(`${file}.lock`))).toBe(true);
  expect(existsSync(`${file}.lock`)).toBe(false);
});

test('what is thrown comes out, and the lock is free', async () => {
  const failing = () => {
    throw new Error('no');
  };
  await expect(withLock(file, failing)).rejects.toThrow('no');
  expect(existsSync(`${file}.lock`)).toBe(false);
});

test('a lock that is held and not waited for is told by its code', async () => {
  mkdirSync(join(folder, 'held.lock'));
  await expect(withLock(join(folder, 'held'), () => 'in', { retries: 0 })).rejects.toMatchObject({ code: 'ELOCKED' });
});

test('a signal that came before lets nobody in', async () => {
  const signal = AbortSignal.abort(new Error('interrupted'));
  await expect(withLock(file, () => expect.unreachable('in'), { signal })).rejects.toThrow('interrupted');
});
