/**
 * The word that a mistyped one most likely stands for, whatever its case.
 *
 * @returns `undefined` when none is near: more than a third of its letters would have to change
 */
export function closestMatch(word: string, words: readonly string[]): string | undefined {
  const distances = words.map((known) => ({ known, distance: editDistance(word.toLowerCase(), known.toLowerCase()) }));
  const best = distances.sort((one, other) => one.distance - other.distance)[0];
  return best && best.distance <= word.length / 3 ? best.known : undefined;
}

/** How many letters have to be put in, taken out or replaced (Levenshtein). */
function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (let column = 1; column <= other.length; column++) {
      const replaced = (row[column - 1] ?? 0) + (other[column - 1] === letter ? 0 : 1);
      next.push(Math.min(replaced, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
