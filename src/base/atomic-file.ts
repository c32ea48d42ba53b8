import { randomUUID } from 'node:crypto';
import { closeSync, fchmodSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { trustedPath } from './trusted-path.ts';

/**
 * Writes a file as a whole: whoever reads it sees the old one or the new one, also if the machine stops meanwhile. A
 * new file can be read and written by its owner alone; one that is there keeps its rights, and its links.
 *
 * @throws Node's error when it cannot be written, or is something else than a file, such as a device; UntrustedPathError
 *   when another user could have prepared the path; what is there stays
 */
export function writeFileAtomically(path: string, text: string): void {
  const target = trustedPath(path);
  const found = statSync(target, { throwIfNoEntry: false });
  // A rename would put a file into the place of a device, and who may do that may do it to /dev/null.
  if (found && !found.isFile()) throw Object.assign(new Error('it is no regular file'), { code: 'EINVAL' });
  replaceFile(target, text, found && found.mode & 0o777);
}

/**
 * Puts a file into the place of what is there, also of a link, as a whole. Its draft is created exclusively.
 *
 * @param mode the permissions of the file (default: 0600)
 * @throws Node's error when it cannot be written
 */
export function replaceFile(path: string, text: string, mode?: number): void {
  const draft = join(dirname(path), `.${basename(path)}.${randomUUID()}`);
  try {
    const file = openSync(draft, 'wx', 0o600);
    try {
      if (mode !== undefined) fchmodSync(file, mode);
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
