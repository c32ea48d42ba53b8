/** Takes back an event that has not run yet; harmless afterwards. */
export type Cancel = () => void;

interface Event {
  readonly dueMs: number;
  readonly order: number;
  run: (() => void) | undefined;
}

/**
 * Events in time order, ties in the order in which they were added: a binary heap, so that tens of
 * thousands of waiting devices cost no timer each. It knows no clock; a clock asks it what is due.
 */
export class Scheduler {
  #heap: Event[] = [];
  #added = 0;
  #cancelled = 0;

  /** Adds an event for an absolute time in milliseconds. */
  add(dueMs: number, run: () => void): Cancel {
    const event: Event = { dueMs, order: this.#added++, run };
    this.#heap.push(event);
    this.#rise(this.#heap.length - 1);
    return () => {
      if (event.run) this.#cancelled += 1;
      event.run = undefined;
      if (this.#cancelled > 1_000 && this.#cancelled * 2 > this.#heap.length) this.#sweep();
    };
  }

  /** When the next event is due, or undefined if none waits. */
  nextDueMs(): number | undefined {
    while (this.#heap[0] && !this.#heap[0].run) {
      this.#removeFirst();
      this.#cancelled -= 1;
    }
    return this.#heap[0]?.dueMs;
  }

  /** Takes out the next event that is due at `nowMs`; the caller runs it. */
  takeDue(nowMs: number): (() => void) | undefined {
    const dueMs = this.nextDueMs();
    if (dueMs === undefined || dueMs > nowMs) return undefined;
    const event = this.#removeFirst();
    const run = event?.run;
    // From now on there is nothing to take back.
    if (event) event.run = undefined;
    return run;
  }

  /** Takes out what was taken back: far-off events that are always put off would pile up until they are due. */
  #sweep(): void {
    // Sorted is a heap too.
    this.#heap = this.#heap.filter(({ run }) => run).sort((a, b) => a.dueMs - b.dueMs || a.order - b.order);
    this.#cancelled = 0;
  }

  #removeFirst(): Event | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (last && last !== first) {
      this.#heap[0] = last;
      this.#sink(0);
    }
    return first;
  }

  #rise(index: number): void {
    const parent = (index - 1) >> 1;
    if (index === 0 || !this.#isBefore(index, parent)) return;
    this.#swap(index, parent);
    this.#rise(parent);
  }

  #sink(index: number): void {
    const left = 2 * index + 1;
    const earliest = this.#isBefore(left + 1, left) ? left + 1 : left;
    if (!this.#isBefore(earliest, index)) return;
    this.#swap(index, earliest);
    this.#sink(earliest);
  }

  #isBefore(index: number, other: number): boolean {
    const [a, b] = [this.#heap[index], this.#heap[other]];
    if (!a || !b) return false;
    return a.dueMs === b.dueMs ? a.order < b.order : a.dueMs < b.dueMs;
  }

  #swap(index: number, other: number): void {
    const [a, b] = [this.#heap[index], this.#heap[other]];
    if (!a || !b) return;
    this.#heap[index] = b;
    this.#heap[other] = a;
  }
}
