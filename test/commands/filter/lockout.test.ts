import { beforeEach, describe, expect, test } from 'vitest';
import { manualClock } from '../../../src/emulator/index.ts';
import { ConnectionMode } from '../../../src/gen/connect_pb.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';

const dialsIn = { type: 9, connectionMode: ConnectionMode.DEVICE_TO_SERVER };
const clock = manualClock(1_700_000_000_000);
const { env } = await emulatedGateway({
  clock,
  fleet: [
    { deviceID: 7, IPAddr: '192.168.0.7', ...dialsIn },
    { deviceID: 8, IPAddr: '192.168.0.8', ...dialsIn },
  ],
});
const gsdk = (line: string, stdin = '') => run([...line.split(' '), '--json'], { env, stdin });
const filter = async () => JSON.parse((await gsdk('filter show')).stdout);
const connected = async () => (await run(['device', 'ls', '--connected', '-o', 'ids'], { env })).stdout;
const listing = (deviceIDs: number[], allowAll = false) => ({ allowAll, deviceIDs, IPAddrs: [], subnetMasks: [] });

// Both have dialled in and are connected before each test.
beforeEach(async () => {
  expect((await gsdk('filter set -f - --max-lockout 2', JSON.stringify(listing([7, 8])))).exitCode).toBe(0);
  clock.advance(24_000);
  expect(await connected()).toBe('7\n8\n');
});

describe.each([
  ['filter rm 7', '', [7]],
  ['filter rm 7 8 9 --if-exists', '', [7, 8]],
  ['filter disallow-all', '', [7, 8]],
  ['filter set -f -', JSON.stringify(listing([8])), [7]],
])('%s (%j)', (line, stdin, lockedOut) => {
  test.each(['', ' --dry-run'])('is refused%s: 9, with whom it would shut out, and nothing is sent', async (dry) => {
    const { exitCode, stdout, stderr } = await gsdk(line + dry, stdin);
    expect({ exitCode, stdout }).toEqual({ exitCode: 9, stdout: '' });
    expect(JSON.parse(stderr).error).toMatchObject({ class: 'CONFLICT', lockedOut, outcome: 'not-applied' });
    expect(await filter()).toEqual(listing([7, 8]));
  });

  test('is refused with too small an allowance, and done with one that is enough', async () => {
    expect((await gsdk(`${line} --max-lockout ${lockedOut.length - 1}`, stdin)).exitCode).toBe(9);
    const { exitCode, stdout } = await gsdk(`${line} --max-lockout ${lockedOut.length}`, stdin);
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ changed: true, before: listing([7, 8]) });
    expect((await filter()).deviceIDs).toEqual([7, 8].filter((id) => !lockedOut.includes(id)));
  });
});

describe('an open filter, under which a device came in that is not listed,', () => {
  beforeEach(async () => {
    await gsdk('filter set -f - --max-lockout 2', JSON.stringify(listing([7], true)));
  });

  test.each(['filter listed-only', 'filter add 9 --listed-only', 'filter rm 9 --if-exists --listed-only'])(
    'is not closed by %s',
    async (line) => {
      const { exitCode, stderr } = await gsdk(line);
      expect(exitCode).toBe(9);
      expect(JSON.parse(stderr).error.lockedOut).toEqual([8]);
      expect(await filter()).toEqual(listing([7], true));
    },
  );

  test('is closed by listed-only --keep-connected, which lists that device', async () => {
    const { exitCode, stdout } = await gsdk('filter listed-only --keep-connected');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ before: listing([7], true), after: listing([7, 8]) });
  });

  test('is closed by adding that device', async () => {
    expect((await gsdk('filter add 8 --listed-only')).exitCode).toBe(0);
    expect(await filter()).toEqual(listing([7, 8]));
  });
});

test('in text the refusal is a line and a hint with the number that would allow it', async () => {
  const { stdout, stderr } = await run(['filter', 'rm', '7'], { env });
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^gsdk: this would shut out 1 [^\n]*: 7; nothing was sent\nhint: [^\n]*--max-lockout 1\n$/);
});
