import { beforeEach, expect, test } from 'vitest';
import { errorOf, expectFailure } from '../support/failure.ts';
import { foreignGateway } from '../support/foreign-gateway.ts';
import { gsdk } from '../support/gsdk.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { temporaryFolder, writtenFile } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const asked: number[] = [];
const gateway = await foreignGateway({
  devices: [846, 540092578, 544114231].map((deviceID) => ({
    deviceID,
    type: 2,
    IPAddr: '10.0.0.1',
    isConnected: true,
  })),
  answers: { Disconnect: ({ deviceIDs }) => ({ count: asked.push(...(deviceIDs as number[])) }) },
});
const counted = await tcpProxy(gateway.port);
const env = { ...gateway.env, GSDK_GATEWAY: counted.address };
const goodList = writtenFile('good list.txt', '\uFEFF846 # lobby\r\n\r\n# gates\r\n  544114231\r\n846\n');
const badList = writtenFile('bad list.txt', '846\n# a comment\n\n540092578 lobby\n');
const emptyList = writtenFile('empty list.txt', '\n# nobody\n');

beforeEach(() => void asked.splice(0));

test.each([
  ['arguments', ['846', '544114231', '846'], ''],
  ['a file', [`@${goodList}`], ''],
  ['standard input', ['-'], '846\n\n544114231 # twice\n544114231\n'],
  ['all of them', ['846', '-', `@${goodList}`], '544114231\n'],
])('IDs come from %s, each asked for once and in order', async (_, words, input) => {
  await gsdk(['disconnect', ...words], { env, input });
  expect(asked).toEqual([846, 544114231]);
});

test.each([
  [
    'a bad line in a file',
    [`@${badList}`],
    '',
    `${badList}, line 4: expected a device ID of 1 to 4294967295, got "540092578 lobby"`,
  ],
  [
    'a bad line on standard input',
    ['-'],
    '846\n\nabc\n',
    'standard input, line 3: expected a device ID of 1 to 4294967295, got "abc"',
  ],
  ['a bad line behind good arguments', ['846', `@${badList}`], '', `${badList}, line 4`],
  ['a file that is not there', [`@${folder}/none.txt`], '', `cannot read ${folder}/none.txt (ENOENT)`],
  ['a folder', [`@${folder}`], '', `cannot read ${folder} (EISDIR)`],
  ['standard input twice', ['-', '-'], '846\n', '- is given twice'],
])('%s: exit 2, naming the place, and nothing is sent', async (_, words, input, says) => {
  const before = counted.connections;
  await expectFailure(['disconnect', ...words], { env, input }, { exitCode: 2, class: 'USAGE', stage: 'cli', says });
  expect(counted.connections).toBe(before);
});

test.each([
  ['disconnect', [`@${emptyList}`], '', 0],
  ['disconnect', ['-'], '', 0],
  ['disconnect', ['-', '--fail-if-empty'], '', 8],
  ['device get', ['-'], '\n', 0],
  ['device get', [`@${emptyList}`, '--fail-if-empty'], '', 8],
])(
  '%s with an empty list %j does nothing, sends nothing and says so by its code',
  async (command, words, input, code) => {
    const before = counted.connections;
    const result = await gsdk([...command.split(' '), ...words, '-o', 'ids'], { env, input });
    expect(result).toMatchObject({ exitCode: code, stdout: '', stderr: '' });
    expect(counted.connections).toBe(before);
  },
);

test('an empty list is an empty document', async () => {
  const { stdout } = await gsdk(['disconnect', '-', '--json'], { env });
  expect(JSON.parse(stdout)).toMatchObject({
    results: [],
    summary: { requested: 0, ok: 0, failed: 0 },
    changed: false,
  });
});

test.each([
  [['disconnect', '846'], 'deviceID'],
  [['connect', '192.168.0.104'], 'deviceID'],
  [['device', 'ls'], 'deviceID'],
  [['gateway', 'ping'], 'gateway'],
])('%j --fields help lists the fields, and does nothing', async (args, first) => {
  const before = counted.connections;
  const { exitCode, stdout, stderr } = await gsdk([...args, '--fields', 'help'], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.split('\n')[0]).toBe(first);
  expect(counted.connections).toBe(before);
});

test.each([
  ['a variable', { GSDK_GATEWAY: '192.0.2.1:4000' }, []],
  ['a flag', {}, ['--gateway', 'gateway.example.com']],
  ['an address that only looks local', { GSDK_GATEWAY: '127.0.0.1.example.com' }, []],
])('within the embedded gateway, another one named by %s is refused: exit 9', async (_, variables, flags) => {
  const { exitCode, stdout, stderr } = await gsdk(['device', 'ls', '--json', ...flags], {
    env: { ...env, GSDK_EMULATOR: '1', ...variables },
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 9, stdout: '' });
  expect(errorOf(stderr)).toMatchObject({
    class: 'CONFLICT',
    stage: 'cli',
    message: expect.stringContaining('is not on this machine'),
  });
});

test.each(['127.0.0.1', 'localhost'])('within the embedded gateway, %s is this machine', async (host) => {
  const port = counted.address.split(':')[1];
  const { exitCode } = await gsdk(['device', 'ls'], {
    env: { ...env, GSDK_EMULATOR: '1', GSDK_GATEWAY: `${host}:${port}` },
  });
  expect(exitCode).toBe(0);
});
