/**
 * The names of an enum by number: of several the first, as everywhere (gateway-behaviour F06).
 * @returns a function to the name; of a number that no table knows, it is the word and the number: `TYPE_153`
 */
export function namesOf(values: object, word: string): (number: number) => string {
  const entries = Object.entries(values).filter(([name]) => Number.isNaN(Number(name)));
  const names = new Map<number, string>(entries.reverse().map(([name, number]) => [number, name]));
  return (number) => names.get(number) ?? `${word}_${number}`;
}
