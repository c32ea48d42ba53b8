import { expect, test } from 'vitest';
import { managedFleet } from '../../support/managed-fleet.ts';

const { gsdk } = await managedFleet();

test('the gateway knows nothing, the fleet is as it was, events and calls are gone', async () => {
  await gsdk(['emulator', 'device', 'rm', '900']);
  const { stdout, exitCode, stderr } = await gsdk(['emulator', 'reset', '--json']);
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  expect(JSON.parse(stdout)).toMatchObject({ up: true, managed: 0 });
  expect((await gsdk(['emulator', 'calls', 'verify', '--count', '0'])).exitCode).toBe(0);
  expect((await gsdk(['device', 'ls', '-o', 'ids'])).stdout).toBe('');
  expect((await gsdk(['search', '-o', 'ids'])).stdout).toBe('540\n846\n900\n');
  const { stdout: events } = await gsdk(['emulator', 'events', '--fields', 'what', '-o', 'tsv', '--no-header']);
  expect(events).toBe('started\n');
});
