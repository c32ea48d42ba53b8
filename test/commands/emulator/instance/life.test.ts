import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isAlive, lifeOf } from '../../../../src/commands/emulator/instance/life.ts';

test('a process is known by its number and its beginning', async () => {
  const own = await lifeOf(process.pid);
  expect(own).toMatchObject({ pid: process.pid, began: expect.stringMatching(/./) });
  expect(own && (await isAlive(own))).toBe(true);
  expect(await isAlive({ pid: process.pid, began: 'another time' })).toBe(false);
});

test('a process that has ended is no more', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const life = await lifeOf(child.pid ?? 0);
  expect(life && (await isAlive(life))).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(life && (await isAlive(life))).toBe(false);
  expect(await lifeOf(child.pid ?? 0)).toBeUndefined();
});
