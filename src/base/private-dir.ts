import { lstatSync, mkdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { trustedPath, UntrustedPathError, userID } from './trusted-path.ts';

/**
 * Creates a folder that only this user can enter, if it does not exist, and checks it: a real folder, which belongs to
 * this user, without any permission for others. The folder around it has to exist.
 *
 * @returns its path without links
 * @throws UntrustedPathError when another user could have prepared it, Node's error when it cannot be created
 */
export function privateDir(path: string): string {
  const absolute = resolve(path);
  const folder = join(trustedPath(dirname(absolute)), basename(absolute));
  makeDir(folder);
  const found = lstatSync(folder);
  if (!found.isDirectory()) throw new UntrustedPathError(folder, 'it is no real folder');
  const uid = userID();
  if (uid === undefined) return folder;
  if (found.uid !== uid) throw new UntrustedPathError(folder, `it belongs to user ${found.uid}`);
  if ((found.mode & 0o077) !== 0) throw new UntrustedPathError(folder, 'its permissions are not 0700');
  return folder;
}

/**
 * Creates a folder and its parents, each with mode 0700. `mkdirSync` with `recursive` never returns in `/proc`.
 *
 * @throws Node's error when it cannot be created
 */
export function createDir(folder: string): void {
  const parent = dirname(folder);
  if (!statSync(parent, { throwIfNoEntry: false })) createDir(parent);
  makeDir(folder);
}

/** Some file systems do not answer EEXIST where a folder exists, but EROFS or EACCES. */
function makeDir(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    if (!lstatSync(folder, { throwIfNoEntry: false })) throw error;
  }
}
