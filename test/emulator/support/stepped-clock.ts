import { EventEmitter, once } from 'node:events';
import { type ManualClock, manualClock } from '../../../src/emulator/index.ts';

/** A manual clock on which RPCs do wait for `advance`, and which tells when one has begun to. */
export interface SteppedClock extends ManualClock {
  /** Resolves to the length in milliseconds of the next wait that begins. */
  nextWait(): Promise<number>;
}

/** A stepped clock that starts at `startUnixMs`. */
export function steppedClock(startUnixMs: number): SteppedClock {
  const clock = manualClock(startUnixMs);
  const begun = new EventEmitter();
  return {
    ...clock,
    nextWait: async () => (await once(begun, 'wait'))[0],
    wait: (delayMs, signal) =>
      new Promise((resolve, reject) => {
        const cancel = clock.after(delayMs, resolve);
        signal.addEventListener('abort', () => {
          cancel();
          reject(signal.reason);
        });
        begun.emit('wait', delayMs);
      }),
  };
}
