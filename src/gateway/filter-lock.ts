import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { lock } from 'proper-lockfile';
import { GsdkError } from '../errors/gsdk-error.ts';

/** How often, and how long apart, a lock that is taken is tried again: some ten seconds in all. */
const patience = { retries: 100, factor: 1, minTimeout: 50, maxTimeout: 150, randomize: true };

/**
 * Does something while no other gsdk on this machine changes the filter of the same gateway: the API can
 * only replace the whole filter, so two changes at once would lose one (gateway-behaviour F38).
 *
 * @throws GsdkError (CONFLICT) when the lock is not free within some ten seconds
 */
export async function withFilterLock<T>(target: string, action: () => Promise<T>): Promise<T> {
  const folder = join(tmpdir(), `gsdk-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `filter-${createHash('sha256').update(target).digest('hex').slice(0, 16)}`);
  // A lock that was lost is noticed by reading the filter back; the library would end the process instead.
  const options = { realpath: false, retries: patience, onCompromised: () => {} };
  const release = await lock(file, options).catch((error) => {
    throw isLocked(error, target);
  });
  try {
    return await action();
  } finally {
    await release().catch(() => {});
  }
}

function isLocked(error: NodeJS.ErrnoException, target: string): unknown {
  if (error.code !== 'ELOCKED') return error;
  return new GsdkError({
    class: 'CONFLICT',
    message: `another gsdk is changing the filter of ${target}`,
    hint: 'try again when it has ended',
    stage: 'cli',
    target,
  });
}
