/** What goes wrong with changes of status on their way to subscribers. It outlives a gateway process. */
export class StreamFlaws {
  /** How long after its call a subscriber is registered, in emulated milliseconds. */
  lateMs = 0;
  /** The longest queue that a subscriber gets, whatever it asks for. */
  queueBound = Number.POSITIVE_INFINITY;
  /** How many of the next changes no subscriber is told. */
  toLose = 0;
  /** How many of the next changes each subscriber is told twice. */
  toDuplicate = 0;

  /** How often the change that comes now is told; counts it. */
  timesTold(): number {
    if (this.toLose > 0) {
      this.toLose -= 1;
      return 0;
    }
    if (this.toDuplicate === 0) return 1;
    this.toDuplicate -= 1;
    return 2;
  }

  /** Takes everything back. */
  clear(): void {
    Object.assign(this, new StreamFlaws());
  }
}
