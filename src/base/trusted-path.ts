import { constants, fstatSync, lstatSync, openSync, readlinkSync, type Stats, statSync } from 'node:fs';
import { dirname, isAbsolute, join, parse, resolve, sep } from 'node:path';
// biome-ignore lint/style/noRestrictedImports: os.userInfo throws for a user without a passwd entry
import { geteuid } from 'node:process';

/** The numeric ID of the user who runs gsdk, `undefined` on Windows. It needs no passwd entry. */
export const userID = (): number | undefined => geteuid?.();

/** A path that another user could have prepared. Like the errors of Node, it has a code that messages show. */
export class UntrustedPathError extends Error {
  readonly path: string;
  readonly code: string;

  constructor(path: string, code: string) {
    super(`${path}: ${code}`);
    this.path = path;
    this.code = code;
  }
}

/** The maximum number of links in one path, as in Linux. */
const maxLinks = 40;

/**
 * Resolves the links of a path and checks each step, so that no other user decides where a file is written. Links have
 * to belong to this user or to root. In a shared folder, such as the temporary folder, all entries on the path have to
 * belong to this user, to root, or to the owner of the folder.
 *
 * @returns the path without links; the last parts of it may not exist
 * @throws UntrustedPathError for a step that another user controls, Node's error when it cannot be read
 */
export function trustedPath(path: string): string {
  let real = parse(resolve(path)).root;
  // Not `resolve`, which removes "link/.." without looking at the link.
  const names = partsOf(isAbsolute(path) ? path : `${resolve('.')}${sep}${path}`);
  for (let links = 0; names.length > 0; ) {
    const next = join(real, names.shift() as string);
    const entry = lstatSync(next, { throwIfNoEntry: false });
    if (!entry) return join(next, ...names);
    refuseForeign(next, entry, statSync(dirname(next)));
    const target = targetOf(next, entry);
    if (target === undefined) {
      real = next;
      continue;
    }
    if (++links > maxLinks) throw new UntrustedPathError(next, 'too many links');
    if (isAbsolute(target)) real = parse(target).root;
    names.unshift(...partsOf(target));
  }
  return real;
}

/** Returns where a link leads. The links of procfs lead to open files, not to paths, and are left as they are. */
const targetOf = (path: string, entry: Stats) =>
  entry.isSymbolicLink() && !path.startsWith('/proc/') ? readlinkSync(path) : undefined;

function partsOf(path: string): string[] {
  const rest = isAbsolute(path) ? path.slice(parse(path).root.length) : path;
  return rest.split(sep).filter(Boolean);
}

function refuseForeign(path: string, entry: Stats, folder: Stats): void {
  const uid = userID();
  if (uid === undefined) return;
  const isForeign = entry.uid !== uid && entry.uid !== 0;
  if (entry.isSymbolicLink() && isForeign) throw new UntrustedPathError(path, `a link of user ${entry.uid}`);
  // Sticky, or writable by all: a place that users share.
  if ((folder.mode & 0o1002) === 0) return;
  if (isForeign && entry.uid !== folder.uid) throw new UntrustedPathError(path, `it belongs to user ${entry.uid}`);
  if (entry.isFile() && entry.nlink > 1) throw new UntrustedPathError(path, 'a hard link in a shared folder');
}

/**
 * Opens a file to append to it, without waiting for the reader of a pipe. A new file is created exclusively, and can be
 * read and written by its owner alone.
 *
 * @returns the file descriptor
 * @throws UntrustedPathError when another user could have prepared the path, Node's error when it cannot be opened
 */
export function openToAppend(path: string): number {
  const real = trustedPath(path);
  const { O_APPEND, O_CREAT, O_EXCL, O_NONBLOCK, O_NOFOLLOW = 0, O_WRONLY } = constants;
  const flags = O_APPEND | O_NONBLOCK | O_WRONLY | (real.startsWith('/proc/') ? 0 : O_NOFOLLOW);
  try {
    return openSync(real, flags | O_CREAT | O_EXCL, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const file = openSync(real, flags);
  // Between the check and this call another user may have created it.
  refuseForeign(real, fstatSync(file), statSync(dirname(real)));
  return file;
}
