import {
  chmodSync,
  closeSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { openToAppend, trustedPath } from '../../src/base/trusted-path.ts';
import { asOtherUser, isRoot } from '../support/other-user.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: string;
let shared: string;
beforeEach(() => {
  folder = realpathSync(temporaryFolder());
  chmodSync(folder, 0o755);
  shared = join(folder, 'shared');
  mkdirSync(shared);
  chmodSync(shared, 0o1777);
  writeFileSync(join(folder, 'file'), 'text');
});

describe('trustedPath', () => {
  test.each([
    ['a file', 'file', 'file'],
    ['a path that does not exist', 'no/such/../file', 'no/file'],
    ['a link of this user', 'shared/own', 'file'],
    ['a relative link to a folder', 'shared/up/shared/new', 'shared/new'],
    ['a dangling link', 'shared/dangling', 'none'],
    ['".." behind a link, which leads from its target', 'deep/../file', 'shared/file'],
  ])('resolves %s', (_name, path, real) => {
    symlinkSync(join(folder, 'file'), join(shared, 'own'));
    symlinkSync('..', join(shared, 'up'));
    symlinkSync(join(folder, 'none'), join(shared, 'dangling'));
    mkdirSync(join(shared, 'sub'));
    symlinkSync('shared/sub', join(folder, 'deep'));
    expect(trustedPath(`${folder}/${path}`)).toBe(join(folder, real));
  });

  test('refuses links in a circle', () => {
    symlinkSync('circle', join(folder, 'circle'));
    expect(() => trustedPath(join(folder, 'circle'))).toThrow('too many links');
  });

  test('refuses a hard link in a shared folder only', () => {
    linkSync(join(folder, 'file'), join(shared, 'hard'));
    expect(() => trustedPath(join(shared, 'hard'))).toThrow('a hard link in a shared folder');
    expect(trustedPath(join(folder, 'file'))).toBe(join(folder, 'file'));
  });

  test('leaves links of procfs to the kernel', () => {
    expect(trustedPath('/proc/self/fd/1')).toBe('/proc/self/fd/1');
  });

  describe.skipIf(!isRoot)('with entries of another user (runs as root only)', () => {
    test.each([
      ['a link', 'ln -s ../file "$1/trap"', 'trap'],
      ['a file', 'touch "$1/trap"', 'trap'],
      ['a folder on the way', 'mkdir "$1/trap"', 'trap/site.csv'],
      ['a link on the way', 'ln -s .. "$1/trap"', 'trap/site.csv'],
    ])('refuses %s in a shared folder', (_name, script, path) => {
      asOtherUser(script, shared);
      expect(() => trustedPath(join(shared, path))).toThrow(/user 65534/);
    });

    test('accepts what the owner of a folder keeps in it, but no links', () => {
      asOtherUser('mkdir "$1/own"; touch "$1/own/file"; ln -s file "$1/own/link"', shared);
      chmodSync(shared, 0o755);
      expect(trustedPath(join(shared, 'own', 'file'))).toBe(join(shared, 'own', 'file'));
      expect(() => trustedPath(join(shared, 'own', 'link'))).toThrow('a link of user 65534');
    });
  });
});

describe('openToAppend', () => {
  test('creates a file for its owner alone, and appends to it', () => {
    for (const text of ['one', 'two']) {
      const file = openToAppend(join(shared, 'log'));
      writeSync(file, text);
      closeSync(file);
    }
    expect(readFileSync(join(shared, 'log'), 'utf8')).toBe('onetwo');
    expect(statSync(join(shared, 'log')).mode & 0o777).toBe(0o600);
  });

  test('opens a device and a link of procfs', () => {
    const open = openToAppend(join(shared, 'log'));
    for (const path of ['/dev/null', `/dev/fd/${open}`]) closeSync(openToAppend(path));
    closeSync(open);
  });
});
