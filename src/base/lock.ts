import { setTimeout } from 'node:timers/promises';
import { lock } from 'proper-lockfile';
import { trustedPath } from './trusted-path.ts';

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
 * Does something while nobody else on this machine has the same lock: a folder beside `file`, with `.lock` at its end.
 *
 * @throws the library's error with code `ELOCKED` when it is not free in time, the reason of the signal when that ends the wait,
 *   UntrustedPathError when another user could have prepared the place of the lock
 */
export async function withLock<T>(file: string, action: () => Promise<T> | T, wait: LockWait = {}): Promise<T> {
  const release = await acquire(file, wait);
  try {
    return await action();
  } finally {
    await release().catch(() => {});
  }
}

/** The library can try again itself, but not be interrupted at it. */
async function acquire(file: string, { retries = 240, signal }: LockWait) {
  const place = trustedPath(`${file}.lock`).slice(0, -'.lock'.length);
  for (let left = retries; ; left--) {
    signal?.throwIfAborted();
    try {
      // Whoever lost its lock finds out by looking at what it wrote; the library would end the process instead.
      return await lock(place, { realpath: false, onCompromised: () => {} });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ELOCKED' || left <= 0) throw error;
    }
    await setTimeout(50 + 50 * Math.random(), undefined, { ...(signal && { signal }) }).catch(() => {});
  }
}
