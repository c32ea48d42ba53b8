/**
 * A queue between one publisher that never waits and one reader that may be slow. When it is full the
 * newest event is dropped in silence (gateway-behaviour F13).
 */
export class SubscriberQueue<T> implements AsyncIterable<T> {
  readonly #bound: number;
  #events: T[] = [];
  /** How many of them have been read. Taking each out of the array would cost a long queue more than its events. */
  #read = 0;
  #isClosed = false;
  #isMuted = false;
  #error: unknown;
  #wake: (() => void) | undefined;

  /** @param bound how many events may wait while the reader is busy with another one */
  constructor(bound: number) {
    this.#bound = bound;
  }

  /**
   * Hands an event to the reader; false if it was dropped.
   * @param bound a closer bound than its own
   */
  push(event: T, bound = Number.POSITIVE_INFINITY): boolean {
    if (this.#isClosed || this.#isMuted || this.#length >= Math.min(this.#bound, bound)) return false;
    this.#events.push(event);
    this.#wakeReader();
    return true;
  }

  /** Ends the reader's loop, whatever still waits; with an error, if one is given. */
  close(error?: unknown): void {
    this.#error ??= error;
    this.#isClosed = true;
    this.#wakeReader();
  }

  /** Hands over nothing any more, whatever still waits; the reader waits for ever, or until it is closed. */
  mute(): void {
    this.#isMuted = true;
    this.#read = this.#events.length;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    while (!this.#isClosed) {
      const event = this.#next();
      if (event !== undefined) yield event;
      else await this.#somethingNew();
    }
    if (this.#error !== undefined) throw this.#error;
  }

  get #length(): number {
    return this.#events.length - this.#read;
  }

  #next(): T | undefined {
    if (this.#read >= 1_000 && this.#read * 2 >= this.#events.length) {
      this.#events = this.#events.slice(this.#read);
      this.#read = 0;
    }
    if (this.#length === 0) return undefined;
    this.#read += 1;
    return this.#events[this.#read - 1];
  }

  #somethingNew(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #wakeReader(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
