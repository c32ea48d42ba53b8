import { describe, expect, test } from 'vitest';
import { removeDevices } from '../../../src/commands/async/rm.ts';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import type { Gateway, ManagedDevice } from '../../../src/gateway/gateway.ts';
import { toResult } from '../../../src/render/results.ts';
import { down, fakeGateway, inTurn, managed } from '../../support/fake-gateway.ts';

const refused = new GsdkError({ class: 'DEVICE', message: 'Cannot get connection', stage: 'device' });
const lost = new GsdkError({ class: 'UNREACHABLE', message: 'lost', stage: 'transport', outcome: 'unknown' });
const entry = (deviceID: number) => managed(deviceID, { autoReconnect: true });
const remove = (
  gateway: Gateway,
  ids: readonly number[] | undefined,
  others: { ifExists?: true; dryRun?: true } = {},
) => removeDevices(gateway, ids, { ifExists: false, dryRun: false, ...others });
const exitCodeOf = ({ results }: Awaited<ReturnType<typeof remove>>) => toResult(results, {}).failure?.exitCode;

test('async connections are removed, up or not, and come in the order given', async () => {
  const { gateway, deletes } = fakeGateway([entry(1), down(2, { autoReconnect: true }), entry(3)]);
  const { results, unseen } = await remove(gateway, [3, 2]);
  expect(unseen).toBeUndefined();
  expect(deletes).toEqual([[3, 2]]);
  expect(results).toEqual(
    [3, 2].map((deviceID) => ({ deviceID, ok: true, changed: true, outcome: 'applied', status: null })),
  );
});

test('all means every async connection, and nothing else', async () => {
  const { gateway, deletes, list } = fakeGateway([
    entry(1),
    managed(2),
    managed(3, { connectionMode: 'DEVICE_TO_SERVER' }),
    entry(4),
  ]);
  await remove(gateway, undefined);
  expect(deletes).toEqual([[1, 4]]);
  expect([...list.keys()]).toEqual([2, 3]);
  expect((await remove(gateway, undefined)).results).toEqual([]);
});

test('many go in batches of a hundred', async () => {
  const ids = Array.from({ length: 101 }, (_, index) => index + 1);
  const { gateway, deletes } = fakeGateway(ids.map(entry));
  await remove(gateway, ids);
  expect(deletes.map(({ length }) => length)).toEqual([100, 1]);
});

describe.each<[string, readonly ManagedDevice[]]>([
  ['unknown', []],
  ['synchronous', [managed(1)]],
])('one that is %s', (_what, before) => {
  test('is not found, and the others are removed', async () => {
    const { gateway, deletes } = fakeGateway([...before, entry(2)]);
    const { results } = await remove(gateway, [1, 2]);
    expect(deletes).toEqual([[2]]);
    expect(results).toMatchObject([
      { ok: false, outcome: 'not-applied', failure: { class: 'NOT_FOUND', message: '1 has no async connection' } },
      { ok: true, changed: true },
    ]);
  });

  test('is fine where that is asked for, and nothing is sent', async () => {
    const { gateway, deletes } = fakeGateway(before);
    const { results } = await remove(gateway, [1], { ifExists: true });
    expect(results).toMatchObject([{ ok: true, changed: false, outcome: 'applied' }]);
    expect(deletes).toEqual([]);
  });
});

test.each<[string, number[], number | undefined]>([
  ['all are there', [1, 2], undefined],
  ['some are there', [1, 9], 7],
  ['none is there', [8, 9], 3],
])('a dry run where %s sends nothing, and ends as the real run does', async (_what, ids, exitCode) => {
  const { gateway, deletes } = fakeGateway([entry(1), entry(2)]);
  const dry = await remove(gateway, ids, { dryRun: true });
  expect(deletes).toEqual([]);
  expect(dry.results.map(({ outcome }) => outcome)).toEqual(['not-applied', 'not-applied']);
  const real = await remove(gateway, ids);
  expect([exitCodeOf(dry), exitCodeOf(real)]).toEqual([exitCode, exitCode]);
  expect(dry.results.map(({ changed }) => changed)).toEqual(real.results.map(({ changed }) => changed));
});

describe('what the list shows counts:', () => {
  test('an entry that is gone is removed, though the call was refused; one that is there is not', async () => {
    const { gateway } = fakeGateway([], {
      devices: inTurn<ManagedDevice[]>([entry(1), entry(2)], [entry(2)]),
      deleteAsync: inTurn<never>(refused),
    });
    expect((await remove(gateway, [1, 2])).results).toMatchObject([
      { ok: true, changed: true, outcome: 'applied' },
      { ok: false, outcome: 'not-applied', failure: { class: 'DEVICE' } },
    ]);
  });

  test('an entry that is there still, though the call went well, is unknown', async () => {
    const { gateway } = fakeGateway([], {
      devices: inTurn<ManagedDevice[]>([entry(1)], [entry(1)]),
      deleteAsync: async () => {},
    });
    expect((await remove(gateway, [1])).results).toMatchObject([{ ok: false, outcome: 'unknown' }]);
  });

  test('where the last look fails, that is told', async () => {
    const { gateway } = fakeGateway([], { devices: inTurn<ManagedDevice[]>([entry(1)], lost) });
    expect(await remove(gateway, [1])).toMatchObject({ unseen: lost, results: [{ ok: true, outcome: 'applied' }] });
  });
});
