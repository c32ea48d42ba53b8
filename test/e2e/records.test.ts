import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { expectFailure } from '../support/failure.ts';
import { gsdk, shell } from '../support/gsdk.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { writtenFile } from '../support/temporary-folder.ts';

const gateway = await emulatedGateway();
const entrance = await tcpProxy(gateway.port);
const env = { ...gateway.env, GSDK_GATEWAY: entrance.address };
const doors = '544114231,192.168.0.104,false\n540092578,192.168.0.120,true\n';
const list = async (fields = 'deviceID,IPAddr,useSSL') =>
  (await gsdk(['async', 'ls', '-o', 'csv', '--no-header', '--fields', fields], { env })).stdout;

beforeEach(async () => expect((await gsdk(['async', 'rm', '--all'], { env })).exitCode).toBe(0));

describe('the same devices', () => {
  const csv = `deviceID,IPAddr,useSSL\n${doors}`;
  const json = [
    { deviceID: 544114231, IPAddr: '192.168.0.104' },
    { deviceID: 540092578, IPAddr: '192.168.0.120', useSSL: true },
  ];
  const ndjson = json.map((record) => `${JSON.stringify(record)}\n`).join('');

  test.each([
    ['a JSON array', JSON.stringify(json, null, 2)],
    ['NDJSON', ndjson],
    ['CSV', csv],
    ['CSV as spreadsheets write it', `\ufeff${csv.replaceAll('\n', '\r\n')}`],
    ['NDJSON with a byte order mark and CRLF', `\ufeff${ndjson.replaceAll('\n', '\r\n')}`],
    ['CSV that names a device twice', `${csv}544114231,192.168.0.104,FALSE\n`],
  ])('are added from %s', async (_form, input) => {
    const { exitCode, stdout } = await gsdk(['async', 'add', '-f', '-', '-o', 'ids'], { env, input });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '544114231\n540092578\n' });
    expect(await list()).toBe('540092578,192.168.0.120,true\n544114231,192.168.0.104,false\n');
  });

  test('are added from a file, one of them from a single object', async () => {
    const { exitCode } = await gsdk(['async', 'add', '-f', single], { env });
    expect({ exitCode, list: await list() }).toEqual({ exitCode: 0, list: '544114231,192.168.0.104,false\n' });
  });
});

test('of a search only those who are on the site file are added, the rest is skipped', async () => {
  const script =
    'gsdk search --json | gsdk async add -f - --only "@$SITE" -o csv --no-header --fields deviceID,outcome';
  const { exitCode, stdout } = await shell(script, { env: { ...env, SITE: site } });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('544114231,applied\n');
  expect(stdout.match(/,skipped\n/g)).toHaveLength(8);
  expect(await list('deviceID')).toBe('544114231\n');
});

const site = writtenFile('site.csv', 'name,deviceID\nlobby,544114231\n');
const single = writtenFile('one door.json', '{\n  "deviceID": 544114231,\n  "IPAddr": "192.168.0.104"\n}\n');
const emptyFile = writtenFile('empty.csv', '');
const header = 'deviceID,IPAddr,port,useSSL\n';
const good = '1,10.0.0.1,51211,false\n';
const badFiles = Object.entries({
  'missing id.csv': [`${header}${good},10.0.0.2,51211,false\n`, 'line 3: expected a deviceID'],
  'bad address.csv': [`${header}${good}\n2,10.0.0.256,1,true\n`, 'line 4: expected an IPv4 address as IPAddr'],
  'bad port.json': ['[{"deviceID":1,"IPAddr":"10.0.0.1","port":65536}]', 'record 1: expected a port of 1 to 65535'],
  'bad boolean.ndjson': ['{"deviceID":1,"IPAddr":"10.0.0.1","useSSL":"on"}\n', 'record 1: expected true or false'],
  'unknown key.ndjson': ['{"deviceID":1,"IPAddr":"10.0.0.1"}\n{"id":2}\n', 'line 2: unknown field "id"'],
  'no header.csv': [doors, 'header: unknown field "544114231"'],
  'one line.csv': ['544114231,192.168.0.104,false', 'header: unknown field "544114231"'],
  'twice.csv': [`${header}${good}1,10.0.0.2,51211,false\n`, 'line 3: device 1 was given before, and not the same'],
  'broken.json': ['[{"deviceID":1,\n', 'line 1: expected a JSON object'],
  'garbage.csv': [randomBytes(7_500_000).toString('base64'), 'not CSV: '],
  'garbage.json': [`[${randomBytes(5_000_000).toString('hex')}`, 'line 1: expected a JSON object'],
}).map(([name, [text = '', says = '']]): [string, string, string] => [name, writtenFile(name, text), says]);

test.each(badFiles)('%s: exit 2, naming file and place, and nothing is sent', async (_name, path, says) => {
  const before = entrance.connections;
  const expected = { exitCode: 2, class: 'USAGE', stage: 'cli', says, hints: /deviceID, IPAddr|name it once/ } as const;
  const { error } = await expectFailure(['async', 'add', '-f', path], { env }, expected);
  expect(error.message.startsWith(path)).toBe(true);
  expect(error.message.length).toBeLessThan(path.length + 320);
  expect(entrance.connections).toBe(before);
});

test('an empty file is nothing to do: exit 0, or 8 if wanted, and nothing is sent', async () => {
  const before = entrance.connections;
  const args = ['async', 'add', '-f', emptyFile, '-o', 'ids'];
  expect(await gsdk(args, { env })).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  expect(await gsdk([...args, '--fail-if-empty'], { env })).toMatchObject({ exitCode: 8, stdout: '', stderr: '' });
  expect(entrance.connections).toBe(before);
});

describe.each(['json', 'ndjson', 'csv'])('through a pipe as %s', (format) => {
  const outcomes = `gsdk async add -f - --json | grep -o '"outcome": "[a-z-]*"' | sort | uniq -c | tr -s ' '`;

  test('what a search finds is added, but for the device that dials in', async () => {
    const { stdout, stderr } = await shell(`gsdk search -o ${format} | ${outcomes}`, { env });
    expect({ stdout, stderr }).toEqual({ stdout: ' 8 "outcome": "applied"\n 1 "outcome": "skipped"\n', stderr: '' });
    expect((await list()).trimEnd().split('\n')).toHaveLength(8);
  });

  test.each(['device ls', 'async ls'])('what %s prints is put back as it was', async (command) => {
    await gsdk(['async', 'add', '846@192.168.0.117', '9@192.168.0.9:1'], { env });
    await gsdk(['async', 'add', '--ssl', '540092578@192.168.0.120'], { env });
    const before = await list('deviceID,IPAddr,port,useSSL');
    const save = `saved="$(gsdk ${command} -o ${format})" && gsdk async rm --all -q -o ids >&2`;
    const { exitCode, stdout } = await shell(`${save} && echo "$saved" | gsdk async add -f - -o ids`, { env });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '9\n846\n540092578\n' });
    expect(await list('deviceID,IPAddr,port,useSSL')).toBe(before);
  });

  test('only devices that dial in: exit 2, and nothing is sent', async () => {
    const { stdout: input } = await gsdk(['search', '--mode', 'device-to-server', '-o', format], { env });
    const before = entrance.connections;
    const { exitCode, stderr } = await gsdk(['async', 'add', '-f', '-'], { env, input });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^gsdk: [^\n]*all of these devices dial in by themselves\nhint: [^\n]+\n$/);
    expect(entrance.connections).toBe(before);
  });
});
