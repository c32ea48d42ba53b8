import { expect, test } from 'vitest';
import { exitCodes } from '../../../src/errors/exit-codes.ts';
import { outputFormats } from '../../../src/render/index.ts';
import { run } from '../../support/host.ts';

test('every exit code is explained', async () => {
  const { exitCode, stdout } = await run(['help', 'exit-codes', '-o', 'json']);
  expect(exitCode).toBe(0);
  expect(JSON.parse(stdout)).toEqual(exitCodes.map(({ code, name, meaning }) => ({ code, name, meaning })));
});

test('every output format is explained', async () => {
  const { stdout } = await run(['help', 'output', '-o', 'tsv', '--fields', 'format', '--no-header']);
  expect(stdout.trim().split('\n')).toEqual(outputFormats);
});

test('a topic prints no devices, so it has no IDs', async () => {
  expect(await run(['help', 'output', '-o', 'ids'])).toMatchObject({ exitCode: 2, stdout: '' });
});

test.each(['bogus', 'constructor', '__proto__'])('no topic %s is refused, and the topics are listed', async (topic) => {
  expect(await run(['help', topic])).toEqual({
    ...{ exitCode: 2, stdout: '' },
    stderr: `gsdk: no help on "${topic}"\nhint: topics: exit-codes, output, recipes, environment; commands: gsdk --help\n`,
  });
});
