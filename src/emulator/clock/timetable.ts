import type { Clock } from './clock.ts';
import type { Cancel } from './scheduler.ts';

/** What waits for each device, one event at most; all of it ends with the owner. */
export class Timetable {
  readonly #clock: Clock;
  readonly #waiting = new Map<number, Cancel>();
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Runs `run` in `delayMs`, instead of what waited for this device before. */
  set(deviceID: number, delayMs: number, run: (deviceID: number) => void): void {
    this.clear(deviceID);
    if (this.#isClosed) return;
    const cancel = this.#clock.after(delayMs, () => {
      this.#waiting.delete(deviceID);
      run(deviceID);
    });
    this.#waiting.set(deviceID, cancel);
  }

  /** Takes back what waits for this device. */
  clear(deviceID: number): void {
    this.#waiting.get(deviceID)?.();
    this.#waiting.delete(deviceID);
  }

  /** Takes back everything, and takes nothing any more. */
  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#waiting.values()) cancel();
    this.#waiting.clear();
  }
}
