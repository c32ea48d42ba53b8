import type { Cancel } from './scheduler.ts';

/**
 * The only source of time in the emulator. All times are emulated: what a device or the gateway waits
 * for follows this clock, what the network and the client wait for does not.
 */
export interface Clock {
  /** Now, in milliseconds since the Unix epoch. */
  now(): number;
  /**
   * Runs `run` once, `delayMs` from now; events run in time order, ties in the order of the calls.
   * @throws RangeError for a delay that is negative or not a number
   */
  after(delayMs: number, run: () => void): Cancel;
  /**
   * Waits inside an RPC for `delayMs`; rejects with the signal's reason when it is aborted. A clock that
   * is moved by hand does not make the RPC wait for its next move, but answers at once.
   */
  wait(delayMs: number, signal: AbortSignal): Promise<void>;
}

/** The time at which a delay ends, checked. @throws RangeError for a negative delay or none */
export function dueTime(nowMs: number, delayMs: number): number {
  if (!(delayMs >= 0)) throw new RangeError(`expected a delay of zero or more milliseconds, got ${delayMs}`);
  return nowMs + delayMs;
}

/** Waits for `delayMs` of a clock, by hand or not; rejects with the signal's reason when it is aborted. */
export function pause(after: Clock['after'], delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const cancel = after(delayMs, () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
    const abort = () => {
      cancel();
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
  });
}
