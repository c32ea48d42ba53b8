import { expect, test } from 'vitest';
import { manualClock } from '../../../src/emulator/index.ts';
import { ConnectionMode } from '../../../src/gen/connect_pb.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';

const start = 1_584_826_860_500;
const clock = manualClock(start);
const dialsIn = { connectionMode: ConnectionMode.DEVICE_TO_SERVER };
const { env } = await emulatedGateway({
  clock,
  fleet: [
    { deviceID: 939, type: 9, IPAddr: '192.168.0.121', ...dialsIn },
    { deviceID: 7, type: 153, IPAddr: '192.168.0.7', ...dialsIn },
  ],
});
const quiet = await emulatedGateway({ fleet: [] });

test('pending devices come by ID, each with its last try as a Unix time and as a date', async () => {
  const { exitCode, stdout, stderr } = await run(['pending', 'ls', '--json'], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const lastTry = 1_584_826_860;
  const both = { lastTry, lastTryTime: '2020-03-21T21:41:00Z' };
  expect(JSON.parse(stdout)).toEqual([
    { deviceID: 7, type: 'TYPE_153', IPAddr: '192.168.0.7', ...both },
    { deviceID: 939, type: 'BIOSTATION_A2', IPAddr: '192.168.0.121', ...both },
  ]);
});

test('the next try is a later one, and no second row', async () => {
  clock.advance(24_000);
  const { stdout } = await run(['pending', 'list', '-o', 'csv', '--no-header', '--fields', 'deviceID,lastTryTime'], {
    env,
  });
  expect(stdout).toBe('7,2020-03-21T21:41:24Z\n939,2020-03-21T21:41:24Z\n');
});

test('nobody is an empty list, and 8 only if wanted', async () => {
  expect(await run(['pending', 'ls', '--json'], quiet)).toMatchObject({ exitCode: 0, stdout: '[]\n', stderr: '' });
  expect(await run(['pending', 'ls', '--fail-if-empty', '-o', 'ids'], quiet)).toMatchObject({
    exitCode: 8,
    stdout: '',
  });
  expect(await run(['pending', 'ls', '--fail-if-empty', '-o', 'ids'], { env })).toMatchObject({
    ...{ exitCode: 0, stdout: '7\n939\n' },
  });
});
