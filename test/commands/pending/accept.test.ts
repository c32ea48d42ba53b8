import { describe, expect, test, vi } from 'vitest';
import { acceptDevices } from '../../../src/commands/pending/accept.ts';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import type { AcceptFilter } from '../../../src/gateway/gateway.ts';
import { toResult } from '../../../src/render/results.ts';
import { acceptFilter, fakeGateway, inTurn } from '../../support/fake-gateway.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

vi.stubEnv('TMPDIR', temporaryFolder());
const waiting = (...ids: number[]) =>
  ids.map((deviceID) => ({ deviceID, type: 'BIOSTATION_2', IPAddr: '10.0.0.9', lastTry: 1_700_000_000 }));
const site = (pending: number[], listed: number[] = [], allowAll = false) => {
  let filter = acceptFilter(listed, allowAll);
  return fakeGateway([], {
    pending: async () => waiting(...pending),
    filter: async () => filter,
    setFilter: async (wanted) => {
      filter = wanted;
    },
  });
};
const these = { isAllowList: false };
const onList = { isAllowList: true };

test('pending devices are put into the filter in one call, beside those that are there', async () => {
  const { gateway, filters } = site([1, 2, 3], [9]);
  const results = await acceptDevices(gateway, [3, 1], these);
  expect(filters).toEqual([acceptFilter([9, 3, 1])]);
  expect(results).toEqual(
    [3, 1].map((deviceID) => ({ deviceID, ok: true, changed: true, outcome: 'applied', status: null })),
  );
});

test('one that is not pending is not found, and the others are accepted', async () => {
  const { gateway, filters } = site([1]);
  const results = await acceptDevices(gateway, [8, 1], these);
  expect(filters).toEqual([acceptFilter([1])]);
  expect(results).toMatchObject([
    { deviceID: 8, ok: false, changed: false, failure: { class: 'NOT_FOUND', message: '8 is not pending' } },
    { deviceID: 1, ok: true },
  ]);
  expect(toResult(results, {}).failure?.exitCode).toBe(7);
});

test('where none is pending, nothing is sent: 3', async () => {
  const { gateway, filters } = site([1]);
  const results = await acceptDevices(gateway, [8], these);
  expect(filters).toEqual([]);
  expect(toResult(results, {}).failure?.exitCode).toBe(3);
});

test.each([these, onList])('one that is held is skipped: %o', async (how) => {
  const { gateway, filters } = site([1, 3]);
  const results = await acceptDevices(gateway, [3, 1], { ...how, held: new Set([3]) });
  expect(filters).toEqual([acceptFilter([1])]);
  expect(results.find(({ deviceID }) => deviceID === 3)).toMatchObject({ ok: false, outcome: 'skipped' });
  expect(toResult(results, {}).failure).toBeUndefined();
});

test('a list of the allowed accepts those of the pending that are on it; the rest is skipped', async () => {
  const { gateway, filters } = site([1, 2, 3]);
  const results = await acceptDevices(gateway, [9, 3, 1], onList);
  expect(filters).toEqual([acceptFilter([1, 3])]);
  expect(results.map(({ deviceID, ok, outcome }) => [deviceID, ok, outcome])).toEqual([
    [1, true, 'applied'],
    [2, false, 'skipped'],
    [3, true, 'applied'],
  ]);
  expect(toResult(results, {}).failure).toBeUndefined();
});

test('where nobody who is pending is on the list, nothing is sent', async () => {
  const { gateway, filters } = site([2]);
  expect(await acceptDevices(gateway, [1], onList)).toMatchObject([{ deviceID: 2, ok: false, outcome: 'skipped' }]);
  expect(filters).toEqual([]);
});

test('one that was accepted before and has not dialled since is ok, and not changed', async () => {
  const { gateway, filters } = site([1], [1]);
  expect(await acceptDevices(gateway, [1], these)).toMatchObject([{ ok: true, changed: false, outcome: 'applied' }]);
  expect(filters).toEqual([]);
});

test('a dry run sends nothing, and calls nothing applied that was not', async () => {
  const { gateway, filters } = site([1]);
  const results = await acceptDevices(gateway, [1], { ...these, dryRun: true });
  expect(results).toMatchObject([{ ok: true, changed: true, outcome: 'not-applied' }]);
  expect(filters).toEqual([]);
});

test('while the filter accepts everybody, nothing is sent: 9', async () => {
  const { gateway, filters } = site([1], [], true);
  await expect(acceptDevices(gateway, [1], these)).rejects.toMatchObject({ exitCode: 9 });
  expect(filters).toEqual([]);
});

describe('what the filter reads afterwards counts:', () => {
  const refused = new GsdkError({ class: 'AUTH_TLS', message: 'no rights', stage: 'gateway' });
  const reading = (after: number[], error?: Error) =>
    fakeGateway([], {
      pending: async () => waiting(1, 2),
      filter: inTurn<AcceptFilter>(acceptFilter([]), acceptFilter(after)),
      ...(error && { setFilter: inTurn<never>(error) }),
    }).gateway;

  test('one that is not in it is unknown, if the call went well, and one that is, is accepted', async () => {
    expect(await acceptDevices(reading([1]), [1, 2], these)).toMatchObject([
      { ok: true, outcome: 'applied' },
      { ok: false, changed: false, outcome: 'unknown', failure: { class: 'CONFLICT' } },
    ]);
  });

  test('one that is not in it was not accepted, if the call was refused', async () => {
    expect(await acceptDevices(reading([], refused), [1], these)).toMatchObject([
      { ok: false, outcome: 'not-applied', failure: { message: 'no rights' } },
    ]);
  });
});
