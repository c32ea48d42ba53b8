import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { shellQuote } from '../base/shell-quote.ts';
import { usageError } from '../errors/gsdk-error.ts';
import { settings } from './settings.ts';

/** The environment variables that gsdk reads. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a profile says, by setting; paths are absolute already. */
export type Profile = Readonly<Record<string, string>>;

/** A config file that was found and read. */
export interface ConfigFile {
  path: string;
  profiles: ReadonlyMap<string, Profile>;
}

/** Where a config file is looked for, in this order; `GSDK_CONFIG` leaves no choice. */
export function configPaths(env: Environment): string[] {
  if (env.GSDK_CONFIG) return [resolve(env.GSDK_CONFIG)];
  const home = env.XDG_CONFIG_HOME || (env.HOME && join(env.HOME, '.config'));
  return [...(home ? [join(home, 'gsdk', 'config.json')] : []), '/etc/gsdk/config.json'];
}

/**
 * Reads the first config file there is.
 *
 * @returns `undefined` when there is none
 * @throws GsdkError (USAGE) when the file is named by `GSDK_CONFIG` and missing, unreadable, writable
 *   for others, not JSON, or has keys that are not known
 */
export function readConfigFile(env: Environment): ConfigFile | undefined {
  for (const path of configPaths(env)) {
    const text = readOwnFile(path, 'config file');
    if (text !== undefined) return { path, profiles: parseProfiles(text, path) };
  }
  if (env.GSDK_CONFIG)
    throw usageError(`no config file at ${env.GSDK_CONFIG}`, 'see where it is looked for: gsdk config path');
  return undefined;
}

/**
 * Reads a file that decides whom we trust or who we are.
 *
 * @returns `undefined` when there is no such file
 * @throws GsdkError (USAGE) when it cannot be read, or others than its owner can write it
 */
export function readOwnFile(path: string, what: string): string | undefined {
  try {
    const found = statSync(path);
    if (found.isCharacterDevice() || found.isBlockDevice()) {
      throw usageError(`the ${what} ${path} is a device`, 'name a file, or leave it out');
    }
    if ((found.mode & 0o022) !== 0) {
      throw usageError(
        `the ${what} ${path} can be written by others`,
        `take that right away: chmod go-w ${shellQuote(path)}`,
      );
    }
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === undefined) throw error;
    throw usageError(`cannot read the ${what} ${path} (${code})`, 'name a file that this user can read');
  }
}

/** The profiles in the text of a config file. @throws GsdkError (USAGE) when it is not one */
export function parseProfiles(text: string, path: string): Map<string, Profile> {
  const { profiles = {}, ...others } = object(parseJson(text, path), 'the whole', path);
  refuseUnknown(others, 'the top level', path);
  const entries = Object.entries(object(profiles, 'profiles', path));
  return new Map(entries.map(([name, profile]) => [name, parseProfile(profile, `profile ${name}`, path)]));
}

function parseProfile(value: unknown, where: string, path: string): Profile {
  const { ...fields } = object(value, where, path);
  const profile: Record<string, string> = {};
  for (const { name, inProfile, inFile, isPath } of Object.values(settings)) {
    const value = fields[name];
    if (inProfile === undefined || value === undefined) continue;
    const field = typeof value === inFile ? String(value) : value;
    if (typeof field !== 'string') throw fileError(path, `${name} of ${where} is not a text`);
    profile[name] = isPath ? resolve(dirname(path), field) : field;
    delete fields[name];
  }
  refuseUnknown(fields, where, path);
  return profile;
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw fileError(path, `not JSON: ${(error as Error).message}`);
  }
}

function object(value: unknown, where: string, path: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw fileError(path, `${where} is not an object`);
}

function refuseUnknown(fields: Record<string, unknown>, where: string, path: string): void {
  const [unknown] = Object.keys(fields);
  if (unknown !== undefined) throw fileError(path, `unknown key "${unknown}" in ${where}`);
}

const fileError = (path: string, message: string) =>
  usageError(`config file ${path}: ${message}`, 'what may stand in it: gsdk help environment');
