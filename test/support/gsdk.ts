import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** The folder of the project, wherever it stands. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

/** The program under test, as built. */
export const bin = join(root, 'bin', 'gsdk.js');

/** The PATH of every process that a test starts: this very Node first, so that a shebang finds it. */
export const PATH = [dirname(process.execPath), process.env.PATH || '/usr/local/bin:/usr/bin:/bin'].join(delimiter);

/** What a test may say about a process; no process lives longer than its limit. */
export interface ProcessOptions {
  env?: Record<string, string>;
  /** Standard input; empty unless given. `undefined` leaves it open. */
  input?: string | undefined;
  cwd?: string;
  /** Default 50 s. */
  limitMs?: number;
  /** The ID of the user and the group that run it; only root can choose them. */
  user?: number;
}

/** Runs a program. The environment is empty but for PATH and what is passed; nothing is thrown, no shell is between. */
export const run = (
  file: string,
  args: readonly string[],
  { env, cwd = root, limitMs = 50_000, user, ...rest }: ProcessOptions = {},
) =>
  execa(file, args, {
    reject: false,
    extendEnv: false,
    stripFinalNewline: false,
    maxBuffer: 100_000_000,
    timeout: limitMs,
    killSignal: 'SIGKILL',
    cwd,
    env: { PATH, ...env },
    ...(user !== undefined && { uid: user, gid: user }),
    ...('input' in rest ? (rest.input === undefined ? {} : { input: rest.input }) : { input: '' }),
  });

/** Runs the built gsdk. */
export const gsdk = (args: readonly string[], options: ProcessOptions = {}) =>
  run(process.execPath, [bin, ...args], options);

/** Runs a script in a real shell, in which `gsdk` is the built one, and `$NODE` and `$BIN` are what it consists of. */
export const shell = (script: string, { env, ...options }: ProcessOptions = {}) =>
  run('sh', ['-c', `gsdk() { "$NODE" "$BIN" "$@"; }\n${script}`], {
    ...options,
    env: { NODE: process.execPath, BIN: bin, ...env },
  });
