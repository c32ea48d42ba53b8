import { isAlive, type Life } from './life.ts';

/** When a gateway ends by itself. */
export interface Bounds {
  signal: AbortSignal;
  /** After so long. */
  ttlMs?: number | undefined;
  /** With this process. */
  watchedProcess?: Life | undefined;
}

const processCheckIntervalMs = 250;

/** Waits for the first of an interruption and the bounds given. */
export async function untilOver({ signal, ttlMs, watchedProcess }: Bounds): Promise<void> {
  const timers: NodeJS.Timeout[] = [];
  try {
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve());
      if (ttlMs !== undefined) timers.push(setTimeout(resolve, ttlMs));
      if (watchedProcess)
        timers.push(
          setInterval(() => void isAlive(watchedProcess).then((is) => is || resolve()), processCheckIntervalMs),
        );
    });
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}
