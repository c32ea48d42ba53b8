import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { writeFileAtomically } from '../../src/base/atomic-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = temporaryFolder();
  path = join(folder, 'site.csv');
});
const modeOf = (file: string) => statSync(file).mode & 0o777;

test('a new file has the text, and can be read by its owner alone', () => {
  writeFileAtomically(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(modeOf(path)).toBe(0o600);
  expect(readdirSync(folder)).toEqual(['site.csv']);
});

test('a file that is there keeps its rights', () => {
  writeFileSync(path, 'old');
  chmodSync(path, 0o664);
  writeFileAtomically(path, 'new');
  expect(readFileSync(path, 'utf8')).toBe('new');
  expect(modeOf(path)).toBe(0o664);
});

test('a link stays one, and the file that it leads to is replaced', () => {
  mkdirSync(join(folder, 'real'));
  writeFileSync(join(folder, 'real', 'one.csv'), 'old');
  symlinkSync('real/one.csv', path);
  writeFileAtomically(path, 'new');
  expect(readlinkSync(path)).toBe('real/one.csv');
  expect(readFileSync(join(folder, 'real', 'one.csv'), 'utf8')).toBe('new');
});

test('a device, a pipe or a folder is never replaced', () => {
  expect(() => writeFileAtomically('/dev/null', 'new')).toThrow('it is no regular file');
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('what cannot be written throws, and leaves nothing behind', () => {
  mkdirSync(path);
  expect(() => writeFileAtomically(path, 'new')).toThrow('it is no regular file');
  expect(() => writeFileAtomically(join(folder, 'nowhere', 'site.csv'), 'new')).toThrow(/ENOENT/);
  expect(readdirSync(folder)).toEqual(['site.csv']);
});
