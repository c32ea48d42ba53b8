import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorOf } from '../support/failure.ts';
import { gsdk, root } from '../support/gsdk.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const env = { TMPDIR: folder };
const example = join(root, 'examples', 'building.yaml');
const files = temporaryFolder();
const write = (name: string, text: string) => {
  const path = join(files, name);
  writeFileSync(path, text);
  return path;
};

/** Runs a shell script against an embedded gateway with these options. */
const on = (options: readonly string[], script: string, limit: { input?: string } = {}) =>
  gsdk(['emulator', 'exec', '--clock', 'scaled:100', ...options, '--', 'sh', '-c', script], { env, ...limit });

test('the example is a building: its devices are found, connected and selected by what the file says', async () => {
  const script = `
    set -e
    gsdk search -o ids | wc -l
    gsdk search --json | gsdk async add -f - --wait -o ids | wc -l
    gsdk device get 540200001 --json --fields type,useSSL,status`;
  const { exitCode, stdout, stderr } = await on(['--fleet', example], script);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const [found, added, ...rest] = stdout.split('\n');
  expect([Number(found), Number(added)]).toEqual([43, 42]);
  expect(JSON.parse(rest.join('\n'))).toEqual([{ type: 'BIOSTATION_3', useSSL: true, status: 'TLS_CONNECTED' }]);
});

test('a scenario selects by the groups and labels of the fleet', async () => {
  const unplug = (deviceIDs: string) => ({ at: '0s', do: 'unplug', deviceIDs });
  const scenario = write('outage.json', JSON.stringify({ steps: [unplug('group:floor1'), unplug('zone=public')] }));
  const { exitCode, stdout } = await on(['--fleet', example, '--scenario', scenario], 'gsdk search -o ids | wc -l');
  expect({ exitCode, found: Number(stdout) }).toEqual({ exitCode: 0, found: 22 });
});

test('what one gateway finds is the fleet of another', async () => {
  const script =
    'gsdk search --json | gsdk emulator fleet new -f - | gsdk emulator exec --fleet - -- gsdk search --json';
  const [first, second] = await Promise.all([on([], 'gsdk search --json'), on([], script)]);
  expect(second.stderr).toBe('');
  expect(JSON.parse(second.stdout)).toEqual(JSON.parse(first.stdout));
});

test('what a gateway lists, and a site file, are fleets', async () => {
  const devices = '846,192.168.0.117,SERVER_TO_DEVICE\n939342898,192.168.0.121,DEVICE_TO_SERVER\n';
  const make =
    'gsdk emulator fleet new -f - | gsdk emulator fleet render - -o csv --fields deviceID,IPAddr,connectionMode';
  const script = `
    set -e
    gsdk filter allow-all >/dev/null
    gsdk async add 846@192.168.0.117 --wait >/dev/null
    gsdk wait 939342898 --for connected >/dev/null
    gsdk device ls -o json | ${make} --no-header
    gsdk export | ${make} --no-header`;
  const { exitCode, stdout, stderr } = await on([], script);
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 0, stdout: devices + devices, stderr: '' });
});

test('--devices 500 needs no file', async () => {
  const { exitCode, stdout } = await on(['--devices', '500'], 'gsdk search -o ids | wc -l');
  expect({ exitCode, found: Number(stdout) }).toEqual({ exitCode: 0, found: 500 });
});

test('the config.json of a real gateway is kept to: what is said there wins over the fleet file', async () => {
  const fleet = write(
    'slow.yaml',
    'gatewayConfig: { timeout: { cmd: 900000 } }\ndevices: [{ deviceID: 5, IPAddr: 10.0.0.5, answerMs: 40000 }]\n',
  );
  const config = write('config.json', '{ "timeout": { "cmd": 20000, "long_cmd": 20000 }, "log": { "level": 3 } }');
  const script = 'gsdk connect 10.0.0.5 >/dev/null; gsdk device info 5 -o json';
  const late = await on(['--fleet', fleet, '--gateway-config', config], script);
  expect(late.exitCode).toBe(6);
  expect(errorOf(late.stderr)).toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  expect((await on(['--fleet', fleet], script)).exitCode).toBe(0);
});

test.each(['run', 'start'])('emulator %s with a broken fleet: exit 2, and nothing runs', async (verb) => {
  const broken = write(
    'broken.yaml',
    'devices:\n  - { deviceID: 5, IPAddr: 10.0.0.5 }\n  - { deviceID: 6, IPAddr: 10.0.0.5 }\n',
  );
  const { exitCode, stdout, stderr } = await gsdk(['emulator', verb, '--fleet', broken, '-o', 'json'], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(errorOf(stderr)).toMatchObject({
    ...{ class: 'USAGE', exitCode: 2, hint: `look at all of it: gsdk emulator fleet validate '${broken}'` },
    message: `${broken}:3:28: devices[1].IPAddr: 10.0.0.5:51211 is there twice: it is in devices[0] too, line 2`,
  });
  expect(JSON.parse((await gsdk(['emulator', 'status', '--json'], { env })).stdout)).toEqual([]);
  expect(readdirSync(folder).filter((name) => name.startsWith('gsdk-emulator-'))).toEqual([]);
});

test('a fleet is played in the background too', async () => {
  const start = await gsdk(['emulator', 'start', '--name', 'b', '--fleet', example, '--ttl', '1m'], { env });
  expect({ exitCode: start.exitCode, stderr: start.stderr }).toEqual({ exitCode: 0, stderr: '' });
  const variables = JSON.parse((await gsdk(['emulator', 'env', '--name', 'b', '--shell', 'json'], { env })).stdout);
  const found = await gsdk(['search', '--duration', '10ms', '-o', 'ids'], { env: { ...env, ...variables } });
  expect(found.stdout.trim().split('\n')).toHaveLength(43);
  expect((await gsdk(['emulator', 'stop', '--name', 'b'], { env })).exitCode).toBe(0);
});

test('the schema is one that the file names for editors, and the file keeps to it', async () => {
  const { exitCode, stdout } = await gsdk(['emulator', 'fleet', 'validate', example, '--json'], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '[]\n' });
});

test('the fleet file of the docs is one, and its key tables name what there is', async () => {
  const page = readFileSync(join(root, 'docs', 'emulator.md'), 'utf8');
  const [, yaml = ''] = /^```yaml\n(# yaml-language-server[^`]*)^```$/m.exec(page) ?? [];
  const rendered = await gsdk(['emulator', 'fleet', 'render', '-', '-o', 'ids'], { env, input: yaml });
  expect({ stderr: rendered.stderr, devices: rendered.stdout.trim().split('\n').length }).toEqual({
    ...{ stderr: '', devices: 502 },
  });
  const schema = JSON.parse((await gsdk(['emulator', 'fleet', 'schema'], { env })).stdout);
  const named = new Set(
    [...page.matchAll(/^\| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(([, keys = '']) => keys.match(/\w+/g) ?? []),
  );
  const { template: _, ...device } = schema.properties.devices.items.properties;
  for (const key of [...Object.keys(device), ...Object.keys(schema.properties)]) {
    if (key !== '$schema') expect(named).toContain(key);
  }
});
