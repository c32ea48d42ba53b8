import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { gsdk, root, shell } from '../support/gsdk.ts';
import { pathWithJq } from '../support/jq.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const gateway = await emulatedGateway();
const folder = temporaryFolder();
const env = { ...gateway.env, PATH: pathWithJq(temporaryFolder()) };
beforeEach(() => gateway.restartGateway());

/** Runs a script of the folder with the examples, its words quoted by the shell. */
const example = (name: string, argument = '') =>
  shell(`set -- "${argument}"; . "${join(root, 'examples', name)}"`, { env, cwd: folder, limitMs: 30_000 });

const rows = async (...words: string[]) => JSON.parse((await gsdk([...words, '--json'], { env })).stdout);

test('connect-what-is-found: everything that a search finds is connected, but for what dials in by itself', async () => {
  expect(await example('connect-what-is-found.sh')).toMatchObject({ exitCode: 0, stderr: '' });
  const devices = await rows('async', 'ls');
  expect(devices).toHaveLength(8);
  expect(devices.every(({ connected }: { connected: boolean }) => connected)).toBe(true);
});

test('connect-what-is-found fails where the search does, and adds nothing', async () => {
  const script = `. "${join(root, 'examples', 'connect-what-is-found.sh')}"`;
  const { exitCode } = await shell(script, { env: { ...env, GSDK_GATEWAY: '127.0.0.1:1' } });
  expect(exitCode).toBe(5);
});

test('accept-listed: who is on the list gets in, and a cron job hears nothing', async () => {
  await gsdk(['filter', 'disallow-all', '--max-lockout', '9'], { env });
  await gsdk(['wait', '939342898', '--for', 'pending'], { env });
  writeFileSync(join(folder, 'allowed.txt'), '# contractors\n939342898\n12345\n');
  expect(await example('accept-listed.sh', 'allowed.txt')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  expect(await rows('device', 'ls')).toMatchObject([{ deviceID: 939342898, connected: true }]);
  expect(await rows('filter', 'show')).toMatchObject({ allowAll: false, deviceIDs: [939342898] });
});

test('register-doors: a spreadsheet is registered, and one that is wrong is not, not even in part', async () => {
  writeFileSync(join(folder, 'wrong.csv'), 'deviceID,IPAddr,useSSL\n846,192.168.0.117,\n847,none,\n');
  const wrong = await example('register-doors.sh', 'wrong.csv');
  expect(wrong).toMatchObject({ exitCode: 2, stdout: '' });
  expect(wrong.stderr).toContain('wrong.csv, line 3');
  expect(await rows('async', 'ls')).toEqual([]);
  writeFileSync(
    join(folder, 'doors.csv'),
    'name,deviceID,IPAddr,useSSL\nlobby,846,192.168.0.117,\n정문,547634389,192.168.0.100,true\n',
  );
  expect(await example('register-doors.sh', 'doors.csv')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await rows('async', 'ls')).toMatchObject([
    { deviceID: 846, status: 'TCP_CONNECTED' },
    { deviceID: 547634389, status: 'TLS_CONNECTED' },
  ]);
});

test('roll-out-ssl and move-to-dial-in: each device is connected the new way, and run again they change nothing', async () => {
  await gsdk(['async', 'add', '846@192.168.0.117', '543664528@192.168.0.135', '--wait'], { env });
  for (const name of ['roll-out-ssl.sh', 'roll-out-ssl.sh']) {
    expect(await example(name)).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await rows('async', 'ls')).toMatchObject([{ status: 'TLS_CONNECTED' }, { status: 'TLS_CONNECTED' }]);
  }
  expect(await example('move-to-dial-in.sh')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await rows('async', 'ls')).toEqual([]);
  expect(await rows('device', 'ls')).toMatchObject([
    { deviceID: 846, connectionMode: 'DEVICE_TO_SERVER', connected: true },
    { deviceID: 543664528, connectionMode: 'DEVICE_TO_SERVER', connected: true },
  ]);
}, 60_000);
