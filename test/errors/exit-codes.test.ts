import { expect, test } from 'vitest';
import { type ErrorClass, exitCodes, toExitCode } from '../../src/errors/exit-codes.ts';

/** The contract with scripts: neither a number nor a name of this table may ever change. */
const contract = {
  0: 'OK',
  1: 'INTERNAL',
  2: 'USAGE',
  3: 'NOT_FOUND',
  4: 'AUTH_TLS',
  5: 'UNREACHABLE',
  6: 'DEVICE',
  7: 'PARTIAL',
  8: 'NO',
  9: 'CONFLICT',
  10: 'UNSUPPORTED',
  11: 'BUSY',
  124: 'TIMEOUT',
  125: 'HANDLER',
  126: 'HANDLER',
  127: 'HANDLER',
  129: 'SIGNAL',
  130: 'SIGNAL',
  143: 'SIGNAL',
};

test('the table has the codes and names that scripts rely on, and no others', () => {
  expect(Object.fromEntries(exitCodes.map(({ code, name }) => [code, name]))).toEqual(contract);
  expect(exitCodes.length).toBe(Object.keys(contract).length);
});

test('the codes ascend, as they are printed', () => {
  const codes = exitCodes.map(({ code }) => code);
  expect(codes).toEqual(codes.toSorted((one, other) => one - other));
});

test('every code says what it means, in one line', () => {
  for (const { meaning } of exitCodes) expect(meaning).toMatch(/^[a-z][^\n]{5,99}$/);
});

test.each([
  ['INTERNAL', 1],
  ['USAGE', 2],
  ['NOT_FOUND', 3],
  ['AUTH_TLS', 4],
  ['UNREACHABLE', 5],
  ['DEVICE', 6],
  ['PARTIAL', 7],
  ['NO', 8],
  ['CONFLICT', 9],
  ['UNSUPPORTED', 10],
  ['BUSY', 11],
  ['TIMEOUT', 124],
  ['HANDLER', 125],
  ['SIGNAL', 129],
] satisfies [ErrorClass, number][])('%s ends with %d, the first of its codes', (name, code) => {
  expect(toExitCode(name)).toBe(code);
});

test('a class that is none ends as a bug does', () => {
  expect(toExitCode('NONSENSE' as ErrorClass)).toBe(1);
});
