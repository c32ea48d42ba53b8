import { expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { gsdk } from '../support/gsdk.ts';
import { newerFleet } from '../support/newer-fleet.ts';

const gateway = await emulatedGateway({ fleet: newerFleet });
await gsdk(['connect', '10.0.0.1', '10.0.0.3'], gateway);

const found846 = {
  deviceID: 846,
  type: 'BIOLITE_N2',
  useDHCP: true,
  connectionMode: 'SERVER_TO_DEVICE',
  IPAddr: '10.0.0.1',
  port: 51211,
  useSSL: false,
  serverAddr: '',
};
const found = [
  {
    ...found846,
    deviceID: 12,
    type: 'XPASS_S2',
    useDHCP: false,
    connectionMode: 'DEVICE_TO_SERVER',
    IPAddr: '10.0.0.2',
    useSSL: true,
    serverAddr: '10.0.0.9',
  },
  found846,
  { ...found846, deviceID: 4294967295, type: 'TYPE_153', useDHCP: false, IPAddr: '10.0.0.3' },
];
const managed846 = {
  deviceID: 846,
  type: 'BIOLITE_N2',
  connectionMode: 'SERVER_TO_DEVICE',
  IPAddr: '10.0.0.1',
  port: 51211,
  status: 'TCP_CONNECTED',
  autoReconnect: false,
  useSSL: false,
  connected: true,
};
const managed = [
  managed846,
  { ...managed846, deviceID: 4294967295, type: 'TYPE_153', IPAddr: '10.0.0.3', status: 'STATUS_768', connected: false },
];

/** What a command that succeeds prints; a success writes nothing to standard error. */
async function printed(...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await gsdk(args, gateway);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

test.each([
  ['search', found],
  ['device ls', managed],
])('%s as JSON: a bare array by ID, every field, zero values too, unknown numbers named', async (command, rows) => {
  const args = command.split(' ');
  expect(await printed(...args, '--json')).toBe(`${JSON.stringify(rows, null, 2)}\n`);
  expect(await printed('-o', 'ndjson', ...args)).toBe(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  expect(await printed(...args, '-o', 'ids')).toBe(rows.map(({ deviceID }) => `${deviceID}\n`).join(''));
});

test('search as a table, and with all columns', async () => {
  expect(await printed('search')).toBe(
    `${[
      'ID          TYPE        ADDRESS         MODE              SSL',
      '12          XPASS_S2    10.0.0.2:51211  DEVICE_TO_SERVER  true',
      '846         BIOLITE_N2  10.0.0.1:51211  SERVER_TO_DEVICE  false',
      '4294967295  TYPE_153    10.0.0.3:51211  SERVER_TO_DEVICE  false',
    ].join('\n')}\n`,
  );
  expect(await printed('search', '-o', 'wide')).toBe(
    `${[
      'ID          TYPE        ADDRESS         MODE              SSL    DHCP   SERVER',
      '12          XPASS_S2    10.0.0.2:51211  DEVICE_TO_SERVER  true   false  10.0.0.9',
      '846         BIOLITE_N2  10.0.0.1:51211  SERVER_TO_DEVICE  false  true',
      '4294967295  TYPE_153    10.0.0.3:51211  SERVER_TO_DEVICE  false  false',
    ].join('\n')}\n`,
  );
});

test('device ls as a table', async () => {
  expect(await printed('device', 'ls')).toBe(
    `${[
      'ID          TYPE        ADDRESS         STATUS         MODE              ASYNC  SSL',
      '846         BIOLITE_N2  10.0.0.1:51211  TCP_CONNECTED  SERVER_TO_DEVICE  false  false',
      '4294967295  TYPE_153    10.0.0.3:51211  STATUS_768     SERVER_TO_DEVICE  false  false',
    ].join('\n')}\n`,
  );
});

test('tsv and csv: the names of the fields first, unless told otherwise', async () => {
  const lines = [
    'deviceID,type,connectionMode,IPAddr,port,status,autoReconnect,useSSL,connected',
    '846,BIOLITE_N2,SERVER_TO_DEVICE,10.0.0.1,51211,TCP_CONNECTED,false,false,true',
    '4294967295,TYPE_153,SERVER_TO_DEVICE,10.0.0.3,51211,STATUS_768,false,false,false',
  ];
  expect(await printed('device', 'ls', '-o', 'csv')).toBe(`${lines.join('\n')}\n`);
  expect(await printed('device', 'ls', '-o', 'tsv')).toBe(`${lines.join('\n').replaceAll(',', '\t')}\n`);
  expect(await printed('device', 'ls', '-o', 'csv', '--no-header')).toBe(`${lines.slice(1).join('\n')}\n`);
});
