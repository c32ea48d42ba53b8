import { describe, expect, test } from 'vitest';
import { disconnectDevices } from '../../../src/commands/disconnect/disconnect-devices.ts';
import { toResult } from '../../../src/render/results.ts';
import { down, fakeGateway, managed } from '../../support/fake-gateway.ts';
import { run } from '../../support/host.ts';

test('all means every connected device, of whatever kind, and no other', async () => {
  const { gateway, disconnects } = fakeGateway([
    managed(1),
    down(2),
    managed(3, { autoReconnect: true }),
    managed(4, { connectionMode: 'DEVICE_TO_SERVER' }),
  ]);
  const { results } = await disconnectDevices(gateway, undefined, { dryRun: false });
  expect(disconnects).toEqual([[1, 3, 4]]);
  expect(results.map(({ deviceID, ok, changed }) => [deviceID, ok, changed])).toEqual(
    [1, 3, 4].map((deviceID) => [deviceID, true, true]),
  );
});

test('all of nobody is nothing to do', async () => {
  const { gateway, disconnects } = fakeGateway([down(2)]);
  expect((await disconnectDevices(gateway, undefined, { dryRun: false })).results).toEqual([]);
  expect(disconnects).toEqual([]);
});

describe('a dry run', () => {
  test.each<[string, number[], number | undefined]>([
    ['of managed devices', [1, 2], undefined],
    ['of some', [1, 9], 7],
    ['of none', [8, 9], 3],
  ])('%s sends nothing, and ends as the real run does', async (_what, ids, exitCode) => {
    const { gateway, disconnects } = fakeGateway([managed(1), down(2)]);
    const dry = await disconnectDevices(gateway, ids, { dryRun: true });
    expect(disconnects).toEqual([]);
    const real = await disconnectDevices(gateway, ids, { dryRun: false });
    for (const { results } of [dry, real]) expect(toResult(results, {}).failure?.exitCode).toBe(exitCode);
    expect(dry.results.map(({ changed }) => changed)).toEqual(real.results.map(({ changed }) => changed));
  });

  test('shows the status as it is, and calls nothing applied that was not', async () => {
    const { results } = await disconnectDevices(fakeGateway([managed(1)]).gateway, undefined, { dryRun: true });
    expect(results).toMatchObject([
      { ok: true, changed: true, outcome: 'not-applied', status: 'TCP_CONNECTED', details: { comesBack: false } },
    ]);
  });
});

test('--all beside IDs is refused before anything is sent', async () => {
  const { exitCode, stderr } = await run(['disconnect', '--all', '1'], { env: { GSDK_GATEWAY: '127.0.0.1:1' } });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--all beside device IDs');
});
