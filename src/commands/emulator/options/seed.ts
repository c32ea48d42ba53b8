import { usageError } from '../../../errors/gsdk-error.ts';

/** What `--seed` is for, in the help. */
export const aboutSeed = 'what is left to chance follows from it: the same seed, the same run; 1 unless given';

/** Reads the value of `--seed`. */
export function seedOption(text: string): number {
  const seed = Number(text);
  if (/^\d{1,16}$/.test(text) && Number.isSafeInteger(seed)) return seed;
  throw usageError(
    `--seed: expected a number of 0 to ${Number.MAX_SAFE_INTEGER}, got "${text}"`,
    'digits only: --seed 7',
  );
}

/** What `--verbose` says of it. */
export const seedLine = (seed: number | undefined): string => `the seed of the embedded gateway: --seed ${seed}`;
