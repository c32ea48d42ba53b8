import { hash } from 'node:crypto';

/** The seed of an emulator that is given none: what is told the same does the same. */
export const defaultSeed = 1;

/** A seed as it came. @throws RangeError for anything but a whole number of 0 to 9007199254740991 */
export function checkedSeed(seed: number): number {
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new RangeError(`expected a seed of 0 to ${Number.MAX_SAFE_INTEGER}, got ${seed}`);
}

/**
 * Chance, repeatable: a number of 0 to below 1 that belongs to a seed and to what it is for. It is a hash of them and
 * not the next of a row, so it does not depend on what else was drawn, or in which order.
 *
 * @param purpose what is decided by it, so that no two decisions share their numbers
 * @param of whose it is and the how-manieth: a device ID and a count, say
 */
export function chance(seed: number, purpose: string, ...of: readonly (string | number)[]): number {
  return Number.parseInt(hash('sha256', JSON.stringify([seed, purpose, ...of])).slice(0, 13), 16) / 2 ** 52;
}
