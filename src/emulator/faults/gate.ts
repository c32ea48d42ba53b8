/** A door that can be held shut: what comes through waits meanwhile. */
export class Gate {
  readonly #waiting = new Set<() => void>();
  #isShut = false;

  /** Whether nothing passes now. */
  get isShut(): boolean {
    return this.#isShut;
  }

  /** Lets nothing pass from now on. */
  shut(): void {
    this.#isShut = true;
  }

  /** Lets everything pass, in the order in which it came. */
  open(): void {
    this.#isShut = false;
    for (const goOn of this.#waiting) goOn();
    this.#waiting.clear();
  }

  /** A promise while the gate is shut, which resolves when it opens or when the signal is aborted; otherwise undefined. */
  pass(signal: AbortSignal): Promise<void> | undefined {
    if (!this.#isShut || signal.aborted) return undefined;
    return new Promise((resolve) => {
      const goOn = () => {
        this.#waiting.delete(goOn);
        signal.removeEventListener('abort', goOn);
        resolve();
      };
      this.#waiting.add(goOn);
      signal.addEventListener('abort', goOn, { once: true });
    });
  }
}
