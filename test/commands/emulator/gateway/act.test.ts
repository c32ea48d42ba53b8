import { expect, test } from 'vitest';
import { visitor } from '../../../emulator/support/visit.ts';
import { run } from '../../../support/host.ts';
import { managedFleet } from '../../../support/managed-fleet.ts';

const { emulator, gsdk } = await managedFleet();
const gateway = (...words: string[]) => gsdk(['emulator', 'gateway', ...words]);
const after = async (...words: string[]) => {
  const { stdout, stderr, exitCode } = await gateway(...words, '--json');
  expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  return JSON.parse(stdout);
};
const ping = (...words: string[]) => gsdk(['gateway', 'ping', ...words]);

test('it prints a table for people', async () => {
  const { stdout } = await gateway('drop-streams');
  expect(stdout).toMatch(/^UP +MANAGED +SUBSCRIBERS +FROZEN +TIME +SINCE\ntrue +2 +0 +false +\S+Z +\d+\n$/);
});

test.each([
  [[], { code: 14 }],
  [['--code', 'resource_exhausted', '--text', 'too many'], { code: 8, details: 'too many' }],
  [['--text', 'sorry'], { code: 14, details: 'sorry' }],
  [['--rst', 'cancel'], { code: 1 }],
])('drop-streams %j ends streams, and no call', async (words, ended) => {
  const client = visitor(emulator);
  const stream = await client.subscribe();
  expect(await after('drop-streams', ...words)).toMatchObject({ up: true, managed: 2 });
  expect(await stream.ended).toMatchObject(ended);
  expect(await client.devices()).toHaveLength(2);
});

test.each(['fin', 'rst'])('drop-connections --how %s ends connections, new ones are taken', async (how) => {
  const client = visitor(emulator);
  const stream = await client.subscribe();
  await after('drop-connections', '--how', how);
  expect(await stream.ended).toMatchObject({ code: 14 });
  expect((await ping()).exitCode).toBe(0);
});

test('goaway lets clients go; with --grace what is open ends', async () => {
  const client = visitor(emulator);
  const stream = await client.subscribe();
  await after('goaway', '--grace', '10s');
  expect((await stream.ended).code).not.toBe(0);
  expect((await ping()).exitCode).toBe(0);
  await after('goaway', '--freeze-streams');
});

test('hang answers nothing until --off', async () => {
  expect(await after('hang')).toMatchObject({ up: true, frozen: true });
  expect((await ping('--request-timeout', '100ms')).exitCode).toBe(124);
  expect(await after('hang', '--off')).toMatchObject({ frozen: false });
  expect((await ping()).exitCode).toBe(0);
});

test('hang --streams answers calls; --for is over by itself', async () => {
  expect(await after('hang', '--streams', '--for', '60s')).toMatchObject({ frozen: true });
  expect((await ping()).exitCode).toBe(0);
  await expect.poll(async () => (await after('drop-streams', '--code', 'OK')).frozen).toBe(false);
});

test('crash refuses until restart, or for --down', async () => {
  expect(await after('crash')).toMatchObject({ up: false, managed: 0, subscribers: 0 });
  expect(await ping()).toMatchObject({ exitCode: 5, stderr: expect.stringContaining('nothing listens') });
  expect(await after('restart')).toMatchObject({ up: true });
  await gsdk(['async', 'add', '900@192.168.0.152']);
  await after('crash', '--down', '2s', '--how', 'rst', '--remembers');
  await expect.poll(async () => (await gsdk(['device', 'ls', '-o', 'ids'])).stdout).toBe('900\n');
});

test.each([
  [['--expired'], 'has expired'],
  [['--new-ca'], 'is not signed by the root'],
  [['--for-host', 'foo.example,10.0.0.1'], 'it names DNS:foo.example, IP Address:10.0.0.1'],
])('rotate-cert %j lets clients refuse it, until there is a good one again', async (words, says) => {
  const before = visitor(emulator);
  await before.devices();
  await after('rotate-cert', ...words);
  expect(await ping()).toMatchObject({ exitCode: 4, stderr: expect.stringContaining(says) });
  await before.devices();
  await after('rotate-cert');
  expect((await ping()).exitCode).toBe(0);
});

test.each([
  [['hang', '--off', '--streams'], '--off beside --for or --streams'],
  [['drop-streams', '--rst', 'CANCEL', '--code', 'OK'], '--rst beside --code or --text'],
  [['drop-streams', '--code', 'BOGUS'], 'expected one of OK'],
  [['drop-streams', '--rst', 'BOGUS'], 'expected one of NO_ERROR'],
  [['crash', '--down', 'soon'], '--down: expected a duration'],
  [['crash', '--remembers'], '--remembers without --down'],
])('%j is refused, and nothing happens', async (words, message) => {
  const { seq } = emulator.journal;
  expect(await gateway(...words)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
  expect(emulator.journal.seq).toBe(seq);
});

test('where only the fields are asked for nothing happens', async () => {
  const { seq } = emulator.journal;
  const { stdout } = await run(['emulator', 'gateway', 'crash', '--fields', 'help'], { env: emulator.env });
  expect(stdout).toBe('up\nmanaged\nsubscribers\nfrozen\ntime\nsinceSeq\n');
  expect(emulator.journal.seq).toBe(seq);
});
