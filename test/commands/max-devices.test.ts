import { Command } from '@commander-js/extra-typings';
import { expect, test, vi } from 'vitest';
import { verbs } from '../support/command-tree.ts';
import { guardedFleet } from '../support/guarded-fleet.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { smallWrites, wordsOf, writeCalls, writes } from '../support/writes.ts';

vi.stubEnv('TMPDIR', temporaryFolder());
const { emulator, gsdk } = await guardedFleet();
const limits = { GSDK_MAX_DEVICES: '1' };

test.each(writes.flatMap(({ line, stdin }) => [[line, stdin] as const, [`${line} --dry-run`, stdin] as const]))(
  '%s is for more than one device: 9, and nothing is sent',
  async (line, stdin = '') => {
    const before = emulator.journal.seq;
    const { exitCode, stdout, stderr } = await gsdk([...wordsOf(line), '-v', '--json'], { env: limits, stdin });
    expect({ exitCode, stdout, calls: writeCalls(stderr) }).toEqual({ exitCode: 9, stdout: '', calls: [] });
    const { error } = JSON.parse(stderr.trimEnd().split('\n').at(-1) ?? '');
    expect(error).toMatchObject({ class: 'CONFLICT', outcome: 'not-applied' });
    expect(error.message).toMatch(/^this write is for .*, and GSDK_MAX_DEVICES allows 1; nothing was sent$/);
    expect(emulator.journal.seq).toBe(before);
  },
);

test.each(smallWrites)('$line is for one device at most, and goes on', async ({ line, stdin = '' }) => {
  const { stderr } = await gsdk([...wordsOf(line), '--dry-run'], { env: limits, stdin });
  expect(stderr).not.toContain('GSDK_MAX_DEVICES');
});

test('as many as are allowed are no more than that', async () => {
  const { exitCode } = await gsdk(['disconnect', '846', '540', '--dry-run', '--max-devices', '2']);
  expect(exitCode).toBe(0);
  expect((await gsdk(['device', 'ls', '--max-devices', '1'])).exitCode).toBe(0);
});

test('no command that writes is left out', () => {
  const named = [...writes, ...smallWrites].map(({ line }) => `${line} `);
  const left: string[] = [];
  for (const [words, { parameters }] of verbs) {
    const command = new Command();
    parameters?.(command);
    const isWrite = command.options.some(({ long }) => long === '--dry-run');
    if (isWrite && !named.some((line) => line.startsWith(`${words} `))) left.push(words);
  }
  expect(left).toEqual([]);
});
