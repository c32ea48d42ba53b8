/** What the watches of several gateways share: a reader, and a count of changes. Where one of these ends, all of them do. */
export class WatchGroup {
  /** How many changes were told, and how many of them printed. */
  said = 0;
  printed = 0;
  readonly #most: number;
  readonly #ended = new AbortController();

  /** @param most how many changes are printed in all */
  constructor(most = Number.POSITIVE_INFINITY) {
    this.#most = most;
  }

  /** Whether as many changes were told as will be printed, or fewer. */
  get isWanted(): boolean {
    return this.said <= this.#most;
  }

  /** How many more changes are printed. */
  get left(): number {
    return this.#most - this.printed;
  }

  /** Aborted once all are to end; the reason is why. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Ends all of them in order. */
  end(reason: string): void {
    if (!this.#ended.signal.aborted) this.#ended.abort(reason);
  }
}
