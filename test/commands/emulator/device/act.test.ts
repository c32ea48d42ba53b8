import { describe, expect, test } from 'vitest';
import { emulatedGateway } from '../../../support/emulated-gateway.ts';
import { run } from '../../../support/host.ts';

const fleet = [
  { deviceID: 1, type: 18, IPAddr: '10.0.0.1', labels: { zone: 'north' }, group: 'lobby' },
  { deviceID: 2, type: 18, IPAddr: '10.0.0.2', labels: { zone: 'north' } },
  { deviceID: 3, type: 153, IPAddr: '10.0.1.3', labels: { zone: 'south' } },
];
const emulator = await emulatedGateway({ fleet });
const { env } = emulator;
const device = (...words: string[]) => run(['emulator', 'device', ...words], { env });
const rows = async (...words: string[]) => {
  const { stdout, stderr, exitCode } = await device(...words, '--json');
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  return JSON.parse(stdout);
};
const gsdk = (line: string) => run(line.split(' '), { env });

describe('devices are named', () => {
  test.each([
    [[], [1, 2, 3]],
    [['@all'], [1, 2, 3]],
    [
      ['3', '1'],
      [1, 3],
    ],
    [['2-9'], [2, 3]],
    [['10.0.0.0/24'], [1, 2]],
    [
      ['zone=south', 'group:lobby'],
      [1, 3],
    ],
  ])('by %j', async (words, expected) => {
    expect((await device('ls', ...words, '-o', 'ids')).stdout).toBe(expected.map((id) => `${id}\n`).join(''));
  });

  test('by chance, the same with the same seed', async () => {
    const [first, again] = [await rows('ls', '@random:1'), await rows('ls', '@random:1')];
    expect(first).toHaveLength(1);
    expect(again).toEqual(first);
  });

  test('by the lines of standard input; none is nothing to do', async () => {
    const fromInput = (stdin: string, ...words: string[]) =>
      run(['emulator', 'device', ...words, '-', '-o', 'ids'], { env, stdin });
    expect(await fromInput('3\n\n1 # lobby\n', 'ls')).toMatchObject({ exitCode: 0, stdout: '1\n3\n' });
    const { seq } = emulator.journal;
    for (const verb of ['ls', 'plug']) expect(await fromInput('', verb)).toMatchObject({ exitCode: 0, stdout: '' });
    expect(emulator.journal.seq).toBe(seq);
    expect((await device('plug', '-', '1')).exitCode).toBe(2);
  });

  test.each([
    ['9', 3, 'no device 9 in the fleet'],
    ['zone=west', 3, 'no device with zone=west in the fleet'],
    ['@random:4', 2, '@random:4: there are 3 devices in the fleet'],
    ['everything', 2, 'expected devices as a device ID'],
  ])('or not: %s is %d', async (selector, exitCode, message) => {
    for (const verb of ['ls', 'plug', 'rm']) {
      expect(await device(verb, selector)).toMatchObject({ exitCode, stderr: expect.stringContaining(message) });
    }
  });
});

test('a number of a type that no table knows is printed as everywhere', async () => {
  expect(await rows('ls', '3')).toMatchObject([{ deviceID: 3, type: 'TYPE_153', present: true, plugged: true }]);
});

test.each(['fin', 'rst', 'silent'])('unplug --how %s takes it off the network; plug puts it back', async (how) => {
  await gsdk('connect 10.0.0.1 -q');
  expect(await rows('unplug', '1', '--how', how)).toMatchObject([{ plugged: false, connected: how === 'silent' }]);
  expect((await gsdk('search -o ids')).stdout).toBe('2\n3\n');
  expect((await gsdk('connect 10.0.0.1')).exitCode).toBe(6);
  expect(await rows('plug', '1')).toMatchObject([{ plugged: true }]);
  expect((await gsdk('connect 10.0.0.1')).exitCode).toBe(0);
});

test('refuse lets nobody in, --off does again', async () => {
  await gsdk('disconnect --all');
  expect(await rows('refuse', '1')).toMatchObject([{ refuses: true, plugged: true }]);
  const refused = await gsdk('connect 10.0.0.1');
  expect(refused).toMatchObject({ exitCode: 6, stderr: expect.stringContaining('connection refused') });
  expect(await rows('refuse', '--off', '1')).toMatchObject([{ refuses: false }]);
  expect((await gsdk('connect 10.0.0.1')).exitCode).toBe(0);
});

