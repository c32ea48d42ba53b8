import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { managedFleet } from '../../support/managed-fleet.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { gsdk, emulator } = await managedFleet();
const folder = temporaryFolder();
const rpc = (args: string[], stdin = '') => gsdk(['rpc', ...args], stdin);

test.each([[[]], [['-o', 'json']], [['-o', 'wide']]])('an answer is a JSON document: %j', async (args) => {
  const { exitCode, stdout, stderr } = await rpc(['Connect.GetDeviceList', ...args]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const { deviceInfos } = JSON.parse(stdout);
  expect(deviceInfos).toMatchObject([
    { deviceID: 846, status: 'TCP_CONNECTED', autoReconnect: false },
    { deviceID: 540, status: 'TLS_CONNECTED' },
  ]);
});

test('an answer comes in the other formats too, and its fields can be chosen', async () => {
  const info = ['Device.GetInfo', '-d', '{"deviceID": 846}'];
  expect(JSON.parse((await rpc([...info, '-o', 'ndjson'])).stdout)).toMatchObject({
    info: { modelName: 'BIOLITE_N2' },
  });
  expect((await rpc([...info, '-o', 'tsv', '--no-header'])).stdout).toMatch(/^\{"MACAddr":"02:17:00:00:03:4e",/);
  expect((await rpc(['Device.GetCapabilityInfo', '--fields', 'help'])).stdout).toBe('capInfo\n');
  expect((await rpc([...info, '-o', 'ids'])).exitCode).toBe(2);
});

test('a request is an argument, a file, or standard input', async () => {
  writeFileSync(join(folder, 'request.json'), '{"deviceID": 846}');
  for (const data of ['{"deviceID": 846}', `@${join(folder, 'request.json')}`, '@-']) {
    const { exitCode, stdout } = await rpc(['Device.GetInfo', '-d', data], '{"deviceID": 846}');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).info.modelName).toBe('BIOLITE_N2');
  }
});

test('a stream is an object a line, and ends after --count of them', async () => {
  let isOver = false;
  const stream = rpc(['Connect.SubscribeStatus', '--count', '2', '--fields', 'deviceID,status']).finally(() => {
    isOver = true;
  });
  // Nothing tells when the subscription stands, so changes are made until it has seen enough of them.
  while (!isOver) {
    await rpc(['Connect.Disconnect', '-d', '{"deviceIDs": [846]}']);
    await rpc(['Connect.Connect', '-d', '{"connectInfo": {"IPAddr": "192.168.0.117"}}']);
  }
  const { exitCode, stdout, stderr } = await stream;
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const statuses = ['DISCONNECTED', 'TCP_CONNECTED'];
  const lines = statuses.map((status) => `{"deviceID":846,"status":"${status}"}\n`);
  expect([lines.join(''), lines.toReversed().join('')]).toContain(stdout);
});

test('--dry-run prints the request, and only reads', async () => {
  const request = ['Connect.SetAcceptFilter', '-d', '{"filter": {"allowAll": true}}'];
  const { exitCode, stdout, stderr } = await rpc([...request, '--dry-run', '-v']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    ...{ dryRun: true, rpc: 'Connect.SetAcceptFilter', write: true },
    request: { filter: { allowAll: true, deviceIDs: [], IPAddrs: [], subnetMasks: [] } },
    ...{ profile: null, gateway: emulator.address },
  });
  expect(stderr).toMatch(/^GetAcceptFilter \d+ ms OK\nGetDeviceList \d+ ms OK\n$/);
  expect(JSON.parse((await gsdk(['filter', 'show', '--json'])).stdout)).toMatchObject({ allowAll: false });
});

test('--list tells every RPC without a gateway', async () => {
  const { exitCode, stdout } = await rpc(['--list', '--json', '--gateway', '127.0.0.1:1']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toContainEqual({
    ...{ rpc: 'Connect.SetConnectionMode', write: true, stream: false },
    ...{ request: ['deviceID', 'connectionMode'], response: [] },
  });
});

test('what a device refuses is its failure, on stderr only', async () => {
  const { exitCode, stdout, stderr } = await rpc(['Device.GetInfo', '-d', '{"deviceID": 900}', '--json']);
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(JSON.parse(stderr).error).toMatchObject({ class: 'NOT_FOUND', target: '900', stage: 'device' });
  expect((await rpc(['Login.Logout'])).exitCode).toBe(10);
});

test('a Multi call of which a part failed: the devices that did are named', async () => {
  const { exitCode, stderr } = await rpc(['Connect.DisableSSLMulti', '-d', '{"deviceIDs": [540, 900]}', '--json']);
  expect(exitCode).toBe(7);
  expect(JSON.parse(stderr).error.message).toMatch(/^1 of 2 failed: 900: Cannot get connection/);
});

describe('before anything is sent', () => {
  test.each([
    [[], 'no RPC given'],
    [['--list', 'Connect.Connect'], '--list beside Connect.Connect'],
    [['Connect.GetDeviceLst'], 'no RPC "Connect.GetDeviceLst"\nhint: did you mean Connect.GetDeviceList?'],
    [['Connect.GetDeviceList', '--count', '1'], '--count: Connect.GetDeviceList is no stream'],
    [['Connect.SubscribeStatus', '--count', '0'], '--count: expected a number'],
    [['Connect.SubscribeStatus', '-o', 'csv'], '-o csv: what never ends is printed line by line'],
    [['Device.GetInfo', '-d', '{'], '-d: not JSON'],
    [['Device.GetInfo', '-d', '[]'], '-d: cannot decode'],
    [['Device.GetInfo', '-d', '@/nonexistent'], 'cannot read /nonexistent (ENOENT)'],
    [['Device.GetInfo', '--fields', 'nope'], '--fields: expected some of info, got "nope"'],
    [['Connect.SubscribeStatus', '--fields', 'nope'], '--fields: expected some of deviceID,status,timestamp'],
  ])('%j is refused', async (args, message) => {
    const { exitCode, stdout, stderr } = await rpc([...args, '--gateway', '127.0.0.1:1']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
