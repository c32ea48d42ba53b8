import { expect, test } from 'vitest';
import { parseEnumOption } from '../../../src/commands/shared/enum-option.ts';

test('no filter is none', async () => {
  expect(await parseEnumOption('status', undefined)).toBeUndefined();
});

test('a filter is the names as they are printed', async () => {
  expect(await parseEnumOption('mode', 'default,device-to-server')).toEqual(['SERVER_TO_DEVICE', 'DEVICE_TO_SERVER']);
});

test('an empty filter, or a name that is none, is refused', async () => {
  await expect(parseEnumOption('status', '')).rejects.toMatchObject({ exitCode: 2 });
  await expect(parseEnumOption('type', 'nope')).rejects.toMatchObject({ exitCode: 2 });
});
