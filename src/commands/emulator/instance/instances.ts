import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privateDir } from '../../../base/private-dir.ts';
import { userID } from '../../../base/trusted-path.ts';
import { GsdkError, usageError } from '../../../errors/gsdk-error.ts';
import { isAlive, type Life, lifeOf } from './life.ts';

/** How a named gateway is found. */
export interface Instance {
  name: string;
  pid: number;
  gateway: string;
  caFile: string;
  configFile: string;
  /** What chance depends on in it. */
  seed: number;
  /** Says where it is handled, with the token for that. */
  controlFile: string;
  /** Its private folder, which goes with it. */
  folder: string;
  /** RFC 3339, UTC. */
  startTime: string;
}

/** Reads the value of `--name`. */
export function nameOption(text: string): string {
  if (/^[A-Za-z0-9][\w.-]{0,63}$/.test(text)) return text;
  throw usageError(
    `--name: expected letters, digits, ".", "_" and "-", got "${text}"`,
    'without it the name is default',
  );
}

/** The name of an instance that is given none. */
export const defaultName = 'default';

/**
 * The folder of a user's named gateways: for each a claim while its process lives, a log, and, once it is ready, a
 * file that says how to reach it.
 *
 * @throws GsdkError (USAGE) when it cannot be created, or another user could write there
 */
export function instanceFolder(): string {
  const folder = join(tmpdir(), `gsdk-emulators-${userID() ?? 'user'}`);
  try {
    return privateDir(folder);
  } catch (error) {
    const { code, message, path = folder } = error as NodeJS.ErrnoException;
    throw usageError(`cannot use ${path} (${code ?? message})`, 'Set TMPDIR to another folder for temporary files.');
  }
}

const fileOf = (name: string, kind: 'claim' | 'json' | 'log') => join(instanceFolder(), `${name}.${kind}`);

/** Where the messages of a named gateway go that was started in the background. */
export const logOf = (name: string) => fileOf(name, 'log');

/** Every name that is in use, or was by a process that could not tidy up. */
export const names = (): string[] =>
  readdirSync(instanceFolder())
    .flatMap((file) => /^(.+)\.claim$/.exec(file)?.[1] ?? [])
    .sort();

/** The process that has taken a name, alive or not. */
export const ownerOf = (name: string): Life | undefined => readJson<Life>(fileOf(name, 'claim'));

/** How a named gateway is reached; `undefined` while it is not ready. */
export const read = (name: string): Instance | undefined => readJson<Instance>(fileOf(name, 'json'));

/** A named gateway that is ready and whose process lives. */
export async function running(name: string): Promise<Instance | undefined> {
  const owner = ownerOf(name);
  return owner && (await isAlive(owner)) ? read(name) : undefined;
}

/**
 * Takes a name for the process `pid`, which is this one. What a process left that is no more is cleared away.
 *
 * @throws GsdkError (CONFLICT) when a process that lives has it
 */
export async function claim(name: string, pid: number): Promise<void> {
  const life = await lifeOf(pid);
  const draft = writeDraft(`${name}.${pid}`, life);
  try {
    for (;;) {
      if (tryLink(draft, fileOf(name, 'claim'))) return;
      const owner = ownerOf(name);
      if (owner && (await isAlive(owner))) throw nameTaken(name, owner);
      clear(name);
    }
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Tells how to reach a named gateway, all at once. */
export function publish(instance: Instance): void {
  renameSync(writeDraft(`${instance.name}.${instance.pid}`, instance), fileOf(instance.name, 'json'));
}

/** Removes all that there is of a name, and the private folder of its gateway. */
export function clear(name: string): void {
  const folder = read(name)?.folder;
  if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  for (const kind of ['json', 'log', 'claim'] as const) rmSync(fileOf(name, kind), { force: true });
}

function writeDraft(name: string, content: unknown): string {
  const draft = join(instanceFolder(), `${name}.draft`);
  writeFileSync(draft, `${JSON.stringify(content)}\n`, { mode: 0o600 });
  return draft;
}

/** Whether the file was not there: of several who try, one succeeds, and the file is whole from the start. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

const nameTaken = (name: string, owner: Life) =>
  new GsdkError({
    class: 'CONFLICT',
    message: `the embedded gateway "${name}" runs already${at(read(name))}, process ${owner.pid}`,
    hint: `end it: gsdk emulator stop --name ${name}; or give this one another --name`,
    stage: 'cli',
  });

const at = (instance: Instance | undefined) => (instance ? ` at ${instance.gateway}` : '');

/** The error of a command for a named gateway that does not run. */
export const notRunning = (name: string) =>
  new GsdkError({
    class: 'NOT_FOUND',
    message: `no embedded gateway "${name}" runs`,
    hint: `start it: gsdk emulator start${name === defaultName ? '' : ` --name ${name}`}; see those that run: gsdk emulator status`,
    stage: 'cli',
  });
