import fc from 'fast-check';
import { expect, test } from 'vitest';
import { combineFailures, notManagedFailure } from '../../src/errors/combine-failures.ts';
import type { Failure } from '../../src/errors/gsdk-error.ts';
import { always } from '../support/always.ts';

const failure = (failureClass: Failure['class'], message = 'did not work', others: Partial<Failure> = {}): Failure => ({
  class: failureClass,
  message,
  stage: 'device',
  ...others,
});

const anyFailure = fc.record({
  class: fc.constantFrom<Failure['class']>('DEVICE', 'NOT_FOUND', 'CONFLICT', 'UNSUPPORTED', 'TIMEOUT'),
  message: fc.string({ minLength: 1 }),
  stage: fc.constantFrom<Failure['stage']>('device', 'gateway'),
});
const failures = fc.array(anyFailure, { minLength: 1, maxLength: 30 });

test('no failure is none, for any number of devices', () => {
  always(fc.nat(200), (count) => expect(combineFailures(new Array(count).fill(undefined))).toBeUndefined());
});

test('some of each is PARTIAL, exit code 7', () => {
  const mixed = fc.record({ failed: failures, worked: fc.integer({ min: 1, max: 30 }) });
  always(mixed, ({ failed, worked }) => {
    const error = combineFailures([...failed, ...new Array(worked).fill(undefined)]);
    expect(error?.failure.class).toBe('PARTIAL');
    expect(error?.exitCode).toBe(7);
    expect(error?.message).toContain(`${failed.length} of ${failed.length + worked} failed: `);
  });
});

test('all failed with one class is that class, with several it is DEVICE', () => {
  always(failures, (failed) => {
    const classes = new Set(failed.map((one) => one.class));
    expect(combineFailures(failed)?.failure.class).toBe(classes.size === 1 ? [...classes][0] : 'DEVICE');
  });
});

test('the order of the devices changes the message only', () => {
  const shuffled = fc
    .array(fc.option(anyFailure, { nil: undefined }), { minLength: 2, maxLength: 12 })
    .chain((list) =>
      fc.record({ list: fc.constant(list), other: fc.shuffledSubarray(list, { minLength: list.length }) }),
    );
  always(shuffled, ({ list, other }) => {
    expect(combineFailures(other)?.exitCode).toBe(combineFailures(list)?.exitCode);
  });
});

test('one device alone speaks for itself', () => {
  const only = failure('CONFLICT', '846 is another device', { hint: 'search', code: 'ABORTED', target: '846' });
  expect(combineFailures([only])?.failure).toEqual(only);
});

test('up to ten devices are named, the others counted', () => {
  const named = (count: number) =>
    combineFailures(Array.from({ length: count }, (_, index) => failure('DEVICE', `door ${index} is out`)))?.message ??
    '';
  expect(named(10)).toContain('10 of 10 failed: door 0 is out; door 1 is out; ');
  expect(named(10)).toMatch(/door 9 is out$/);
  expect(named(11)).toMatch(/door 9 is out, and 1 more$/);
  expect(named(200)).toMatch(/^200 of 200 failed: (door \d is out(; )?){10}, and 190 more$/);
});

test('the outcome is unknown as soon as that of one device is', () => {
  const known = failure('DEVICE', 'refused', { outcome: 'not-applied' });
  const unknown = failure('DEVICE', 'lost', { outcome: 'unknown' });
  expect(combineFailures([known, known, undefined])?.failure.outcome).toBe('not-applied');
  expect(combineFailures([known, unknown, undefined])?.failure.outcome).toBe('unknown');
});

test('what all were interrupted by keeps its exit code; where some worked it is PARTIAL', () => {
  const interrupted = failure('SIGNAL', 'interrupted by SIGTERM', { exitCode: 143 });
  expect(combineFailures([interrupted, interrupted])?.exitCode).toBe(143);
  expect(combineFailures([interrupted, undefined])?.exitCode).toBe(7);
});

test('a device that is not managed is NOT_FOUND and says by whom', () => {
  expect(notManagedFailure(846, 'gw1:4000')).toMatchObject({
    class: 'NOT_FOUND',
    message: '846 is not managed by gw1:4000',
    target: '846',
  });
});

test('a text that several devices share is said once', () => {
  const refused = failure('DEVICE', 'one of 2 devices: Cannot get connection');
  const { message } = combineFailures([refused, refused, undefined])?.failure ?? {};
  expect(message).toBe('2 of 3 failed: one of 2 devices: Cannot get connection');
});
