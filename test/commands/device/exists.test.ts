import { expect, test } from 'vitest';
import { managedFleet } from '../../support/managed-fleet.ts';

const { gsdk } = await managedFleet();
const exists = (...args: string[]) => gsdk(['device', 'exists', ...args]);

test.each([
  ['846', 0],
  ['900', 8],
])('%s: the answer is the exit code %d, and nothing is printed', async (id, exitCode) => {
  expect(await exists(id)).toMatchObject({ exitCode, stdout: '', stderr: '' });
});

test.each([
  ['846', true, 0, '846\n'],
  ['900', false, 8, ''],
])('%s: JSON tells it, and ids prints what exists', async (id, answer, exitCode, ids) => {
  const { stdout, ...others } = await exists(id, '--json');
  expect(others).toMatchObject({ exitCode, stderr: '' });
  expect(JSON.parse(stdout)).toEqual({ deviceID: Number(id), exists: answer });
  expect((await exists(id, '-o', 'ids')).stdout).toBe(ids);
});

test.each([[['door']], [['0']], [[]], [['846', '540']]])('%j is refused', async (words) => {
  expect(await exists(...words)).toMatchObject({ exitCode: 2, stdout: '' });
});
