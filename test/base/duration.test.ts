import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDuration, parseDuration } from '../../src/base/duration.ts';
import { always } from '../support/always.ts';

const longestMs = 2 ** 31 - 1;
const milliseconds = fc.oneof(
  fc.integer({ min: 1, max: longestMs }),
  fc.integer({ min: 1, max: Math.floor(longestMs / 1000) }).map((seconds) => seconds * 1000),
  fc.constantFrom(1, 999, 1000, 59_000, 60_000, 3_600_000, 86_400_000, longestMs),
);

test('whatever is written can be read again', () => {
  always(milliseconds, (ms) => expect(parseDuration(formatDuration(ms))).toBe(ms));
});

test('what is read is a whole number that a timer can hold, or nothing', () => {
  const texts = fc.oneof(fc.string(), fc.stringMatching(/^\d{0,12}(\.\d{0,8})?(ms|s|m|h|d)?$/));
  always(texts, (text) => {
    const read = parseDuration(text);
    expect(read === undefined || (Number.isInteger(read) && read >= 1 && read <= longestMs)).toBe(true);
  });
});

test.each([
  ['1ms', 1],
  ['250ms', 250],
  ['5s', 5000],
  ['1.5m', 90_000],
  ['2h', 7_200_000],
  ['1d', 86_400_000],
  ['24d', 2_073_600_000],
  ['0.5s', 500],
  ['1.6ms', 2],
  ['005s', 5000],
])('%s is %d milliseconds', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each([
  ...['', '5', 's', '0s', '0ms', '0.4ms', '-5s', '+5s', '5 s', ' 5s', '5s ', '5S', '5sec', '.5s', '5.s', '1e3s'],
  ...['1,5s', '25d', '2147483648ms', '99999999999ms', '5s5', '1m30s', 'none', 'Infinity', '٥s', '5s\n'],
])('%j is not a duration', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});

test.each([
  [1, '1ms'],
  [1001, '1001ms'],
  [90_000, '90s'],
  [60_000, '1m'],
  [3_600_000, '1h'],
  [86_400_000, '1d'],
  [0, '0ms'],
])('%d milliseconds are written in the largest unit that keeps them whole: %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});
