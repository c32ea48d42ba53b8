import { status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { errorOf } from '../support/failure.ts';
import { foreignGateway, Refusal } from '../support/foreign-gateway.ts';
import { gsdk } from '../support/gsdk.ts';

const lobby = { deviceID: 846, type: 18, IPAddr: '10.1.2.3', port: 51211 };
const gate = { deviceID: 4294967295, type: 12, IPAddr: '10.1.2.4', port: 51211, useSSL: true };
const gateway = await foreignGateway({ devices: [gate, lobby] });
const silent = await foreignGateway({
  answers: {
    SearchDevice: () => {
      throw new Refusal(status.NOT_FOUND, 'No device found in the subnet');
    },
  },
});
const korean = await foreignGateway({
  devices: [
    { ...lobby, IPAddr: '서울 본사 1층' },
    { ...gate, IPAddr: 'gate' },
  ],
});
let refusal = new Refusal(status.UNKNOWN, 'not set');
const refuse = () => {
  throw refusal;
};
const refusing = await foreignGateway({
  answers: { SearchDevice: refuse, GetDeviceList: refuse },
});
const refusingDevices = await foreignGateway({
  devices: [{ ...lobby, isConnected: true }],
  answers: { Connect: refuse, Disconnect: refuse },
});

const json = async (...args: string[]) => JSON.parse((await gsdk([...args, '--json'], gateway)).stdout);

test('on a gateway that is not ours: search, connect, list, disconnect', async () => {
  expect(await json('search', '--duration', '10ms')).toEqual([
    {
      deviceID: 846,
      type: 'BIOLITE_N2',
      useDHCP: false,
      connectionMode: 'SERVER_TO_DEVICE',
      IPAddr: '10.1.2.3',
      port: 51211,
      useSSL: false,
      serverAddr: '',
    },
    {
      deviceID: 4294967295,
      type: 'BIOSTATION_L2',
      useDHCP: false,
      connectionMode: 'SERVER_TO_DEVICE',
      IPAddr: '10.1.2.4',
      port: 51211,
      useSSL: true,
      serverAddr: '',
    },
  ]);
  expect(await json('connect', '10.1.2.3')).toMatchObject({ results: [{ deviceID: 846, ok: true, changed: true }] });
  expect(await json('connect', '--ssl', '4294967295@10.1.2.4')).toMatchObject({ summary: { ok: 1 } });
  expect(await json('device', 'ls')).toMatchObject([
    { deviceID: 846, status: 'TCP_CONNECTED', connected: true },
    { deviceID: 4294967295, status: 'TLS_CONNECTED', connected: true },
  ]);
  expect(await json('disconnect', '846', '4294967295')).toMatchObject({
    results: [
      { deviceID: 846, ok: true, changed: true, comesBack: false, stoppedBy: null },
      { deviceID: 4294967295, ok: true, changed: true },
    ],
  });
  expect(await json('device', 'ls')).toEqual([]);
  expect(gateway.calls).toEqual([
    ...['SearchDevice', 'GetDeviceList', 'Connect', 'GetDeviceList', 'GetDeviceList', 'Connect', 'GetDeviceList'],
    ...['GetDeviceList', 'GetDeviceList', 'Disconnect', 'GetDeviceList', 'GetDeviceList'],
  ]);
});

test('"No device found in the subnet" is an empty list, exit 0, with a word of warning', async () => {
  const { exitCode, stdout, stderr } = await gsdk(['search', '--json'], silent);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '[]\n' });
  expect(stderr).toMatch(/^gsdk: warning: no device answered 127\.0\.0\.1:\d+; another gateway on the same host .*\n$/);
  const quiet = await gsdk(['search', '-q', '--fail-if-empty', '-o', 'ids'], silent);
  expect(quiet).toMatchObject({ exitCode: 8, stdout: '', stderr: '' });
});

test('Korean text, two cells a syllable, keeps the columns of a table straight', async () => {
  const { stdout } = await gsdk(['search'], korean);
  const cells = (text: string) => [...text].reduce((sum, character) => sum + (/[가-힣]/.test(character) ? 2 : 1), 0);
  const [heading = '', ...lines] = stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(cells(line.slice(0, line.indexOf('SERVER_TO')))).toBe(heading.indexOf('MODE'));
});

test.each([
  ['UNAVAILABLE', 5, 'UNREACHABLE'],
  ['UNAUTHENTICATED', 4, 'AUTH_TLS'],
  ['PERMISSION_DENIED', 4, 'AUTH_TLS'],
  ['NOT_FOUND', 3, 'NOT_FOUND'],
  ['INVALID_ARGUMENT', 2, 'USAGE'],
  ['OUT_OF_RANGE', 2, 'USAGE'],
  ['UNIMPLEMENTED', 10, 'UNSUPPORTED'],
  ['RESOURCE_EXHAUSTED', 11, 'BUSY'],
  ['ALREADY_EXISTS', 9, 'CONFLICT'],
  ['FAILED_PRECONDITION', 9, 'CONFLICT'],
  ['ABORTED', 9, 'CONFLICT'],
  ['DEADLINE_EXCEEDED', 124, 'TIMEOUT'],
  ['CANCELLED', 1, 'INTERNAL'],
  ['UNKNOWN', 1, 'INTERNAL'],
  ['INTERNAL', 1, 'INTERNAL'],
  ['DATA_LOSS', 1, 'INTERNAL'],
] as const)('the gateway itself answering %s is exit %i, stage gateway', async (code, exitCode, failureClass) => {
  refusal = new Refusal(status[code], 'so it is');
  const result = await gsdk(['device', 'ls', '--json'], refusing);
  expect({ exitCode: result.exitCode, stdout: result.stdout }).toEqual({ exitCode, stdout: '' });
  expect(errorOf(result.stderr)).toMatchObject({ class: failureClass, exitCode, code, stage: 'gateway' });
});

test.each([
  ['UNAVAILABLE', 'Cannot connect to the device: EOF', 6, 'DEVICE'],
  ['NOT_FOUND', 'Cannot get connection', 6, 'DEVICE'],
  ['INTERNAL', 'Packet error: BS_ERR_NOT_SUPPORTED {Code:256}', 10, 'UNSUPPORTED'],
  ['UNIMPLEMENTED', 'Only F2 support normalization', 10, 'UNSUPPORTED'],
  ['FAILED_PRECONDITION', 'busy', 9, 'CONFLICT'],
  ['DEADLINE_EXCEEDED', 'timeout', 6, 'DEVICE'],
  ['PERMISSION_DENIED', 'no', 6, 'DEVICE'],
  ['INVALID_ARGUMENT', 'no', 6, 'DEVICE'],
] as const)('a device answering %s "%s" is exit %i', async (code, text, exitCode, failureClass) => {
  refusal = new Refusal(status[code], text);
  const command = code === 'NOT_FOUND' ? ['disconnect', '846'] : ['connect', '10.1.2.3'];
  const result = await gsdk([...command, '--json'], refusingDevices);
  expect(result.exitCode).toBe(exitCode);
  expect(errorOf(result.stderr)).toMatchObject({ class: failureClass, code, stage: 'device' });
  // That time ran out does not say that nothing happened.
  const [failed, unknown] = code === 'DEADLINE_EXCEEDED' ? [0, 1] : [1, 0];
  expect(JSON.parse(result.stdout).summary).toMatchObject({ requested: 1, ok: 0, failed, unknown });
});
