import { type Clock, dueTime } from './clock.ts';
import { Scheduler } from './scheduler.ts';

/** A clock for tests: it stands still until it is told to move. */
export interface ManualClock extends Clock {
  /**
   * Moves on by `ms`, running each event that falls due at its own time, those included that come up on
   * the way. @throws RangeError for a negative step
   */
  advance(ms: number): void;
}

/** Where a manual clock starts that is not told: 2026-01-01T00:00:00Z, so that two runs can be the same byte for byte. */
export const manualStartMs = 1_767_225_600_000;

/** A clock that starts at `startUnixMs` (milliseconds since the Unix epoch) and moves by `advance` alone. */
export function manualClock(startUnixMs: number): ManualClock {
  const scheduler = new Scheduler();
  let nowMs = startUnixMs;
  return {
    now: () => nowMs,
    after: (delayMs, run) => scheduler.add(dueTime(nowMs, delayMs), run),
    wait: async (_delayMs, signal) => signal.throwIfAborted(),
    advance(ms) {
      const untilMs = dueTime(nowMs, ms);
      for (let dueMs = scheduler.nextDueMs(); dueMs !== undefined && dueMs <= untilMs; dueMs = scheduler.nextDueMs()) {
        nowMs = dueMs;
        scheduler.takeDue(nowMs)?.();
      }
      nowMs = untilMs;
    },
  };
}
