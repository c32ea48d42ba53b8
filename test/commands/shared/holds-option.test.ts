import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readHeldDevices } from '../../../src/commands/shared/holds-option.ts';
import { temporaryFolder, writtenFile } from '../../support/temporary-folder.ts';

const run = { host: { stdin: process.stdin }, signal: new AbortController().signal };
const door = { IPAddr: '10.0.0.1', heldSince: '2026-01-01T00:00:00Z' };
const holds = writtenFile(
  'holds.json',
  JSON.stringify([
    { ...door, deviceID: 1, heldUntil: '2099-01-01T00:00:00Z' },
    { ...door, deviceID: 2, heldUntil: '2026-01-01T01:00:00Z' },
  ]),
);
const missing = join(temporaryFolder(), 'none.json');

test('those are held whose time is not over', async () => {
  expect(await readHeldDevices(holds, run)).toEqual(new Set([1]));
});

test.each([undefined, missing])('without a file nobody is: %s', async (path) => {
  expect(await readHeldDevices(path, run)).toEqual(new Set());
});

test('a file that is none of holds is refused', async () => {
  const path = writtenFile('site.csv', 'deviceID,IPAddr\n1,10.0.0.1\n');
  await expect(readHeldDevices(path, run)).rejects.toThrow('expected a time as heldSince');
});
