import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type LockWait, withLock } from '../../base/lock.ts';
import { GsdkError } from '../../errors/gsdk-error.ts';
import { stateDir } from './state-dir.ts';

/**
 * Does something while no other gsdk on this machine changes the filter of the same gateway: the API can
 * only replace the whole filter, so two changes at once would lose one (gateway-behaviour F38). A lock that was lost
 * is noticed by reading the filter back.
 *
 * @throws GsdkError CONFLICT when the lock is not free in time, USAGE when there is no safe place for it
 */
export async function withFilterLock<T>(target: string, action: () => Promise<T>, wait: LockWait = {}): Promise<T> {
  return withLock(lockFile(target), action, wait).catch((error) => {
    throw isLocked(error, target);
  });
}

/** Where the lock of a gateway's filter is, but for the `.lock` at its end. */
export function lockFile(target: string): string {
  const name = createHash('sha256').update(target).digest('hex').slice(0, 16);
  return join(stateDir(), `filter-${name}`);
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
