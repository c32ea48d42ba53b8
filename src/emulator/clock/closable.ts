import type { Clock } from './clock.ts';
import type { Cancel } from './scheduler.ts';

/** A clock whose owner can end everything that waits on it. */
export interface ClosableClock extends Clock {
  /** Takes back all events that wait. */
  clear(): void;
  /** The same, and takes none any more. */
  close(): void;
}

/** The same time as `clock`, with an end of its own. */
export function closableClock(clock: Clock): ClosableClock {
  const waiting = new Set<Cancel>();
  let isClosed = false;
  const clear = () => {
    for (const cancel of waiting) cancel();
  };
  return {
    now: () => clock.now(),
    wait: (delayMs, signal) => clock.wait(delayMs, signal),
    after(delayMs, run) {
      if (isClosed) return () => {};
      const cancelEvent = clock.after(delayMs, () => {
        waiting.delete(cancel);
        run();
      });
      const cancel = () => {
        waiting.delete(cancel);
        cancelEvent();
      };
      waiting.add(cancel);
      return cancel;
    },
    clear,
    close() {
      isClosed = true;
      clear();
    },
  };
}
