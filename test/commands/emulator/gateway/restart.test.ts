import { expect, test } from 'vitest';
import { managedFleet } from '../../../support/managed-fleet.ts';

const { emulator, gsdk } = await managedFleet();
const restart = ['emulator', 'gateway', 'restart'];

test('the next process manages nothing, unless it remembers', async () => {
  await gsdk(['async', 'add', '900@192.168.0.152']);
  const remembering = await gsdk([...restart, '--remembers', '--json']);
  expect(remembering).toMatchObject({ exitCode: 0, stderr: '' });
  expect(JSON.parse(remembering.stdout)).toMatchObject({ up: true, managed: 1, subscribers: 0, frozen: false });
  const { stdout } = await gsdk([...restart, '--json']);
  const { managed, sinceSeq } = JSON.parse(stdout);
  expect(managed).toBe(0);
  expect(emulator.journal.since(sinceSeq)).toMatchObject([
    { kind: 'gateway', what: 'stopped' },
    { kind: 'gateway', what: 'started' },
  ]);
  expect((await gsdk(['device', 'ls', '-o', 'ids'])).stdout).toBe('');
});

test('after a crash it answers as soon as the command is over', async () => {
  emulator.faults.crash();
  expect((await gsdk(['gateway', 'ping'])).exitCode).toBe(5);
  expect((await gsdk(restart)).exitCode).toBe(0);
  expect((await gsdk(['gateway', 'ping'])).exitCode).toBe(0);
});
