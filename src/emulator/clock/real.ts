import { type Clock, dueTime, pause } from './clock.ts';
import { Scheduler } from './scheduler.ts';

/** The longest delay that setTimeout keeps to; a longer one would fire at once. */
const longestTimeoutMs = 2 ** 31 - 1;

/** A clock that runs by itself. */
export interface ScaledClock extends Clock {
  /** How many times faster than wall time it runs. */
  readonly factor: number;
  /** Changes that, from now on and without a jump. @throws RangeError for a factor that is not positive */
  scale(factor: number): void;
}

/** Emulated time is wall time. */
export const realClock = (): ScaledClock => scaledClock(1);

/**
 * Emulated time starts now and runs `factor` times faster than wall time.
 * @throws RangeError for a factor that is not positive
 */
export function scaledClock(factor: number): ScaledClock {
  let speed = checked(factor);
  const scheduler = new Scheduler();
  let startUnixMs = Date.now();
  let startMs = performance.now();
  let alarm: NodeJS.Timeout | undefined;
  let alarmDueMs: number | undefined;

  const now = () => startUnixMs + (performance.now() - startMs) * speed;
  const setAlarm = () => {
    const dueMs = scheduler.nextDueMs();
    if (dueMs === alarmDueMs) return;
    clearTimeout(alarm);
    alarmDueMs = dueMs;
    if (dueMs === undefined) return;
    // Not below zero, if others took their time: newer Nodes warn of that.
    const delayMs = Math.max(0, Math.ceil((dueMs - now()) / speed));
    alarm = setTimeout(ring, Math.min(delayMs, longestTimeoutMs));
  };
  const ring = () => {
    const nowMs = now();
    alarmDueMs = undefined;
    try {
      for (let run = scheduler.takeDue(nowMs); run; run = scheduler.takeDue(nowMs)) run();
    } finally {
      setAlarm();
    }
  };
  const after: Clock['after'] = (delayMs, run) => {
    const cancel = scheduler.add(dueTime(now(), delayMs), run);
    setAlarm();
    return () => {
      cancel();
      setAlarm();
    };
  };
  return {
    now,
    after,
    wait: (delayMs, signal) => pause(after, delayMs, signal),
    get factor() {
      return speed;
    },
    scale(next) {
      const nowMs = now();
      speed = checked(next);
      startUnixMs = nowMs;
      startMs = performance.now();
      alarmDueMs = undefined;
      clearTimeout(alarm);
      setAlarm();
    },
  };
}

function checked(factor: number): number {
  if (factor > 0 && Number.isFinite(factor)) return factor;
  throw new RangeError(`expected a factor above zero, got ${factor}`);
}

/** A wall-clock deadline for a gRPC call, `ms` from now, in milliseconds since the Unix epoch. */
export const wallDeadline = (ms: number): number => Date.now() + ms;
