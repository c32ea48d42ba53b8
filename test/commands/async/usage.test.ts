import { expect, test } from 'vitest';
import { run } from '../../support/host.ts';

const env = { GSDK_GATEWAY: '127.0.0.1:1' };
const doors = '[{"deviceID":1,"IPAddr":"10.0.0.1"}]';

test.each<[string[], string, string]>([
  [['add'], '', 'no device given'],
  [['add', '10.0.0.1'], '', 'expected ID@IP[:PORT], got "10.0.0.1"'],
  [['add', '1@10.0.0.1', '1@10.0.0.2'], '', '1@10.0.0.2: device 1 was given before, and not the same: 1@10.0.0.1'],
  [['add', '-f', '-', '1@10.0.0.1'], doors, '-f beside devices or --ssl'],
  [['add', '-f', '-', '--ssl'], doors, '-f beside devices or --ssl'],
  [['add', '-f', '-'], '[{"deviceID":1}]', 'standard input, record 1: expected an IPv4 address as IPAddr'],
  [['add', '-f', '-'], '{"deviceID":1,"connectionMode":"DEVICE_TO_SERVER"}', '-: all of these devices dial in'],
  [['rm'], '', 'no device ID given'],
  [['rm', '--all', '1'], '', '--all beside device IDs'],
])('async %j is refused before anything is sent', async (args, stdin, message) => {
  const { exitCode, stdout, stderr } = await run(['async', ...args], { env, stdin });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(`gsdk: ${message}`);
});

test.each([
  [['add', '-f', '-'], '', 0],
  [['add', '-f', '-'], '[]', 0],
  [['add', '-f', '-', '--fail-if-empty'], 'deviceID,IPAddr\n', 8],
  [['rm', '-'], '# nobody\n', 0],
  [['rm', '-', '--fail-if-empty'], '', 8],
])(
  'async %j of an empty list (%j) asks nobody, prints an empty document and ends with %d',
  async (args, stdin, code) => {
    const { exitCode, stdout, stderr } = await run(['async', ...args, '--json', '--dry-run'], { env, stdin });
    expect({ exitCode, stderr }).toEqual({ exitCode: code, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ results: [], changed: false, dryRun: true, gateway: env.GSDK_GATEWAY });
  },
);
