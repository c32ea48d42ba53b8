import { tmpdir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
// biome-ignore lint/style/noRestrictedImports: as tmpdir reads TMPDIR; the Host does not come this far
import { env } from 'node:process';
import { createDir, privateDir } from '../../base/private-dir.ts';
import { trustedPath, userID } from '../../base/trusted-path.ts';
import { usageError } from '../../errors/gsdk-error.ts';

/**
 * Returns the folder for what must survive a run, after it was created and checked: `$XDG_STATE_HOME/gsdk`, by default
 * `~/.local/state/gsdk`, and where there is no HOME a folder in the temporary folder. A HOME that cannot be written is
 * an error: with a fallback, two processes could hold two different locks for one gateway.
 *
 * @param name a folder inside of it, which is created and checked too
 * @throws GsdkError (USAGE) when it cannot be created, or another user could write there
 */
export function stateDir(name?: string): string {
  const { path, variable, isTemporary } = statePath();
  try {
    if (!isTemporary) createDir(trustedPath(dirname(path)));
    const folder = privateDir(path);
    return name === undefined ? folder : privateDir(join(folder, name));
  } catch (error) {
    const { code, message, path: culprit = path } = error as NodeJS.ErrnoException;
    throw usageError(
      `cannot keep state in ${culprit} (${code ?? message})`,
      `Set ${variable} to a folder that only this user can write.`,
    );
  }
}

/** The XDG specification says to ignore relative paths. */
function statePath(): { path: string; variable: string; isTemporary: boolean } {
  const { XDG_STATE_HOME = '', HOME = '' } = env;
  const home = isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : isAbsolute(HOME) && join(HOME, '.local', 'state');
  if (home) return { path: join(home, 'gsdk'), variable: 'XDG_STATE_HOME', isTemporary: false };
  const path = join(tmpdir(), `gsdk-${userID() ?? 'user'}`);
  return { path, variable: 'XDG_STATE_HOME or TMPDIR', isTemporary: true };
}
