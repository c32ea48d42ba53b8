import { describe, expect, test } from 'vitest';
import { managedFleet } from '../../support/managed-fleet.ts';

const { gsdk } = await managedFleet();
const ls = (...args: string[]) => gsdk(['device', 'ls', ...args]);

test('every managed device is listed, by ID, with every field', async () => {
  const { exitCode, stdout, stderr } = await ls('--json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toEqual([
    {
      ...{ deviceID: 540, type: 'BIOSTATION_L2', connectionMode: 'SERVER_TO_DEVICE', IPAddr: '192.168.0.120' },
      ...{ port: 51_211, status: 'TLS_CONNECTED', autoReconnect: false, useSSL: true, connected: true },
    },
    {
      ...{ deviceID: 846, type: 'BIOLITE_N2', connectionMode: 'SERVER_TO_DEVICE', IPAddr: '192.168.0.117' },
      ...{ port: 51_211, status: 'TCP_CONNECTED', autoReconnect: false, useSSL: false, connected: true },
    },
  ]);
});

describe('only some are listed with', () => {
  test.each([
    [['--connected'], '540\n846\n'],
    [['--down'], ''],
    [['--status', 'tls-connected'], '540\n'],
    [['--status', 'TLS_CONNECTED,TCP_CONNECTED'], '540\n846\n'],
    [['--status', 'STATUS_768'], ''],
    [['--mode', 'device-to-server'], ''],
    [['--mode', 'DEFAULT', '--connected'], '540\n846\n'],
    [['--async'], ''],
  ])('%j', async (args, stdout) => {
    expect(await ls('-o', 'ids', ...args)).toMatchObject({ exitCode: 0, stdout, stderr: '' });
  });
});

test('an empty list is no failure, unless that is wanted', async () => {
  expect(await ls('--down', '--json')).toMatchObject({ exitCode: 0, stdout: '[]\n' });
  expect(await ls('--down', '--json', '--fail-if-empty')).toMatchObject({ exitCode: 8, stdout: '[]\n', stderr: '' });
  expect(await ls('--fail-if-empty')).toMatchObject({ exitCode: 0 });
});

test.each([
  [['--connected', '--down'], '--connected beside --down'],
  [['--status', 'up'], '--status: no such value "up"'],
  [['--fields', 'status,'], 'got ""'],
])('%j is refused', async (args, message) => {
  expect(await ls(...args)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(message) });
});

test('with -v each call is told, and nothing else changes', async () => {
  const { stdout, stderr } = await ls('-v', '-o', 'ids');
  expect(stdout).toBe('540\n846\n');
  expect(stderr).toMatch(/^GetDeviceList \d+ ms OK\n$/);
});
