import { expect, test } from 'vitest';
import { toDeviceOutcome } from '../../../src/commands/shared/outcome.ts';
import type { Failure } from '../../../src/errors/gsdk-error.ts';
import { indexByDeviceID, type Verification } from '../../../src/gateway/operations/verified-call.ts';
import { down, managed } from '../../support/fake-gateway.ts';

const goal = { isMet: (entry?: { connected: boolean }) => entry?.connected === true, unmet: 'is not up' };
const refused: Failure = { class: 'DEVICE', code: 'UNAVAILABLE', message: 'off', stage: 'device', outcome: 'unknown' };
const late: Failure = { ...refused, code: 'DEADLINE_EXCEEDED' };
const unsent: Failure = { class: 'CONFLICT', message: 'no', stage: 'cli' };
const lost: Failure = { class: 'UNREACHABLE', message: 'lost', stage: 'transport', outcome: 'unknown' };
const done = { ok: true, changed: true, outcome: 'applied' };
const failed = (failure: Failure, outcome: string) => ({
  ...{ ok: false, changed: false, outcome },
  failure: { ...failure, outcome },
});

const look = (failure?: Failure, ...after: ReturnType<typeof managed>[]): Verification => ({
  failures: new Map(failure ? [[1, failure]] : []),
  after: indexByDeviceID(after),
  unseen: undefined,
});
const blind = (failure?: Failure): Verification => ({ ...look(failure), after: undefined });

test.each<[string, Verification, object]>([
  ['seen as wanted is done', look(undefined, managed(1)), done],
  ['seen as wanted is done, though the call was refused', look(refused, managed(1)), done],
  ['seen as wanted is done, though the answer was lost', look(lost, managed(1)), done],
  ['without a list, the answer that all is done is taken', blind(), done],
  ['refused and seen otherwise was not done', look(refused, down(1)), failed(refused, 'not-applied')],
  ['refused and not there was not done', look(refused), failed(refused, 'not-applied')],
  ['a lost answer stays unknown if it is seen otherwise', look(lost, down(1)), failed(lost, 'unknown')],
  [
    'a gateway that gave up waiting leaves it unknown if it is seen otherwise',
    look(late, down(1)),
    failed(late, 'unknown'),
  ],
  ['what was never sent was not done, seen or not', blind(unsent), failed(unsent, 'not-applied')],
  ['refused, and nothing to look at, is unknown', blind(refused), failed(refused, 'unknown')],
])('%s', (_what, seen, expected) => {
  expect(toDeviceOutcome(1, seen, goal)).toEqual(expected);
});

test('an answer that all is done, and a list that shows otherwise, is unknown', () => {
  expect(toDeviceOutcome(1, look(undefined, down(1)), goal)).toMatchObject({
    ...{ ok: false, changed: false, outcome: 'unknown' },
    failure: { class: 'DEVICE', message: '1 is not up', outcome: 'unknown' },
  });
});

test('a device that may have returned since is unknown', () => {
  const comesBack = { ...goal, mayReturn: () => true };
  expect(toDeviceOutcome(1, look(refused, down(1)), comesBack)).toEqual(failed(refused, 'unknown'));
});

test('the failure of another device is not its own', () => {
  expect(toDeviceOutcome(2, look(refused, managed(2)), goal)).toEqual(done);
});
