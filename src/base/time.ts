/** Where time comes from: the machine's own, or one that a test moves by hand. */
export interface Time {
  /** Now, in milliseconds since the Unix epoch. */
  now(): number;
  /** Runs `run` once, `delayMs` from now. @returns takes it back; harmless afterwards */
  after(delayMs: number, run: () => void): () => void;
  /** A number from 0 to 1, to keep many clients from doing the same at the same moment. */
  random(): number;
}

/** The longest delay that a timer of Node can hold, in milliseconds; a longer one would fire at once. */
const longestDelayMs = 2 ** 31 - 1;

/** The time of this machine. */
export const realTime: Time = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, Math.min(delayMs, longestDelayMs));
    return () => clearTimeout(timer);
  },
  random: () => Math.random(),
};
