import { delimiter } from 'node:path';
import { expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { gsdk, PATH, shell } from '../support/gsdk.ts';
import { jqFolder, pathWithJq } from '../support/jq.ts';
import { newerFleet } from '../support/newer-fleet.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const gateway = await emulatedGateway({ fleet: newerFleet });
await gsdk(['connect', '10.0.0.1', '10.0.0.3'], gateway);

/** What a command that succeeds prints; a success writes nothing to standard error. */
async function printed(...args: string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await gsdk(args, gateway);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  return stdout;
}

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
  expect(JSON.parse(await printed('device', 'get', '846', '--json'))).toMatchObject([{ deviceID: 846 }]);
  expect(JSON.parse(await printed('device', 'get', '4294967295', '846', '--json'))).toMatchObject([
    { deviceID: 846 },
    { deviceID: 4294967295 },
  ]);
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
