import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { bin, gsdk, root, run } from '../support/gsdk.ts';
import { pathWithJq } from '../support/jq.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const [programs, leftBehind] = [join(folder, 'bin'), join(folder, 'tmp')];
for (const path of [programs, leftBehind]) mkdirSync(path);
symlinkSync(bin, join(programs, 'gsdk'));
const env = { PATH: [programs, pathWithJq(folder)].join(delimiter), TMPDIR: leftBehind };

const page = readFileSync(join(root, 'docs', 'emulator.md'), 'utf8');
const section = /\n## While it runs\n(.*?)\n## /s.exec(page)?.[1] ?? '';
/** The commands of the section, by the heading under which they stand. */
const commands = section.split('\n### ').map((part) => ({
  heading: part.split('\n')[0] || 'While it runs',
  command: /```sh\n(.*?)```/s.exec(part)?.[1] ?? '',
}));

test('each part of the section has commands', () => {
  expect(commands.map(({ heading }) => heading)).toEqual([
    ...['While it runs', 'What happened', 'Time', 'A shell test', 'By HTTP and JSON'],
  ]);
  for (const { command } of commands) expect(command).not.toBe('');
});

test.each(commands)('$heading', async ({ command, heading }) => {
  const file = join(folder, `${heading}.sh`);
  writeFileSync(file, command.startsWith('#!') ? command : `#!/bin/sh -eu\n${command}`);
  chmodSync(file, 0o755);
  const { exitCode, stderr } = command.includes('emulator exec')
    ? await run(file, [], { env })
    : await gsdk(['emulator', 'exec', '--clock', 'manual', '--', file], { env });
  // The shell test tells of the error that it waits for.
  const errors = heading === 'A shell test' ? stderr.replace(/^gsdk: .*\nhint: .*\n/m, '') : stderr;
  expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
  expect(readdirSync(leftBehind)).toEqual([]);
});

test('a shell test that fails says so by its exit code', async () => {
  const file = join(folder, 'fails.sh');
  const { command = '' } = commands.find(({ heading }) => heading === 'A shell test') ?? {};
  writeFileSync(
    file,
    command.replace('--method AddAsyncConnection --count 1', '--method AddAsyncConnection --count 2'),
  );
  chmodSync(file, 0o755);
  expect((await run(file, [], { env })).exitCode).toBe(8);
});

test('each call of the service has a row, or is in the example', () => {
  const proto = readFileSync(join(root, 'proto', 'emulator', 'control.proto'), 'utf8');
  const calls = [...proto.matchAll(/^ {2}rpc (\w+)/gm)].map(([, name]) => name);
  expect(calls.length).toBeGreaterThan(10);
  for (const name of calls) expect(section).toContain(`\`${name}\``);
});
