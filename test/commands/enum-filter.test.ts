import { expect, test } from 'vitest';
import { enumFilter } from '../../src/commands/enum-filter.ts';

test('no filter is none', async () => {
  expect(await enumFilter('status', undefined)).toBeUndefined();
});

test('a filter is the names as they are printed', async () => {
  expect(await enumFilter('mode', 'default,device-to-server')).toEqual(['SERVER_TO_DEVICE', 'DEVICE_TO_SERVER']);
});

test('an empty filter, or a name that is none, is refused', async () => {
  await expect(enumFilter('status', '')).rejects.toMatchObject({ exitCode: 2 });
  await expect(enumFilter('type', 'nope')).rejects.toMatchObject({ exitCode: 2 });
});
