import { expect, test } from 'vitest';
import { manualClock, manualStartMs } from '../../../src/emulator/index.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { run } from '../../support/host.ts';

const manual = await emulatedGateway({ clock: manualClock(manualStartMs) });
const scaled = await emulatedGateway();
const clock = async (gateway: typeof manual, ...words: string[]) => {
  const { stdout, stderr, exitCode } = await run(['emulator', 'clock', ...words, '--json'], { env: gateway.env });
  return { exitCode, stderr, row: exitCode === 0 ? JSON.parse(stdout) : undefined };
};

test('a manual clock stands still until it is advanced, and then what was due has happened', async () => {
  const start = { time: '2026-01-01T00:00:00.000Z', manual: true, factor: null };
  expect((await clock(manual, 'show')).row).toEqual(start);
  await run(['async', 'add', '846@192.168.0.117'], { env: manual.env });
  const { row } = await clock(manual, 'advance', '1h');
  expect(row).toEqual({ ...start, time: '2026-01-01T01:00:00.000Z', sinceSeq: 2 });
  const { stdout } = await run(['device', 'ls', '--connected', '-o', 'ids'], { env: manual.env });
  expect(stdout).toBe('846\n');
});

test('a clock that runs is made faster or slower', async () => {
  expect((await clock(scaled, 'scale', '0.5')).row).toMatchObject({ manual: false, factor: 0.5 });
  expect((await clock(scaled, 'show')).row).toMatchObject({ factor: 0.5 });
});

test.each([
  [scaled, ['advance', '1s'], 9, 'this clock moves by itself'],
  [manual, ['scale', '2'], 9, 'this clock does not run by itself'],
  [manual, ['advance', 'soon'], 2, 'expected a duration'],
  [scaled, ['scale', '0'], 2, 'expected a factor such as 20 or 0.5, got'],
  [scaled, ['scale', 'twice'], 2, 'expected a factor'],
])('%# what cannot be is refused', async (gateway, words, exitCode, message) => {
  expect(await clock(gateway, ...words)).toMatchObject({ exitCode, stderr: expect.stringContaining(message) });
});
