import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { run } from '../../../support/host.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = temporaryFolder();
const write = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const fleet = (...words: string[]) => run(['emulator', 'fleet', ...words]);

const good = write(
  'good.yaml',
  'groups:\n  - { group: doors, count: 2, deviceID: 7, IPAddr: 10.0.0.1, labels: { zone: 1 } }\n',
);
const bad = write('bad.yaml', 'devices:\n  - { deviceID: 0, IPAddr: x }\n');
const records = write('doors.csv', 'deviceID,IPAddr\n846,10.0.0.1\n847,none\n');

describe('validate', () => {
  test('has nothing to say of what can be', async () => {
    expect(await fleet('validate', good)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(await fleet('validate', good, '--json')).toEqual({ exitCode: 0, stdout: '[]\n', stderr: '' });
    expect((await fleet('validate', good, '-v')).stderr).toBe(`${good}: 2 devices\n`);
  });

  test('prints all that is wrong as compilers do, and ends with 2', async () => {
    expect(await fleet('validate', good, bad)).toEqual({
      exitCode: 2,
      stdout:
        `${bad}:2:17: devices[0].deviceID: expected a device ID of 1 to 4294967295, got 0\n` +
        `${bad}:2:28: devices[0].IPAddr: expected an IPv4 address, got "x"\n`,
      stderr: `gsdk: 2 problems in ${good}, ${bad}\nhint: what a fleet file may say: gsdk emulator fleet schema\n`,
    });
  });

  test('is rows for programs', async () => {
    const { exitCode, stdout } = await fleet('validate', bad, '--json');
    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject([
      { file: bad, line: 2, column: 17 },
      { line: 2, column: 28 },
    ]);
  });

  test('takes records, which name their place in their own way', async () => {
    const { exitCode, stdout } = await fleet('validate', records, '--json');
    expect(exitCode).toBe(2);
    const problem = `${records}, line 3: expected an IPv4 address as IPAddr, got "none"`;
    expect(JSON.parse(stdout)).toEqual([{ file: records, line: null, column: null, problem }]);
    const strange = await run(['emulator', 'fleet', 'validate', '-'], { stdin: 'deviceID,colour\n1,red\n' });
    expect(strange).toMatchObject({ exitCode: 2, stdout: 'standard input, header: unknown field "colour"\n' });
  });

  test('an empty file is no fleet', async () => {
    const empty = write('empty.csv', '\n');
    expect(await fleet('validate', empty)).toMatchObject({ exitCode: 2, stdout: `${empty} is empty\n` });
  });
});

describe('render', () => {
  test('prints the devices one by one', async () => {
    const { stdout, exitCode } = await fleet('render', good, '--json', '--fields', 'deviceID,IPAddr,group,labels');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toEqual([
      { deviceID: 7, IPAddr: '10.0.0.1', group: 'doors', labels: { zone: '1' } },
      { deviceID: 8, IPAddr: '10.0.0.2', group: 'doors', labels: { zone: '1' } },
    ]);
    expect((await fleet('render', good)).stdout).toMatch(/^7 .* doors +zone=1$/m);
    expect((await fleet('render', good, '-o', 'ids')).stdout).toBe('7\n8\n');
  });

  test.each(['json', 'ndjson', 'csv'])('what it prints as %s is the same fleet again', async (format) => {
    const first = await fleet('render', good, '-o', format);
    const again = await run(['emulator', 'fleet', 'render', '-', '-o', format], { stdin: first.stdout });
    expect(again).toEqual(first);
  });

  test('prints nothing of a fleet that cannot be', async () => {
    expect(await fleet('render', bad)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        `gsdk: ${bad}:2:17: devices[0].deviceID: expected a device ID of 1 to 4294967295, got 0 (and 1 more)\n` +
        `hint: look at all of it: gsdk emulator fleet validate '${bad}'\n`,
    });
  });
});

