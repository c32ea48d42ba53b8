import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chance, checkedSeed } from '../../../src/emulator/input/seed.ts';

const draws = (seed: number, purpose: string) =>
  Array.from({ length: 10_000 }, (_, count) => chance(seed, purpose, count % 100, Math.floor(count / 100)));

test('chance is a number of 0 to below 1, the same for the same question', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), fc.string(), fc.nat(), (seed, purpose, count) => {
      const number = chance(seed, purpose, count);
      expect(number).toBeGreaterThanOrEqual(0);
      expect(number).toBeLessThan(1);
      expect(chance(seed, purpose, count)).toBe(number);
    }),
  );
});

test('it is even, and another seed or purpose has other numbers', () => {
  const numbers = draws(7, 'rate');
  expect(new Set(numbers).size).toBe(numbers.length);
  const tenths = Array.from({ length: 10 }, (_, tenth) => numbers.filter((n) => Math.floor(n * 10) === tenth).length);
  expect(Math.min(...tenths)).toBeGreaterThan(900);
  expect(Math.max(...tenths)).toBeLessThan(1_100);
  expect(draws(8, 'rate').filter((number, index) => number === numbers[index])).toEqual([]);
  expect(draws(7, '@random').filter((number, index) => number === numbers[index])).toEqual([]);
});

test('what a number is for is not put together by accident', () => {
  expect(chance(1, 'a', 'b')).not.toBe(chance(1, 'ab'));
  expect(chance(1, 'a', 1, 2)).not.toBe(chance(1, 'a', 12));
});

test.each([-1, 0.5, Number.NaN, 2 ** 53])('%d is no seed', (seed) => {
  expect(() => checkedSeed(seed)).toThrow(RangeError);
});
