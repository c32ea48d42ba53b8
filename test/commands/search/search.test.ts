import { describe, expect, test } from 'vitest';
import { ConnectionMode } from '../../../src/gen/connect_pb.ts';
import { Type } from '../../../src/gen/device_pb.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';
import { managedFleet } from '../../support/managed-fleet.ts';

const emulator = await emulatedGateway({
  fleet: [
    {
      deviceID: 939,
      type: Type.BIOSTATION_A2,
      IPAddr: '192.168.0.121',
      connectionMode: ConnectionMode.DEVICE_TO_SERVER,
    },
    { deviceID: 846, type: Type.BIOLITE_N2, IPAddr: '192.168.0.117', useDHCP: true },
    { deviceID: 900, type: 153, IPAddr: '192.168.0.118' },
  ],
});
const twins = await emulatedGateway({
  fleet: [
    { deviceID: 1, type: Type.BIOSTATION_2, IPAddr: '192.168.0.1' },
    { deviceID: 2, type: Type.BIOSTATION_2, IPAddr: '192.168.0.2' },
    { deviceID: 3, type: Type.XPASS_Q2, IPAddr: '192.168.0.1', port: 51_212 },
  ],
});
const deserted = await emulatedGateway({ fleet: [] });
const fleet = await managedFleet();
const search = (...args: string[]) => run(['search', ...args], emulator);
const idsOf = async (...args: string[]) => (await search('-o', 'ids', ...args)).stdout;

describe('a search', () => {
  test('finds every device that answers, by ID, with every field', async () => {
    const { exitCode, stdout, stderr } = await search('--json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const [first, ...others] = JSON.parse(stdout);
    expect(first).toEqual({
      ...{ deviceID: 846, type: 'BIOLITE_N2', useDHCP: true, connectionMode: 'SERVER_TO_DEVICE' },
      ...{ IPAddr: '192.168.0.117', port: 51_211, useSSL: false, serverAddr: '' },
    });
    expect(others).toMatchObject([{ deviceID: 900, type: 'TYPE_153' }, { deviceID: 939 }]);
  });

  test('is a table for people', async () => {
    expect((await search()).stdout).toMatch(/^ID +TYPE +ADDRESS +MODE +SSL\n846 +BIOLITE_N2 +192\.168\.0\.117:51211 /);
  });

  test.each([
    [['--type', 'biolite-n2'], '846\n'],
    [['--type', 'TYPE_153,BIOSTATION_A2'], '900\n939\n'],
    [['--mode', 'device-to-server'], '939\n'],
    [['--mode', 'DEFAULT', '--type', 'BIOLITE_N2'], '846\n'],
    [['--mode', 'device-to-server', '--type', 'BIOLITE_N2'], ''],
  ])('keeps only what is asked for: %j', async (args, ids) => {
    expect(await idsOf(...args)).toBe(ids);
  });
});

describe('of what a search found', () => {
  test('--unmanaged leaves out what the gateway manages', async () => {
    expect((await fleet.gsdk(['search', '-o', 'ids'])).stdout).toBe('540\n846\n900\n');
    expect((await fleet.gsdk(['search', '--unmanaged', '-o', 'ids'])).stdout).toBe('900\n');
  });

  test('--duplicates keeps those with an address that another one has', async () => {
    expect(await run(['search', '--duplicates', '-o', 'ids'], twins)).toMatchObject({ exitCode: 0, stdout: '1\n3\n' });
    expect((await run(['search', '--duplicates', '--type', 'xpass-q2', '-o', 'ids'], twins)).stdout).toBe('3\n');
    expect(await search('--duplicates', '--json')).toMatchObject({ exitCode: 0, stdout: '[]\n', stderr: '' });
    expect(await search('--duplicates', '--fail-if-empty', '--json')).toMatchObject({ exitCode: 8, stdout: '[]\n' });
  });

  test('--repeat finds each device once', async () => {
    const { stdout, stderr } = await search('--repeat', '3', '-o', 'ids', '-v');
    expect(stdout).toBe('846\n900\n939\n');
    expect(stderr).toMatch(/^searching for 15s\n/);
    expect(stderr.match(/^SearchDevice /gm)).toHaveLength(3);
  });
});

test('a search that finds nothing is an empty list and a warning, 8 only if wanted', async () => {
  const { exitCode, stdout, stderr } = await run(['search', '--json'], deserted);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '[]\n' });
  expect(stderr).toMatch(
    /^gsdk: warning: no device answered 127\.0\.0\.1:\d+; another gateway on the same host [^\n]+\n$/,
  );
  expect(await run(['search', '-q', '--fail-if-empty', '-o', 'ids'], deserted)).toMatchObject({
    ...{ exitCode: 8, stdout: '', stderr: '' },
  });
});

test('a filter that leaves nothing is no warning, and 8 only if wanted', async () => {
  expect(await search('--type', 'XPASS_Q2', '-o', 'ids')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  expect(await search('--type', 'XPASS_Q2', '--fail-if-empty')).toMatchObject({ exitCode: 8, stderr: '' });
});

describe('before anything is sent', () => {
  test.each([
    [['--duration', '0s'], '--duration: expected a duration'],
    [['--repeat', '0'], '--repeat: expected a number of 1 to 100, got "0"'],
    [['--type', 'nope'], '--type: no such value "nope"'],
    [['--mode', 'nope'], '--mode: no such value "nope"'],
    [['--fields', 'nope'], '--fields: expected some of deviceID,'],
  ])('%j is refused', async (args, message) => {
    const nobody = { env: { GSDK_GATEWAY: '127.0.0.1:1' } };
    const { exitCode, stdout, stderr } = await run(['search', ...args], nobody);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
