const millisecondsPerUnit: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** The longest duration a timer of Node can hold (about 24.8 days), in milliseconds. */
const longestMs = 2 ** 31 - 1;

/**
 * Reads a duration with its unit: `250ms`, `5s`, `1.5m`, `2h`, `1d`.
 *
 * @returns milliseconds, a whole number of at least 1; `undefined` when the text is not such a duration
 */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = /^(\d{1,10}(?:\.\d{1,6})?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const milliseconds = Math.round(Number(amount) * (millisecondsPerUnit[unit ?? ''] ?? Number.NaN));
  return milliseconds >= 1 && milliseconds <= longestMs ? milliseconds : undefined;
}

/** Writes milliseconds the way {@link parseDuration} reads them, in the largest unit that keeps them whole. */
export function formatDuration(milliseconds: number): string {
  for (const [unit, factor] of Object.entries(millisecondsPerUnit).reverse()) {
    if (milliseconds >= factor && milliseconds % factor === 0) return `${milliseconds / factor}${unit}`;
  }
  return `${milliseconds}ms`;
}
