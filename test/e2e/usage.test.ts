import { expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { errorOf, expectFailure } from '../support/failure.ts';
import { gsdk } from '../support/gsdk.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';

const gateway = await emulatedGateway();
const counted = await tcpProxy(gateway.port);
const env = { ...gateway.env, GSDK_GATEWAY: counted.address };

/** Runs a command that is wrong, and checks that the gateway, which would have answered, saw nobody. */
async function expectUsageError(args: readonly string[], says: string | RegExp) {
  const before = counted.connections;
  const { error } = await expectFailure(args, { env }, { exitCode: 2, class: 'USAGE', stage: 'cli', says });
  expect(error).toMatchObject({ retryable: false, outcome: 'not-applied' });
  expect(counted.connections).toBe(before);
  return error;
}

test('the gateway that counts does answer what is right', async () => {
  const before = counted.connections;
  const { exitCode, stderr } = await gsdk(['device', 'ls'], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(counted.connections).toBe(before + 1);
});

test.each([
  [['device', 'ls', '--fast'], /unknown option '--fast'/],
  [['--fast', 'device', 'ls'], /unknown option '--fast'/],
  [['serach'], /unknown command 'serach'/],
  [['device', 'lsx'], /unknown command 'lsx'/],
  [['search', 'now'], /too many arguments/],
  [['connect'], /missing required argument 'address'/],
  [['disconnect'], /no device ID given/],
  [['device', 'get'], /no device ID given/],
  [['device', 'ls', '--connected', '--down'], /--connected beside --down/],
  [['device', 'ls', '--status', 'fine'], /--status: no such value "fine"/],
  [['search', '--type', 'BIOSTATION_2,TOASTER'], /--type: no such value "TOASTER"/],
  [['help', 'everything'], /no help on "everything"/],
])('%j is refused with 2, and nothing is sent', async (args, says) => {
  await expectUsageError(args, says);
});

test.each([[[]], [['device']]])('%j prints help on stderr and ends with 2, and nothing is sent', async (args) => {
  const before = counted.connections;
  const { exitCode, stdout, stderr } = await gsdk(args, { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(/^Usage: gsdk /);
  expect(counted.connections).toBe(before);
});

test.each([
  ['serach', '`gsdk search`'],
  ['ping', '`gsdk gateway ping`'],
])('the hint for the mistyped %s names %s', async (line, meant) => {
  const error = await expectUsageError(line.split(' '), /unknown command/);
  expect(error.id).toBe('COMMAND_UNKNOWN');
  expect(error.hint).toContain(meant);
});

const badID = (id: string) => `expected a device ID of 1 to 4294967295, got "${id}"`;

test.each(['-1', '0', '1.5', '4294967296', 'abc', '0x34e', '1e3', ' 846', '٨٤٦'])(
  'device ID "%s" is refused, and nothing is sent',
  async (id) => {
    await expectUsageError(['disconnect', '846', id], badID(id));
  },
);

test.each([[['device', 'get']], [['device', 'exists']]])('%j refuses an ID that is none, too', async (command) => {
  await expectUsageError([...command, '4294967296'], badID('4294967296'));
});

test.each([
  'door',
  '192.168.0',
  '192.168.0.256',
  '192.168.0.104:0',
  '192.168.0.104:70000',
  '192.168.0.104:x',
  '192.168.0.104:',
  '[::1]:51211',
  'abc@192.168.0.104',
  '4294967296@192.168.0.104',
  '',
])('device address "%s" is refused even beside a good one, and nothing is sent', async (address) => {
  await expectUsageError(['connect', '192.168.0.117', address], `got "${address}"`);
});

test.each(['127.0.0.1:0', '127.0.0.1:70000', '127.0.0.1:x', '300.1.1.1', 'a b', 'https://gw:4000', '[::1'])(
  'gateway address "%s" is refused, naming the flag',
  async (address) => {
    await expectUsageError(['device', 'ls', '--gateway', address], `--gateway: expected a host name or address`);
  },
);

test('a gateway address in a variable is refused, naming the variable', async () => {
  const bad = { ...env, GSDK_GATEWAY: '127.0.0.1:70000' };
  const expected = { exitCode: 2, class: 'USAGE', stage: 'cli', says: /^GSDK_GATEWAY: .*"127.0.0.1:70000"/ } as const;
  await expectFailure(['device', 'ls'], { env: bad }, expected);
});

test('no gateway named: exit 2, with the two ways to get one', async () => {
  const expected = { exitCode: 2, class: 'USAGE', stage: 'cli', says: 'no gateway named' } as const;
  const { error } = await expectFailure(['search'], {}, expected);
  expect(error.hint).toMatch(/--gateway HOST:PORT .*GSDK_GATEWAY.*gsdk emulator run/);
});

const badDuration = (flag: string, text: string) => new RegExp(`^${flag}: expected a duration.*got "${text}"$`);

test.each(['5', '0', '0s', 's', '5 s', '1y', '-5s', ''])('"%s" is no duration: exit 2', async (text) => {
  await expectUsageError(['search', '--duration', text], badDuration('--duration', text));
});

test.each(['--request-timeout', '--connect-timeout'])('%s takes durations only', async (flag) => {
  await expectUsageError(['device', 'ls', flag, '5'], badDuration(flag, '5'));
});

test.each([
  [['device', 'ls', '--fields', 'deviceID,colour'], /--fields: .*got "colour"/],
  [['search', '--fields', ''], /--fields: .*got ""/],
  [['gateway', 'ping', '-o', 'ids'], /-o ids: this command prints no devices/],
  [['config', 'show', '-o', 'ids'], /-o ids/],
])('%j asks for an output that cannot be: exit 2, and nothing is sent', async (args, says) => {
  const before = counted.connections;
  const { exitCode, stdout, stderr } = await gsdk(args, { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toMatch(says);
  expect(counted.connections).toBe(before);
});

test.each(['yaml', 'JSON', ''])('output format "%s" is refused', async (format) => {
  const { exitCode, stdout, stderr } = await gsdk(['device', 'ls', '-o', format], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toBe(
    `gsdk: --output: expected one of table, wide, json, ndjson, tsv, csv, ids, got "${format}"\nhint: see all settings: gsdk help environment\n`,
  );
});

test('--json beside another format is refused, in JSON', async () => {
  const { exitCode, stderr } = await gsdk(['device', 'ls', '--json', '-o', 'csv'], { env });
  expect(exitCode).toBe(2);
  expect(errorOf(stderr)).toMatchObject({ class: 'USAGE', message: '--json beside --output csv' });
});
