import { createHash } from 'node:crypto';
import { appendFileSync, closeSync, fsyncSync, readFileSync, statSync } from 'node:fs';
import { openToAppend, trustedPath } from '../../../base/trusted-path.ts';
import { GsdkError, usageError } from '../../../errors/gsdk-error.ts';
import type { Json } from '../../../render/view.ts';
import type { SiteRecord } from '../site-file.ts';

/** What a run of `apply` is about: it can be gone on with for the same only. */
export interface RunIdentity {
  gateway: string;
  site: readonly SiteRecord[];
}

/** A file that tells, a JSON object a line, what a run of `apply` began and ended, before and after it did. */
export interface Journal {
  note(line: Readonly<Record<string, Json>>): void;
}

/**
 * Begins a run in a journal, or goes on with the one that did not come to its end.
 *
 * @throws GsdkError CONFLICT when the last run in it did not end and is not to be resumed, or was about something else;
 *   USAGE when it cannot be read or written, or is no journal
 */
export function openJournal(path: string, { gateway, site }: RunIdentity, resume: boolean): Journal {
  const run = { gateway, site: createHash('sha256').update(JSON.stringify(site)).digest('hex') };
  const last = lastRun(path);
  if (last && !last.isEnded) {
    if (!resume) throw conflict(`${path}: the last run did not come to its end`, 'go on with it: --resume');
    if (last.gateway !== run.gateway || last.site !== run.site) {
      throw conflict(`${path}: that run was about another gateway or site file`, 'name the same ones, or another file');
    }
  }
  const append = (line: Readonly<Record<string, Json>>) =>
    appendLine(path, { time: new Date().toISOString(), ...line });
  orThrow(() => append({ event: last && !last.isEnded ? 'resumed' : 'begun', ...run }), path, 'USAGE');
  return { note: (line) => orThrow(() => append(line), path, 'INTERNAL') };
}

function appendLine(path: string, line: object): void {
  const file = openToAppend(path);
  try {
    appendFileSync(file, `${JSON.stringify(line)}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

interface Run {
  gateway: string;
  site: string;
  isEnded: boolean;
}

function lastRun(path: string): Run | undefined {
  let run: Run | undefined;
  for (const line of linesOf(path)) {
    const { event, gateway, site } = line;
    if (event === 'begun') run = { gateway: String(gateway), site: String(site), isEnded: false };
    else if (event === 'ended' && run) run.isEnded = true;
  }
  return run;
}

/** A run that was killed may have left half a line, at the end or before the next run began. */
function linesOf(path: string): Record<string, unknown>[] {
  const lines = read(path).split('\n').filter(Boolean);
  const objects = lines.flatMap((line): Record<string, unknown>[] => {
    try {
      const value: unknown = JSON.parse(line);
      return typeof value === 'object' && value !== null ? [{ ...value }] : [];
    } catch {
      return [];
    }
  });
  if (lines.length === 0 || objects[0]?.event === 'begun') return objects;
  throw usageError(`${path} is no journal`, 'name a file that does not exist yet');
}

function read(path: string): string {
  try {
    trustedPath(path);
    // A pipe would be waited for, and a device read without end.
    if (!statSync(path).isFile()) throw Object.assign(new Error('it is no file'), { code: 'no regular file' });
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    throw usageError(`cannot read the journal ${path} (${code})`, 'name another file');
  }
}

function orThrow(write: () => void, path: string, errorClass: 'USAGE' | 'INTERNAL'): void {
  try {
    write();
  } catch (error) {
    const { code, message: text } = error as NodeJS.ErrnoException;
    const message = `cannot write the journal ${path} (${code ?? text})`;
    const hint = 'nothing more was done; name another file, on a disk that is not full';
    throw new GsdkError({ class: errorClass, message, hint, stage: 'cli' }, error);
  }
}

const conflict = (message: string, hint: string) => new GsdkError({ class: 'CONFLICT', message, hint, stage: 'cli' });
