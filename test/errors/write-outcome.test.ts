import { expect, test } from 'vitest';
import type { Failure } from '../../src/errors/gsdk-error.ts';
import { toGrpcCodeName } from '../../src/errors/status-class.ts';
import { decideOutcome, outcomeOfCall, outcomeOfDevice } from '../../src/errors/write-outcome.ts';
import { allCodes } from '../support/faults.ts';

const names = allCodes.map(toGrpcCodeName);
const sent = (code?: string): Failure => ({
  ...{ class: 'DEVICE', message: 'no', stage: 'device', outcome: 'unknown' },
  ...(code !== undefined && { code }),
});

test('a write that was sent and failed is unknown, a read is not applied', () => {
  expect([outcomeOfCall(true), outcomeOfCall(false)]).toEqual(['unknown', 'not-applied']);
});

test('a write that was sent is decided by the state, and stays unknown without it', () => {
  for (const code of [undefined, ...names]) {
    expect(decideOutcome(sent(code), true).outcome).toBe('applied');
    expect(decideOutcome(sent(code), undefined).outcome).toBe('unknown');
  }
});

test('a write that may still take effect is unknown although the state is unchanged', () => {
  const unknown = [undefined, ...names].filter((code) => decideOutcome(sent(code), false).outcome === 'unknown');
  expect(unknown).toEqual([undefined, 'CANCELLED', 'UNKNOWN', 'DEADLINE_EXCEEDED']);
});

test.each([undefined, 'not-applied', 'skipped', 'applied'] as const)(
  'an outcome of %s is decided already',
  (outcome) => {
    const { outcome: _, ...failure } = sent('NOT_FOUND');
    for (const isDone of [true, false, undefined]) {
      const decided = decideOutcome(outcome ? { ...failure, outcome } : failure, isDone);
      expect(decided.outcome).toBe(outcome ?? 'not-applied');
    }
  },
);

test('a device that is listed as failed with a refusal has not carried out the write', () => {
  expect(names.filter((name) => outcomeOfDevice(name) === 'not-applied').toSorted()).toEqual([
    ...['ALREADY_EXISTS', 'FAILED_PRECONDITION', 'INVALID_ARGUMENT', 'NOT_FOUND', 'OUT_OF_RANGE'],
    ...['PERMISSION_DENIED', 'RESOURCE_EXHAUSTED', 'UNAUTHENTICATED', 'UNIMPLEMENTED'],
  ]);
});
