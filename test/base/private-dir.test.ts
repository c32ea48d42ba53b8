import { chmodSync, mkdirSync, realpathSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { createDir, privateDir } from '../../src/base/private-dir.ts';
import { asOtherUser, isRoot } from '../support/other-user.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = realpathSync(temporaryFolder());
  chmodSync(folder, 0o1777);
  path = join(folder, 'gsdk');
});

test('creates a folder with mode 0700, and returns it again', () => {
  expect([privateDir(path), privateDir(path)]).toEqual([path, path]);
  expect(statSync(path).mode & 0o777).toBe(0o700);
});

test.each([0o777, 0o770, 0o702, 0o750])('refuses a folder with mode %o', (mode) => {
  mkdirSync(path);
  chmodSync(path, mode);
  expect(() => privateDir(path)).toThrow('its permissions are not 0700');
});

test('refuses a link of this user, also to a private folder', () => {
  mkdirSync(join(folder, 'real'), { mode: 0o700 });
  symlinkSync('real', path);
  expect(() => privateDir(path)).toThrow('it is no real folder');
});

test('refuses a file', () => {
  writeFileSync(path, '');
  expect(() => privateDir(path)).toThrow('it is no real folder');
});

test('does not create the folder around it', () => {
  expect(() => privateDir(join(path, 'sub'))).toThrow('ENOENT');
});

test('fails in /proc instead of trying for ever', () => {
  expect(() => privateDir('/proc/gsdk')).toThrow('ENOENT');
  expect(() => createDir('/proc/gsdk/sub')).toThrow('ENOENT');
});

test('createDir creates all parents with mode 0700', () => {
  createDir(join(path, 'a', 'b'));
  createDir(join(path, 'a', 'b'));
  for (const name of ['', 'a', 'a/b']) expect(statSync(join(path, name)).mode & 0o777).toBe(0o700);
});

describe.skipIf(!isRoot)('prepared by another user (runs as root only)', () => {
  test.each([
    ['a folder', 'mkdir -m 700 "$1/gsdk"', /belongs to user 65534/],
    ['a link', 'ln -s /root "$1/gsdk"', /no real folder/],
  ])('refuses %s', (_name, script, message) => {
    asOtherUser(script, folder);
    expect(() => privateDir(path)).toThrow(message);
  });
});