test('flap goes on after the command is over', async () => {
  const { seq } = emulator.journal;
  expect(await rows('flap', '2', '--down', '1s', '--up', '1s', '--count', '3')).toMatchObject([{ plugged: false }]);
  const deeds = () => emulator.journal.since(seq).flatMap((entry) => (entry.kind === 'device' ? [entry.what] : []));
  await expect.poll(deeds).toEqual(['unplug', 'plug', 'unplug', 'plug', 'unplug', 'plug']);
});

test('reboot takes its time', async () => {
  const { seq } = emulator.journal;
  expect(await rows('reboot', '2', '--down', '100s')).toMatchObject([{ plugged: false }]);
  await expect.poll(async () => (await rows('ls', '2'))[0].plugged).toBe(true);
  const [begun, , back] = emulator.journal.since(seq);
  expect((back?.time ?? 0) - (begun?.time ?? 0)).toBeGreaterThanOrEqual(100_000);
});

test('move gives it another address, and the port if one is named', async () => {
  expect(await rows('move', '2', '10.0.0.22')).toMatchObject([{ IPAddr: '10.0.0.22', port: 51211 }]);
  expect(await rows('move', '2', '10.0.0.23:51299')).toMatchObject([{ IPAddr: '10.0.0.23', port: 51299 }]);
  expect(await rows('move', '2', '10.0.0.2')).toMatchObject([{ IPAddr: '10.0.0.2', port: 51299 }]);
  expect((await gsdk('connect 2@10.0.0.2:51299')).exitCode).toBe(0);
  expect(await device('move', '2', '10.0.0.1:51211')).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining('10.0.0.1:51211 belongs to both 1 and 2'),
  });
  expect((await device('move', '9', '10.0.0.9')).exitCode).toBe(3);
});

test('set changes what is named, and nothing else', async () => {
  expect(await rows('set', '3', '--ssl', 'on')).toMatchObject([{ useSSL: true, connectionMode: 'SERVER_TO_DEVICE' }]);
  expect((await gsdk('connect 10.0.1.3')).exitCode).toBe(6);
  expect((await gsdk('connect --ssl 10.0.1.3')).exitCode).toBe(0);
  expect(await rows('set', '3', '--ssl', 'off', '--mode', 'device-to-server')).toMatchObject([
    { useSSL: false, connectionMode: 'DEVICE_TO_SERVER', serverAddr: '192.168.0.2', connected: false },
  ]);
  expect((await gsdk('pending ls -o ids')).stdout).toBe('3\n');
  await rows('set', '3', '--server', '10.9.9.9', '--handshake', '8s');
  expect(emulator.world.device(3)).toMatchObject({ serverAddr: '10.9.9.9', handshakeMs: 8_000 });
  expect((await device('set', '3')).exitCode).toBe(2);
});

test('add puts new doors up, rm takes them away', async () => {
  expect(await rows('add', '7@10.0.0.7', '8@10.0.0.8:51299', '--ssl', '--type', 'xpass-q2')).toMatchObject([
    { deviceID: 7, type: 'XPASS_Q2', useSSL: true, port: 51211 },
    { deviceID: 8, type: 'XPASS_Q2', useSSL: true, port: 51299 },
  ]);
  const stdin = 'deviceID,type,IPAddr\n9,BIOSTATION_3,10.0.0.9\n';
  const added = await run(['emulator', 'device', 'add', '-f', '-', '--json'], { env, stdin });
  expect(JSON.parse(added.stdout)).toMatchObject([{ deviceID: 9, type: 'BIOSTATION_3' }]);
  expect((await gsdk('connect 9@10.0.0.9')).exitCode).toBe(0);
  const [removed] = await rows('rm', '7-9').then((all) => all.slice(-1));
  expect(removed).toMatchObject({ deviceID: 9, present: false, type: null, connected: null });
  expect((await gsdk('device get 9')).exitCode).toBe(3);
  expect((await device('ls', '7-9')).exitCode).toBe(3);
});

test.each([
  [['add'], 'expected devices, or -f FILE'],
  [['add', '10.0.0.7'], 'expected ID@IP[:PORT], got "10.0.0.7"'],
  [['add', '1@10.0.0.7'], 'device 1 is in the fleet twice'],
  [['add', '7@10.0.0.1'], '10.0.0.1:51211 belongs to both 1 and 7'],
  [['add', '7@10.0.0.7', '--type', 'toaster'], 'unknown type, got "toaster"'],
  [['flap', '1', '--count', '0'], '--count: expected a number'],
  [['unplug', '1', '--how', 'gently'], "argument 'gently' is invalid"],
])('%j is refused, and nothing happens', async (words, message) => {
  const { seq } = emulator.journal;
  expect(await device(...words)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  expect(emulator.journal.seq).toBe(seq);
});