describe('new', () => {
  test('prints a fleet file that is one', async () => {
    const { stdout, exitCode } = await fleet('new');
    expect(exitCode).toBe(0);
    expect(await fleet('validate', write('new.yaml', stdout))).toMatchObject({ exitCode: 0, stdout: '' });
  });

  test('makes one of records, names and all', async () => {
    const stdin = 'deviceID,name,IPAddr,useSSL,connectionMode\n846,정문,10.0.0.1,true,SERVER_TO_DEVICE\n';
    const { stdout } = await run(['emulator', 'fleet', 'new', '-f', '-'], { stdin });
    expect(stdout).toContain('  - { deviceID: 846, type: BIOSTATION_2, IPAddr: 10.0.0.1, name: 정문, useSSL: true }\n');
    const rows = await fleet('render', write('site.yaml', stdout), '--json', '--fields', 'name,useSSL');
    expect(JSON.parse(rows.stdout)).toEqual([{ name: '정문', useSSL: true }]);
  });

  test('makes none of records that cannot be', async () => {
    expect(await fleet('new', '-f', records)).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

test('schema prints the schema', async () => {
  const { stdout, exitCode } = await fleet('schema');
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ type: 'object', properties: { groups: { type: 'array' } } });
});

describe.each(['exec', 'run'])('emulator %s', (verb) => {
  const ran = join(folder, `ran-${verb}`);
  const command = verb === 'exec' ? ['--', process.execPath, '-e', `require('fs').writeFileSync('${ran}', '')`] : [];

  test.each([
    ['a broken fleet file', ['--fleet', bad]],
    ['broken records', ['--fleet', records]],
    ['an empty file', ['--fleet', write('nothing.yaml', '')]],
    ['a file that is not there', ['--fleet', join(folder, 'missing.yaml')]],
    ['--devices beside --fleet', ['--fleet', good, '--devices', '5']],
    ['more devices than there can be', ['--devices', '100001']],
    ['a broken config.json', ['--gateway-config', write('config.json', '{"timeout": {"cmd": -1}}')]],
  ])('starts nothing for %s', async (_what, options) => {
    expect(await run(['emulator', verb, ...options, ...command])).toMatchObject({ exitCode: 2, stdout: '' });
    expect(existsSync(ran)).toBe(false);
  });
});

test('of several gateways none is started where one of the fleets is broken', async () => {
  const ran = join(folder, 'ran');
  const profiles = ['--profile', `a=${good}`, '--profile', `b=${bad}`];
  const script = `require('fs').writeFileSync('${ran}', '')`;
  const { exitCode, stderr } = await run(['emulator', 'exec', ...profiles, '--', process.execPath, '-e', script]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(`${bad}:2:17: `);
  expect(existsSync(ran)).toBe(false);
  const beside = await run(['emulator', 'exec', ...profiles, '--devices', '5', '--', 'true']);
  expect(beside).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--devices beside --profile') });
});

test('emulator start takes no more devices than there can be', async () => {
  const { exitCode, stderr } = await run(['emulator', 'start', '--devices', '100001']);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('of 1 to 100000') });
});

test('standard input does not reach a gateway in the background', async () => {
  const { exitCode, stderr } = await run(['emulator', 'start', '--fleet', '-'], { stdin: 'devices: []' });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--fleet -: standard input does not reach a gateway in the background');
});

test('keys of a config.json that nobody knows are passed over with a warning', async () => {
  const config = write('newer.json', '{"timeout": {"cmd": 500},\n "web": {}}');
  const { exitCode, stderr } = await run(['emulator', 'exec', '--gateway-config', config, '--', 'true']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: `gsdk: warning: ${config}:2:2: web: unknown key\n` });
});

test('what a file has in the place of a key cannot steer a terminal', async () => {
  const stdin = 'devices: []\n"\\e[2J\\u202E": 1\n';
  const { stdout } = await run(['emulator', 'fleet', 'validate', '-'], { stdin });
  expect(stdout).toMatch(/^standard input:2:1: [ -~]+: unknown key\n$/);
});
