import { expect, test } from 'vitest';
import type { Journal } from '../../../../src/commands/site/apply/apply-log.ts';
import type { DoorPlan } from '../../../../src/commands/site/apply/plan.ts';
import { Steps } from '../../../../src/commands/site/apply/plan-executor.ts';
import { type Failure, GsdkError } from '../../../../src/errors/gsdk-error.ts';
import type { DeviceResult } from '../../../../src/render/results.ts';

const plan = (deviceID: number, failure?: Failure): DoorPlan => ({
  ...{ deviceID, name: `Door ${deviceID}`, entry: undefined, actions: [] },
  ...(failure && { failure }),
});
const well = (deviceID: number): DeviceResult => ({
  ...{ deviceID, ok: true, changed: true, outcome: 'applied', status: 'TCP_CONNECTED' },
});
const conflict: Failure = { class: 'CONFLICT', message: 'no', stage: 'device' };
const lost: Failure = { class: 'UNREACHABLE', message: 'lost', stage: 'transport', outcome: 'unknown' };
const failing = (failure: Failure) => () => Promise.reject(new GsdkError(failure));
const kept = () => {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const journal: Journal = { note: (line) => lines.push(line) };
  return { lines, journal };
};

test('a device that needs nothing is as it should be, and was not changed', () => {
  const [result] = new Steps([plan(1)], undefined).results;
  expect(result).toMatchObject({ deviceID: 1, ok: true, changed: false, outcome: 'applied' });
});

test('what became of a device in several steps is told together', async () => {
  const steps = new Steps([plan(1), plan(2)], undefined);
  await steps.run('async-add', [1, 2], async () => [well(1), well(2)]);
  await steps.run('slave-add', [2], failing({ ...conflict, outcome: 'unknown' }));
  expect(steps.results).toMatchObject([
    { deviceID: 1, ok: true, changed: true, outcome: 'applied', status: 'TCP_CONNECTED' },
    { deviceID: 2, ok: false, changed: true, outcome: 'unknown', status: 'TCP_CONNECTED', failure: { message: 'no' } },
  ]);
  expect(steps.hasFailed).toBe(true);
});

test('the failure of a device is that of its first step, and stops no other', async () => {
  const steps = new Steps([plan(1, conflict), plan(2)], undefined);
  await steps.run('filter-add', [1], failing({ ...conflict, message: 'second' }));
  await steps.run('async-add', [2], async () => [well(2)]);
  expect(steps.results).toMatchObject([{ failure: { message: 'no' } }, { ok: true }]);
});

test.each<[string, Failure]>([
  ['a gateway that is lost', lost],
  ['an interruption', { class: 'SIGNAL', message: 'interrupted', stage: 'cli' }],
])('after %s nothing more is tried', async (_what, failure) => {
  const steps = new Steps([plan(1), plan(2)], undefined);
  await steps.run('async-add', [1], failing(failure));
  await steps.run('async-rm', [2], () => expect.unreachable());
  expect(steps.results[1]).toMatchObject({ ok: false, outcome: 'skipped', failure: { class: failure.class } });
});

test('the journal has each step before and after it, and the end unless nothing more was tried', async () => {
  const { lines, journal } = kept();
  const steps = new Steps([plan(1), plan(2)], journal);
  await steps.run('filter-add', [], () => expect.unreachable());
  await steps.run('async-add', [1, 2], async () => {
    expect(lines).toEqual([{ event: 'doing', action: 'async-add', deviceIDs: [1, 2] }]);
    return [well(1), { ...well(2), ok: false }];
  });
  steps.end();
  expect(lines.slice(1)).toEqual([
    { event: 'done', action: 'async-add', deviceIDs: [1, 2], failed: [2] },
    { event: 'ended' },
  ]);
});

test('a run that was cut off has no end in its journal', async () => {
  const { lines, journal } = kept();
  const steps = new Steps([plan(1)], journal);
  await steps.run('async-add', [1], failing(lost));
  steps.end();
  expect(lines.map(({ event }) => event)).toEqual(['doing', 'done']);
});

test('without its journal nothing is done', async () => {
  const full = new GsdkError({ class: 'INTERNAL', message: 'disk full', stage: 'cli' });
  const steps = new Steps([plan(1)], {
    note() {
      throw full;
    },
  });
  await steps.run('async-add', [1], () => expect.unreachable());
  expect(steps.aside).toBe(full);
  expect(steps.results).toMatchObject([{ ok: false, changed: false, outcome: 'skipped' }]);
});
