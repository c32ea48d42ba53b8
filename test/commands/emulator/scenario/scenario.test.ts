import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { manualClock, manualStartMs, shippedScenarios } from '../../../../src/emulator/index.ts';
import { emulatedGateway } from '../../../support/emulated-gateway.ts';
import { run } from '../../../support/host.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

const folder = temporaryFolder();
const { env } = await emulatedGateway({ clock: manualClock(manualStartMs) });
const scenario = (words: string[], stdin = '') => run(['emulator', 'scenario', ...words], { env, stdin });
const gsdk = (line: string) => run(line.split(' '), { env });
const states = async () => {
  const { stdout, exitCode } = await scenario(['status', '--fields', 'run,do,state', '-o', 'tsv', '--no-header']);
  return { exitCode, lines: stdout.split('\n').filter(Boolean) };
};

test('those that are known by name are listed', async () => {
  const { stdout } = await scenario(['ls', '--json']);
  expect(JSON.parse(stdout).map(({ name }: { name: string }) => name)).toEqual(Object.keys(shippedScenarios));
});

test('one by name begins, goes on with the clock, and can be stopped', async () => {
  const begun = await scenario(['run', 'unplug-replug', '--json']);
  expect(JSON.parse(begun.stdout)).toMatchObject([
    { run: 1, scenario: 'unplug-replug', time: '2026-01-01T00:00:00.000Z', step: 1, do: 'unplug', state: 'waiting' },
    { run: 1, step: 2, do: 'plug', state: 'waiting', message: null },
  ]);
  await gsdk('emulator clock advance 10s');
  expect(await states()).toEqual({ exitCode: 0, lines: ['1\tunplug\tdone', '1\tplug\twaiting'] });
  expect((await gsdk('search -o ids')).stdout.trim().split('\n')).toHaveLength(8);
  expect(JSON.parse((await scenario(['stop', '1', '--json'])).stdout)).toMatchObject([{ stopped: true }, {}]);
  await gsdk('emulator clock advance 60s');
  expect((await states()).lines).toEqual(['1\tunplug\tdone', '1\tplug\twaiting']);
  await gsdk('emulator reset');
  expect((await states()).lines).toEqual([]);
});

test('one from a file or standard input that expects in vain makes status end with 8', async () => {
  const steps = [{ at: '1s', do: 'expect', deviceIDs: [846], status: 'TCP_CONNECTED', within: '10s' }];
  const path = join(folder, 'night.json');
  writeFileSync(path, JSON.stringify({ steps }));
  await scenario(['run', path]);
  await scenario(['run', '-'], JSON.stringify({ steps: [{ at: '2s', do: 'plug', deviceIDs: '@all' }] }));
  expect(await states()).toEqual({ exitCode: 0, lines: ['1\texpect\twaiting', '2\tplug\twaiting'] });
  await gsdk('emulator clock advance 11s');
  expect(await states()).toEqual({ exitCode: 8, lines: ['1\texpect\tunmet', '2\tplug\tdone'] });
  expect((await scenario(['status'])).stdout).toContain('expected 846 TCP_CONNECTED within 10s, but it is not managed');
  await gsdk('emulator reset');
});

test.each([
  [['run', 'nope'], '', 3, 'no scenario is called "nope"; known are '],
  [['run', './nope.json'], '', 2, 'cannot read ./nope.json'],
  [['run', '-'], '{', 2, 'standard input: not JSON'],
  [['run', '-'], '[]', 2, 'standard input: expected a JSON object'],
  [['run', '-'], '{"steps": [{"at": "1s", "do": "explode"}]}', 2, 'standard input, step 1: expected "do"'],
  [['stop', '9'], '', 3, 'no scenario has begun as number 9'],
  [['stop', 'flap'], '', 2, 'run: expected a number'],
])('%j is refused: %j', async (words, stdin, exitCode, message) => {
  expect(await scenario(words, stdin)).toMatchObject({ exitCode, stderr: expect.stringContaining(message) });
});
