import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { lock } from 'proper-lockfile';
import { GsdkError } from '../errors/gsdk-error.ts';

/**
 * How often, and how long apart, a lock that is taken is tried again: at least twelve seconds in all, because
 * a lock that a killed process left is free ten seconds after its last sign of life.
 */
const patience = { retries: 240, factor: 1, minTimeout: 50, maxTimeout: 150, randomize: true };

/**
 * Does something while no other gsdk on this machine changes the filter of the same gateway: the API can
 * only replace the whole filter, so two changes at once would lose one (gateway-behaviour F38).
 *
 * @throws GsdkError (CONFLICT) when the lock is not free in time
 */
export async function withFilterLock<T>(target: string, action: () => Promise<T>, retries = patience): Promise<T> {
  const file = lockFile(target);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // A lock that was lost is noticed by reading the filter back; the library would end the process instead.
  const options = { realpath: false, retries, onCompromised: () => {} };
  const release = await lock(file, options).catch((error) => {
    throw isLocked(error, target);
  });
  try {
    return await action();
  } finally {
    await release().catch(() => {});
  }
}

/** Where the lock of a gateway's filter is, but for the `.lock` at its end. */
export function lockFile(target: string): string {
  const name = createHash('sha256').update(target).digest('hex').slice(0, 16);
  return join(tmpdir(), `gsdk-${userID()}`, `filter-${name}`);
}

/** A container may run as a user whom nobody has given a name; Node then refuses to tell the number too. */
function userID(): number | string {
  try {
    return userInfo().uid;
  } catch {
    return 'user';
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
