import fc from 'fast-check';
import { expect, test } from 'vitest';
import { GsdkError, toGsdkError, usageError } from '../../src/errors/gsdk-error.ts';
import { always } from '../support/always.ts';

test('a usage error is class USAGE, exit code 2, from before anything was sent', () => {
  const error = usageError('no gateway named', 'name one');
  expect(error).toBeInstanceOf(Error);
  expect(error.exitCode).toBe(2);
  expect(error.message).toBe('no gateway named');
  expect(error.failure).toEqual({ class: 'USAGE', message: 'no gateway named', hint: 'name one', stage: 'cli' });
});

test('the exit code is that of the class, unless the failure says which of several', () => {
  expect(new GsdkError({ class: 'TIMEOUT', message: 'late', stage: 'transport' }).exitCode).toBe(124);
  expect(new GsdkError({ class: 'SIGNAL', exitCode: 143, message: 'ended', stage: 'cli' }).exitCode).toBe(143);
});

test('the cause is kept, for whoever looks for it', () => {
  const cause = new Error('deep down');
  expect(new GsdkError({ class: 'INTERNAL', message: 'up here', stage: 'cli' }, cause).cause).toBe(cause);
});

test('what is one already stays the same', () => {
  const error = usageError('wrong', 'right');
  expect(toGsdkError(error)).toBe(error);
});

test.each([
  ['an error', new TypeError('x is not a function'), 'TypeError: x is not a function'],
  ['a text', 'broken', 'broken'],
  ['nothing', undefined, 'undefined'],
  ['a symbol', Symbol('odd'), 'Symbol(odd)'],
])('%s that was thrown is a bug, told with its text', (_what, thrown, text) => {
  const { failure, exitCode, cause } = toGsdkError(thrown);
  expect(failure).toMatchObject({ class: 'INTERNAL', stage: 'cli', hint: expect.stringContaining('report it') });
  expect(failure.message).toContain(text);
  expect(exitCode).toBe(1);
  expect(cause).toBe(thrown);
});

test('nothing that can be thrown makes it throw', () => {
  always(
    fc.anything({ withNullPrototype: true, withObjectString: true, withBigInt: true, withDate: true }),
    (thrown) => {
      expect(typeof toGsdkError(thrown).message).toBe('string');
    },
  );
  expect(toGsdkError(Object.create(null)).exitCode).toBe(1);
});
