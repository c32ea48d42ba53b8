import { isAlive, type Life } from './life.ts';

/** When a gateway ends by itself. */
export interface Bounds {
  signal: AbortSignal;
  /** After so long. */
  ttlMs?: number | undefined;
  /** With this process. */
  tether?: Life | undefined;
}

const tetherIntervalMs = 250;

/** Waits for the first of an interruption and the bounds given. */
export async function untilOver({ signal, ttlMs, tether }: Bounds): Promise<void> {
  const timers: NodeJS.Timeout[] = [];
  try {
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve());
      if (ttlMs !== undefined) timers.push(setTimeout(resolve, ttlMs));
      if (tether) timers.push(setInterval(() => void isAlive(tether).then((is) => is || resolve()), tetherIntervalMs));
    });
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
}
