import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closestMatch } from '../../src/base/closest-match.ts';
import { always } from '../support/always.ts';

const words = ['Connect.Connect', 'Connect.GetDeviceList', 'Device.GetInfo'];

test.each([
  ['Connect.GetDeviceLst', 'Connect.GetDeviceList'],
  ['connect.getdevicelist', 'Connect.GetDeviceList'],
  ['Device.Info', 'Device.GetInfo'],
  ['Login.Login', undefined],
  ['', undefined],
  ['xyz', undefined],
])('%j means %s', (word, meant) => {
  expect(closestMatch(word, words)).toBe(meant);
});

test('a word that is known means itself', () => {
  always(
    fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, selector: (word) => word.toLowerCase() }),
    (known) => {
      for (const word of known) expect(closestMatch(word, known)).toBe(word);
    },
  );
});

test('of no words none is meant', () => {
  expect(closestMatch('anything', [])).toBeUndefined();
});
