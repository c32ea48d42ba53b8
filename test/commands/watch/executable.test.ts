import { spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { whyNotExecutable } from '../../../src/commands/watch/executable.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const folder = temporaryFolder();
const [bin, plain] = [join(folder, 'bin'), join(folder, 'plain')];
for (const path of [bin, plain, join(plain, 'folder')]) mkdirSync(path);
writeFileSync(join(bin, 'tool'), '#!/bin/sh\n', { mode: 0o755 });
writeFileSync(join(plain, 'tool'), '#!/bin/sh\n', { mode: 0o644 });
writeFileSync(join(plain, 'other'), '#!/bin/sh\n', { mode: 0o644 });
symlinkSync(join(bin, 'tool'), join(bin, 'link'));
symlinkSync(join(bin, 'nowhere'), join(bin, 'dangling'));

test.each<[string, string | undefined, string | undefined]>([
  ['tool', bin, undefined],
  ['link', bin, undefined],
  ['dangling', bin, 'ENOENT'],
  // What cannot be executed is passed over.
  ['tool', `${plain}:${bin}`, undefined],
  ['other', `${plain}:${bin}`, 'EACCES'],
  ['folder', plain, 'EACCES'],
  ['missing', `${plain}:${bin}`, 'ENOENT'],
  ['tool', `${join(bin, 'tool')}:${bin}`, undefined],
  // Without PATH it is looked for where the system has its own.
  ['sh', undefined, undefined],
  ['tool', undefined, 'ENOENT'],
  // A slash means that very file.
  [join(bin, 'tool'), plain, undefined],
  [join(plain, 'tool'), bin, 'EACCES'],
  [join(bin, 'missing'), bin, 'ENOENT'],
  [join(bin, 'tool', 'below'), bin, 'ENOTDIR'],
  [bin, bin, 'EACCES'],
])('%s on PATH %s, as the system itself has it: %s', (file, path, code) => {
  expect(whyNotExecutable(file, path)).toBe(code);
  const { error } = spawnSync(file, { env: path === undefined ? {} : { PATH: path } });
  expect((error as NodeJS.ErrnoException | undefined)?.code).toBe(code);
});

test('no name is the name of nothing', () => {
  expect(whyNotExecutable('', bin)).toBe('ENOENT');
});

test('an empty part of PATH is the current folder', () => {
  expect(whyNotExecutable('package.json', ':')).toBe('EACCES');
});
