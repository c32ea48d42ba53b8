import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test, vi } from 'vitest';
import { manualClock, manualStartMs } from '../../src/emulator/index.ts';
import type { JsonSchema } from '../../src/render/schema.ts';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { run } from '../support/host.ts';
import { managedFleet } from '../support/managed-fleet.ts';
import { outputSchemas } from '../support/output-schemas.ts';
import { temporaryFolder, writtenFile } from '../support/temporary-folder.ts';

vi.stubEnv('TMPDIR', temporaryFolder());
const { gsdk } = await managedFleet({ GSDK_CONFIG: writtenFile('config.json', '{}') });
/** What is done to an embedded gateway is done to another one. */
const handled = await emulatedGateway();
const movedByHand = await emulatedGateway({ clock: manualClock(manualStartMs) });
const schemas = await outputSchemas();
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, validateFormats: false });

/** The same schema, but for fields that it does not name: a promise may grow, and what is printed is to be in it. */
function closed(schema: unknown): unknown {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema;
  const entries = Object.entries(schema).map(([key, value]) => [key, closed(value)]);
  return Object.fromEntries('properties' in schema ? [...entries, ['additionalProperties', false]] : entries);
}

/** Command lines one after the other, on a gateway with 846 and 540 connected and 900 there; each with its exit code. */
const lines: readonly [line: string, exitCode: number, stdin?: string][] = [
  ['search', 0],
  ['search --type 153 --type TYPE_153', 0],
  ['device ls', 0],
  ['device get 846 7', 7],
  ['device exists 7', 8],
  ['device info --connected', 0],
  ['gateway ping', 0],
  ['gateway wait', 0],
  ['gateway info', 0],
  ['gateway doctor', 0],
  ['wait 846 7 --for connected --any --now', 0],
  ['wait 846 7 --for connected --timeout 2s', 124],
  ['config show', 0],
  ['config path', 0],
  ['config set site1 maxDevices 5', 0],
  ['config profiles', 0],
  ['config unset site1 maxDevices', 0],
  ['config unset site1 --all', 0],
  ['emulator fidelity', 0],
  ['emulator status', 0],
  ['emulator stop', 0],
  ['connect 192.168.0.152 192.168.0.7', 7],
  ['connect 192.168.0.7 --dry-run', 0],
  ['disconnect 900 7', 7],
  ['disconnect --all --dry-run', 0],
  ['async add 900@192.168.0.152 7@192.168.0.7 --only 900', 0],
  ['async ls', 0],
  ['async rm 900 7', 7],
  ['filter show', 0],
  ['filter check 900', 8],
  ['filter add -', 0],
  ['filter add 900 901 --only 900', 0],
  ['filter rm 900 7', 7],
  ['filter rm -', 0],
  ['filter set -f -', 0, '{"allowAll": false, "deviceIDs": [5]}'],
  ['filter listed-only', 0],
  ['filter allow-all', 0],
  ['filter disallow-all', 0],
  ['pending ls', 0],
  ['pending accept 7', 3],
  ['slave ls 846', 0],
  ['slave add 846 7', 6],
  ['slave rm 846 7 --if-exists', 0],
  ['slave set -f -', 3, '[{"deviceID": 7, "rs485SlaveDeviceIDs": []}]'],
  ['check -f -', 8, 'deviceID,IPAddr\n846,192.168.0.117\n'],
  ['apply -f - --dry-run', 0, 'deviceID,IPAddr\n846,192.168.0.117\n'],
  ['export', 0],
  ['release 7 --holds none.json --dry-run', 3],
  ['ssl status', 0],
  ['ssl disable 540 7 --dry-run', 7],
  ['ssl enable 7', 3],
  ['mode get', 0],
  ['mode set device-to-server 846 --dry-run', 0],
  ['emulator fleet validate -', 2, 'devices: [{ deviceID: 0 }]'],
  [
    'emulator fleet render -',
    0,
    'groups: [{ group: doors, count: 2, deviceID: 7, IPAddr: 10.0.0.1, labels: { zone: 1 } }]',
  ],
  ['emulator device ls', 0],
  ['emulator device unplug 846 --how fin', 0],
  ['emulator device plug @all', 0],
  ['emulator device flap 846 --down 1s --up 1s', 0],
  ['emulator device refuse 846', 0],
  ['emulator device reboot 846 --down 1s', 0],
  ['emulator device move 846 192.168.0.200', 0],
  ['emulator device set 846 --ssl on', 0],
  ['emulator device add 7@10.0.0.7', 0],
  ['emulator device rm 7', 0],
  ['emulator gateway goaway', 0],
  ['emulator gateway drop-streams', 0],
  ['emulator gateway drop-connections', 0],
  ['emulator gateway rotate-cert', 0],
  ['emulator gateway hang', 0],
  ['emulator gateway crash', 0],
  ['emulator gateway restart', 0],
  ['emulator clock show', 0],
  ['emulator clock scale 1000', 0],
  ['emulator clock advance 1s', 0],
  ['emulator events', 0],
  ['emulator calls ls', 0],
  ['emulator calls verify --method Connect --count 1', 8],
  ['emulator fault add -f -', 0, '{"effect": "refuse", "deviceIDs": "846"}'],
  ['emulator fault ls', 0],
  ['emulator fault rm rule-1', 0],
  ['emulator fault clear', 0],
  ['emulator scenario ls', 0],
  ['emulator scenario run flap', 0],
  ['emulator scenario status', 0],
  ['emulator scenario stop', 0],
  ['emulator reset', 0],
];

test.each(lines)('%s prints what its schema says (%d)', async (line, expected, stdin = '') => {
  const argv = [...line.split(' '), '--json'];
  const asked = line.startsWith('emulator ')
    ? run(argv, { env: (line.includes('advance') ? movedByHand : handled).env, stdin })
    : gsdk(argv, stdin);
  const { exitCode, stdout, stderr } = await asked;
  expect({ exitCode, stderr: exitCode === expected ? '' : stderr }).toEqual({ exitCode: expected, stderr: '' });
  const validate = ajv.compile(closed(schemaFor(line)) as JsonSchema);
  validate(JSON.parse(stdout));
  expect(validate.errors ?? []).toEqual([]);
});

const wordsOf = (line: string) => Object.keys(schemas).find((words) => `${line} `.startsWith(`${words} `));

function schemaFor(line: string): JsonSchema {
  const schema = schemas[wordsOf(line) ?? ''];
  return schema ?? expect.unreachable(`no schema for ${line}`);
}

test('each line of watch is what its schema says', async () => {
  const { exitCode, stdout } = await gsdk([
    'watch',
    '--device',
    '846',
    '--until-state',
    'tcp-connected',
    '--summary',
    '-o',
    'ndjson',
  ]);
  expect(exitCode).toBe(0);
  const validate = ajv.compile(closed(schemaFor('watch')) as JsonSchema);
  const rows = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(rows.map(({ event }) => event)).toEqual(expect.arrayContaining(['snapshot', 'synced', 'end']));
  for (const row of rows) {
    validate(row);
    expect(validate.errors ?? []).toEqual([]);
  }
});

test('no command with a schema is left out', () => {
  const tried = new Set(lines.map(([line]) => wordsOf(line)));
  // These run until they are interrupted, or start the built program; watch is below.
  const endless = ['emulator run', 'emulator start', 'watch'];
  expect(Object.keys(schemas).filter((words) => !tried.has(words) && !endless.includes(words))).toEqual([]);
});
