import { expect, test } from 'vitest';
import { filterLine } from '../../../src/commands/filter/shape.ts';
import { acceptFilter } from '../../support/fake-gateway.ts';
import { run } from '../../support/host.ts';

const env = { GSDK_GATEWAY: '127.0.0.1:1' };

test.each([
  ['filter add', '', 2, 'no device ID given'],
  ['filter add door', '', 2, 'expected a device ID of 1 to 4294967295, got "door"'],
  ['filter add - --listed-only', '# nobody\n', 2, 'an empty list with --listed-only would accept nobody'],
  ['filter add - --only -', '1\n', 2, '- is given twice'],
  ['filter add 1 --only door', '', 2, 'expected a device ID of 1 to 4294967295, got "door"'],
  ['filter add 1 --only 2 --listed-only', '', 2, 'an empty list with --listed-only would accept nobody'],
  ['async add -f - --only -', 'deviceID,IPAddr\n1,10.0.0.1\n', 2, '- is given twice'],
  ['filter rm', '', 2, 'no device ID given'],
  ['filter rm 1 --max-lockout -1', '', 2, '--max-lockout: expected a number of devices, got "-1"'],
  ['filter rm 1 --max-lockout all', '', 2, '--max-lockout: expected a number of devices, got "all"'],
  ['filter check 0', '', 2, 'expected a device ID of 1 to 4294967295, got "0"'],
  ['filter set', '', 2, "required option '-f, --file <FILE>' not specified"],
  ['filter set -f -', '', 2, 'standard input: not JSON'],
  ['filter set -f -', '{"deviceIDs":[1]}', 2, 'standard input: expected allowAll, true or false'],
  ['filter set -f -', '{"allowAll":true,"subnetMasks":["255.0.0.0"]}', 10, 'standard input: gateways ignore IPAddrs'],
  ['filter allow-all -o ids', '', 2, '-o ids: this command prints no devices'],
  ['filter show -o ids', '', 2, '-o ids: this command prints no devices'],
  ['pending accept', '', 2, 'no device ID given'],
  ['pending accept 1 --only @allowed.txt', '', 2, '--only beside device IDs'],
])('%s (%j) ends with %d before anything is sent', async (line, stdin, code, message) => {
  const { exitCode, stdout, stderr } = await run(line.split(' '), { env, stdin });
  expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
  expect(stderr).toContain(`gsdk: ${message}`);
});

test.each([
  ['filter add -', 0],
  ['filter add - --fail-if-empty', 8],
  ['filter rm -', 0],
  ['filter rm - --fail-if-empty', 8],
  ['pending accept -', 0],
  ['pending accept --only - --fail-if-empty', 8],
])('%s of an empty list asks nobody, prints an empty document and ends with %d', async (line, code) => {
  const { exitCode, stdout, stderr } = await run([...line.split(' '), '--json'], { env, stdin: '\n# nobody\n' });
  expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({ results: [], summary: { requested: 0 }, changed: false });
});

test('a filter in a line says who is accepted, and who is listed', () => {
  expect(filterLine(acceptFilter([]))).toBe('accepts the listed devices; listed: none');
  expect(filterLine(acceptFilter([7, 846], true))).toBe('accepts everybody; listed: 7 846');
});

test('where nobody is on the list of the allowed, nobody is asked and all are skipped', async () => {
  const { exitCode, stdout, stderr } = await run(['filter', 'add', '1', '2', '--only', '3', '--json'], { env });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout)).toMatchObject({
    results: [1, 2].map((deviceID) => ({ deviceID, ok: false, outcome: 'skipped' })),
    ...{ summary: { requested: 2, skipped: 2 }, changed: false },
  });
});
