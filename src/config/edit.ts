import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { writeFileAtomically } from '../base/atomic-file.ts';
import { closestMatch } from '../base/closest-match.ts';
import { createDir } from '../base/private-dir.ts';
import { trustedPath } from '../base/trusted-path.ts';
import { GsdkError, usageError } from '../errors/gsdk-error.ts';
import { configPaths, type Environment, parseProfiles, readOwnFile } from './file.ts';
import { type Setting, type SettingName, settings } from './settings.ts';

/** The profiles of a config file as they are written there, by name. */
export type WrittenProfiles = Map<string, Map<string, unknown>>;

/** The settings that a profile may have. */
const profileSettings = Object.values(settings).filter(({ inProfile }) => inProfile !== undefined);

/**
 * Finds a setting of profiles by its key.
 *
 * @throws GsdkError (USAGE) when there is none of that name
 */
export function profileSetting(key: string): Setting {
  const found = profileSettings.find(({ name }) => name === key);
  if (found) return found as Setting;
  const names = profileSettings.map(({ name }) => name);
  const meant = closestMatch(key, names);
  const hint = meant ? `did you mean ${meant}?` : `there are: ${names.join(', ')}`;
  throw usageError(`a profile has no key "${key}"`, hint);
}

/**
 * A value as it is written into a config file. A path is written whole: the user means it from where he is, and the
 * file would take it from where the file is.
 *
 * @throws GsdkError (USAGE) for one that the setting does not take
 */
export function writtenValue({ name, read, expected, inFile, isPath }: Setting, text: string): unknown {
  if (read(text) === undefined) {
    throw usageError(`${name}: expected ${expected}, got "${text}"`, 'see all settings: gsdk help environment');
  }
  if (inFile === 'boolean') return text === 'true';
  if (inFile === 'number') return Number(text);
  return isPath ? resolve(text) : text;
}

/** @throws GsdkError (USAGE) when it cannot be the name of a profile */
export function profileName(text: string): string {
  if (settings.profile.read(text) !== undefined) return text;
  throw usageError(`expected ${settings.profile.expected} as the name of a profile, got "${text}"`, 'such as site1');
}

/** The config file that is in use, or the one that would be if there were any. */
export function editedPath(env: Environment): string {
  const paths = configPaths(env);
  return paths.find((path) => existsSync(path)) ?? (paths[0] as string);
}

/**
 * Changes the profiles in the config file, with nobody else doing so meanwhile; the file is replaced as a whole. A new
 * one, and its folder, are its owner's alone.
 *
 * @param change changes them in place; whatever it throws leaves the file as it is
 * @returns the path of the file, and whether anything in it is different now
 * @throws GsdkError USAGE when the file is not as it should be or cannot be written, CONFLICT when another gsdk holds it
 */
export async function editProfiles(
  env: Environment,
  change: (profiles: WrittenProfiles) => void,
  signal: AbortSignal,
): Promise<{ path: string; changed: boolean }> {
  const path = editedPath(env);
  // Only here: it brings a library that those who only read do not need.
  const { withLock } = await import('../base/lock.ts');
  try {
    createDir(dirname(trustedPath(path)));
    return await withLock(path, () => ({ path, changed: rewrite(path, change) }), { signal });
  } catch (error) {
    throw explained(error, path);
  }
}

function rewrite(path: string, change: (profiles: WrittenProfiles) => void): boolean {
  const before = readOwnFile(path, 'config file') ?? '{}';
  parseProfiles(before, path);
  const { profiles = {} } = JSON.parse(before) as { profiles?: Record<string, Record<string, unknown>> };
  const written: WrittenProfiles = new Map(
    Object.entries(profiles).map(([name, fields]) => [name, new Map(Object.entries(fields))]),
  );
  change(written);
  const after = {
    profiles: Object.fromEntries([...written].map(([name, fields]) => [name, Object.fromEntries(fields)])),
  };
  const text = `${JSON.stringify(after, null, 2)}\n`;
  if (JSON.stringify(after) === JSON.stringify({ profiles })) return false;
  // What is written must be read again as it is meant.
  parseProfiles(text, path);
  writeFileAtomically(path, text);
  return true;
}

function explained(error: unknown, path: string): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof GsdkError || code === undefined) return error;
  if (code === 'ELOCKED') {
    return new GsdkError({
      class: 'CONFLICT',
      message: `another gsdk is changing ${path}`,
      hint: 'try again when it has ended',
      stage: 'cli',
    });
  }
  return usageError(`cannot write the config file ${path} (${code})`, 'name one that this user can write: GSDK_CONFIG');
}

/** The names of all settings that a profile may have, for help. */
export const profileKeys: readonly SettingName[] = profileSettings.map(({ name }) => name);
