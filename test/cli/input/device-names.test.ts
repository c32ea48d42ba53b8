import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { withName, withNameField } from '../../../src/cli/input/device-names.ts';
import { run } from '../../support/host.ts';
import { managedFleet } from '../../support/managed-fleet.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const { gsdk, emulator } = await managedFleet();
const file = join(temporaryFolder(), 'site.csv');
writeFileSync(file, 'deviceID,name,IPAddr\n846,정문,192.168.0.117\n540,"Lab, left",192.168.0.120\n');
const names = ['--names', file];

describe('rows of devices', () => {
  test('have their names, after the ID, in every format', async () => {
    const { stdout } = await gsdk(['device', 'ls', '--json', ...names]);
    expect(JSON.parse(stdout).map((row: object) => Object.entries(row).slice(0, 2))).toEqual([
      [
        ['deviceID', 540],
        ['name', 'Lab, left'],
      ],
      [
        ['deviceID', 846],
        ['name', '정문'],
      ],
    ]);
    expect((await gsdk(['device', 'ls', ...names])).stdout).toMatch(/^ID {3}NAME {7}TYPE/);
    expect((await gsdk(['device', 'ls', '-o', 'csv', '--fields', 'name,deviceID', ...names])).stdout).toBe(
      'name,deviceID\n"Lab, left",540\n정문,846\n',
    );
    expect((await gsdk(['device', 'ls', '--fields', 'help', ...names])).stdout).toContain('deviceID\nname\ntype\n');
  });

  test('of those that the file does not have are empty', async () => {
    const { stdout } = await gsdk(['search', '--duration', '1s', '--json', ...names]);
    const found = JSON.parse(stdout).map(({ deviceID, name }: Record<string, unknown>) => [deviceID, name]);
    expect(found).toEqual([
      [540, 'Lab, left'],
      [846, '정문'],
      [900, ''],
    ]);
  });

  test('are in the results of a write, too', async () => {
    const { stdout } = await gsdk(['async', 'add', '846@192.168.0.117', '--dry-run', '--json', ...names]);
    expect(JSON.parse(stdout).results).toMatchObject([{ deviceID: 846, name: '정문' }]);
  });

  test('are in the lines of watch, for people and for programs', async () => {
    const watch = ['watch', '--device', '846', '--until-state', 'tcp-connected'];
    const lines = await gsdk([...watch, ...names]);
    expect(lines).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/\[TCP_CONNECTED\] Device 846 \(정문\)\n/),
    });
    const rows = await gsdk([...watch, '-o', 'ndjson', ...names]);
    const snapshot = rows.stdout.split('\n').filter((line) => line.includes('"snapshot"'));
    expect(snapshot.map((line) => JSON.parse(line).name)).toEqual(['정문']);
  });

  test('reach the handlers of watch, in the event and in the environment', async () => {
    const log = join(temporaryFolder(), 'log');
    const handler = ['sh', '-c', 'echo "$GSDK_DEVICE_NAME" > "$0"; cat >> "$0"', log];
    const watch = ['watch', '--device', '846', '--until-state', 'tcp-connected', '--exec-on', 'snapshot', ...names];
    expect((await gsdk([...watch, '--', ...handler])).exitCode).toBe(0);
    const [name, event = ''] = readFileSync(log, 'utf8').split('\n');
    expect([name, JSON.parse(event).name]).toEqual(['정문', '정문']);
  });
});

test.each([
  [{ deviceID: 1 }, { deviceID: 1, name: 'Front' }],
  [
    { deviceID: 1, name: '' },
    { deviceID: 1, name: 'Front' },
  ],
  [
    { deviceID: 1, name: 'Mine' },
    { deviceID: 1, name: 'Mine' },
  ],
  [{ deviceID: 2 }, { deviceID: 2, name: '' }],
  [{ deviceID: null }, { deviceID: null }],
  [{ event: 'synced' }, { event: 'synced' }],
])('the row %j is named %j', (row, named) => {
  expect(withName(row, new Map([[1, 'Front']]))).toEqual(named);
  expect(withName(row, undefined)).toBe(row);
});

test('a shape that has names already stays as it is', () => {
  const shape = { isRead: true, fields: ['deviceID', 'name'], columns: [] };
  expect(withNameField(shape)).toBe(shape);
});

test.each([
  [['gateway', 'ping', ...names], '--names: this command prints no devices'],
  [['device', 'ls', '--names', 'nowhere.csv'], 'cannot read nowhere.csv (ENOENT)'],
  [['device', 'ls', '--names', '/dev/stdin/x'], 'cannot read /dev/stdin/x'],
])('%j is refused, and nothing is asked', async (argv, message) => {
  const { exitCode, stdout, stderr } = await run(argv, { env: { ...emulator.env, GSDK_GATEWAY: '127.0.0.1:1' } });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(message);
});
