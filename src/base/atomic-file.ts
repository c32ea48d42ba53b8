import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Writes a file as a whole: whoever reads it sees the old one or the new one, also if the machine stops meanwhile. A
 * new file can be read and written by its owner alone; one that is there keeps its rights, and its links.
 *
 * @throws Node's error when it cannot be written, or is something else than a file, such as a device; what is there stays
 */
export function writeFileAtomically(path: string, text: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  // A rename would put a file into the place of a device, and who may do that may do it to /dev/null.
  if (found && !found.isFile()) throw Object.assign(new Error('it is no regular file'), { code: 'EINVAL' });
  const target = found ? realpathSync(path) : path;
  const draft = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  try {
    const file = openSync(draft, 'wx', 0o600);
    try {
      if (found) fchmodSync(file, found.mode & 0o777);
      writeFileSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(draft, target);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
