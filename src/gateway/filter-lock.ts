import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { GsdkError } from '../errors/gsdk-error.ts';
import { ownFolder } from './own-folder.ts';

/** How a lock that is taken is waited for. */
export interface LockWait {
  /**
   * How often it is tried again, 50 to 100 ms apart. 240 unless given: at least twelve seconds in all, because
   * a lock that a killed process left is free ten seconds after its last sign of life.
   */
  retries?: number;
  /** Ends the wait when it aborts. */
  signal?: AbortSignal | undefined;
}

/**
 * Does something while no other gsdk on this machine changes the filter of the same gateway: the API can
 * only replace the whole filter, so two changes at once would lose one (gateway-behaviour F38).
 *
 * @throws GsdkError (CONFLICT) when the lock is not free in time
 */
export async function withFilterLock<T>(target: string, action: () => Promise<T>, wait: LockWait = {}): Promise<T> {
  const file = lockFile(target);
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const release = await acquire(file, wait).catch((error) => {
    throw isLocked(error, target);
  });
  try {
    return await action();
  } finally {
    await release().catch(() => {});
  }
}

/** The library can try again itself, but not be interrupted at it. */
async function acquire(file: string, { retries = 240, signal }: LockWait) {
  for (let left = retries; ; left--) {
    signal?.throwIfAborted();
    try {
      // A lock that was lost is noticed by reading the filter back; the library would end the process instead.
      return await lock(file, { realpath: false, onCompromised: () => {} });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED' || left <= 0) throw error;
    }
    await setTimeout(50 + 50 * Math.random(), undefined, { ...(signal && { signal }) }).catch(() => {});
  }
}

/** Where the lock of a gateway's filter is, but for the `.lock` at its end. */
export function lockFile(target: string): string {
  const name = createHash('sha256').update(target).digest('hex').slice(0, 16);
  return join(ownFolder(), `filter-${name}`);
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
