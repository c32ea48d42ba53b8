import { delimiter } from 'node:path';
import { expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { gsdk, PATH, shell } from '../support/gsdk.ts';
import { jqFolder, pathWithJq } from '../support/jq.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const gateway = await emulatedGateway({
  fleet: [
    { deviceID: 4294967295, type: 153, IPAddr: '10.0.0.3', statusWhenConnected: 768 },
    { deviceID: 846, type: 18, IPAddr: '10.0.0.1', useDHCP: true },
    { deviceID: 12, type: 5, IPAddr: '10.0.0.2', useSSL: true, connectionMode: 1, serverAddr: '10.0.0.9' },
  ],
});
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

test.each(['table', 'json', 'ndjson', 'csv', 'tsv'])('--fields projects %s, in the order given', async (format) => {
  const expected: Record<string, string> = {
    table: 'STATUS         ID\nTCP_CONNECTED  846\n',
    json: `${JSON.stringify([{ status: 'TCP_CONNECTED', deviceID: 846 }], null, 2)}\n`,
    ndjson: '{"status":"TCP_CONNECTED","deviceID":846}\n',
    csv: 'status,deviceID\nTCP_CONNECTED,846\n',
    tsv: 'status\tdeviceID\nTCP_CONNECTED\t846\n',
  };
  expect(await printed('device', 'get', '846', '--fields', 'status,deviceID', '-o', format)).toBe(expected[format]);
});

test('device get of one ID is an array too; of several, by ID whatever the order', async () => {
  expect(JSON.parse(await printed('device', 'get', '846', '--json'))).toEqual([managed846]);
  expect(JSON.parse(await printed('device', 'get', '4294967295', '846', '--json'))).toEqual(managed);
});

test('the answer of device exists is its exit code', async () => {
  expect(await printed('device', 'exists', '846')).toBe('');
  const no = await gsdk(['device', 'exists', '12', '--json'], gateway);
  expect(no).toMatchObject({ exitCode: 8, stdout: '{\n  "deviceID": 12,\n  "exists": false\n}\n', stderr: '' });
});

test('filters take the names that are printed, in lower case too, unknown numbers included', async () => {
  expect(await printed('search', '--type', 'type-153,xpass_s2', '-o', 'ids')).toBe('12\n4294967295\n');
  expect(await printed('search', '--type', 'ENTRY_MAX', '-o', 'ids')).toBe('12\n');
  expect(await printed('search', '--mode', 'device-to-server', '-o', 'ids')).toBe('12\n');
  expect(await printed('device', 'ls', '--status', 'status_768', '-o', 'ids')).toBe('4294967295\n');
  expect(await printed('device', 'ls', '--connected', '-o', 'ids')).toBe('846\n');
  expect(await printed('device', 'ls', '--down', '-o', 'ids')).toBe('4294967295\n');
});

test.each([
  ['as it is found here', pathWithJq(folder)],
  ['compiled to WebAssembly', [jqFolder(folder), PATH].join(delimiter)],
])('real jq reads it: %s', async (_, path) => {
  const script = `gsdk search --json | jq -r '.[] | select(.useSSL) | .deviceID'; gsdk device ls -o ndjson | jq -c .connected`;
  const { stdout, exitCode } = await shell(script, { env: { ...gateway.env, PATH: path } });
  expect({ stdout, exitCode }).toEqual({ stdout: '12\ntrue\nfalse\n', exitCode: 0 });
});

test('the same bytes in an empty environment, in a terminal without colour, and where colour is forced by others', async () => {
  const settings = '--gateway "$GSDK_GATEWAY" --ca-file "$GSDK_CA_FILE"';
  const run = (variables: string) => shell(`env -i ${variables} "$NODE" "$BIN" search ${settings}`, gateway);
  const plain = await run('');
  expect(plain).toMatchObject({ exitCode: 0, stderr: '', stdout: await printed('search') });
  for (const variables of [
    'TERM=xterm NO_COLOR=1',
    'TERM=xterm-256color',
    'FORCE_COLOR=3',
    'NO_COLOR=1 FORCE_COLOR=1 LANG=C',
    'COLUMNS=20',
  ]) {
    expect(await run(variables), variables).toMatchObject({ exitCode: 0, stderr: '', stdout: plain.stdout });
  }
});
