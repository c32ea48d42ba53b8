/**
 * A queue between one publisher that never waits and one reader that may be slow. When it is full the
 * newest event is dropped in silence (gateway-behaviour F13).
 */
export class EventQueue<T> implements AsyncIterable<T> {
  readonly #bound: number;
  readonly #events: T[] = [];
  #isClosed = false;
  #wake: (() => void) | undefined;

  /** @param bound how many events may wait while the reader is busy with another one */
  constructor(bound: number) {
    this.#bound = bound;
  }

  /** Hands an event to the reader; false if it was dropped. */
  push(event: T): boolean {
    if (this.#isClosed || this.#events.length >= this.#bound) return false;
    this.#events.push(event);
    this.#wakeReader();
    return true;
  }

  /** Ends the reader's loop, whatever still waits. */
  close(): void {
    this.#isClosed = true;
    this.#wakeReader();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    while (!this.#isClosed) {
      const event = this.#events.shift();
      if (event !== undefined) yield event;
      else await this.#somethingNew();
    }
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
