import { accessSync, constants, statSync } from 'node:fs';
import { sep } from 'node:path';

/** Where commands are looked for if PATH is not set: what execvp takes then. */
const defaultPath = '/bin:/usr/bin';

/**
 * Why a command cannot be run, as far as that is known without running it. It is looked for as execvp does: in the
 * folders of PATH, unless its name has a slash.
 *
 * @returns the code of the error, `ENOENT` or `EACCES` as a rule; nothing if it may well run
 */
export function whyNotExecutable(file: string, path = defaultPath): string | undefined {
  // Windows looks for other names than this one, too.
  if (sep !== '/') return undefined;
  if (file === '' || file.includes('/')) return faultOf(file);
  const faults = path.split(':').map((folder) => faultOf(`${folder || '.'}/${file}`));
  if (faults.includes(undefined)) return undefined;
  return faults.includes('EACCES') ? 'EACCES' : 'ENOENT';
}

function faultOf(file: string): string | undefined {
  try {
    if (!statSync(file).isFile()) return 'EACCES';
    accessSync(file, constants.X_OK);
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  }
}
