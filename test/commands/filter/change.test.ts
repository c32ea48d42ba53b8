import { describe, expect, test, vi } from 'vitest';
import { changeFilter } from '../../../src/commands/filter/change.ts';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import type { AcceptFilter } from '../../../src/gateway/gateway.ts';
import { addToFilter, allowAll, removeFromFilter } from '../../../src/gateway/operations/filter-change.ts';
import { acceptFilter, fakeGateway, inTurn, managed } from '../../support/fake-gateway.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

vi.stubEnv('TMPDIR', temporaryFolder());
const refused = new GsdkError({ class: 'AUTH_TLS', message: 'no rights', stage: 'gateway' });
const lost = new GsdkError({ class: 'UNREACHABLE', message: 'lost', stage: 'transport', outcome: 'unknown' });
const unread = new GsdkError({ class: 'UNREACHABLE', message: 'gone', stage: 'transport', outcome: 'not-applied' });
const add = addToFilter([3], false);
const dialsIn = managed(1, { connectionMode: 'DEVICE_TO_SERVER' });

test('a change is written whole, and told as it was before and reads after', async () => {
  const { gateway, filters } = fakeGateway();
  await gateway.setFilter({ ...acceptFilter([1]), IPAddrs: ['10.0.0.1'] });
  const outcome = await changeFilter(gateway, add, {});
  const after = { ...acceptFilter([1, 3]), IPAddrs: ['10.0.0.1'] };
  expect(filters.slice(1)).toEqual([after]);
  expect(outcome).toEqual({
    before: { ...acceptFilter([1]), IPAddrs: ['10.0.0.1'] },
    ...{ after, failure: undefined, done: 'applied' },
  });
});

test('a change that changes nothing is not written', async () => {
  const { gateway, filters } = fakeGateway([], { filter: async () => acceptFilter([3]) });
  expect(await changeFilter(gateway, add, {})).toMatchObject({ failure: undefined, done: 'applied' });
  expect(filters).toEqual([]);
});

test('a dry run writes nothing, and tells what would be', async () => {
  const { gateway, filters } = fakeGateway();
  expect(await changeFilter(gateway, allowAll, { dryRun: true })).toEqual({
    ...{ before: acceptFilter([]), after: acceptFilter([], true) },
    ...{ failure: undefined, done: 'not-applied' },
  });
  expect(filters).toEqual([]);
});

describe('a change that would shut out a device that dials in', () => {
  const closing = () => fakeGateway([dialsIn], { filter: async () => acceptFilter([1]) });

  test.each([undefined, true as const])('is refused before anything is sent (dry run: %s)', async (dryRun) => {
    const { gateway, filters } = closing();
    const change = changeFilter(gateway, removeFromFilter([1], false), { dryRun });
    await expect(change).rejects.toMatchObject({ exitCode: 9, failure: { lockedOut: [1] } });
    expect(filters).toEqual([]);
  });

  test('is made where that is allowed', async () => {
    const { gateway, filters } = closing();
    await changeFilter(gateway, removeFromFilter([1], false), { maxLockout: 1 });
    expect(filters).toEqual([acceptFilter([])]);
  });
});

describe('what the filter reads afterwards counts:', () => {
  const reading = (after: AcceptFilter | Error, error?: Error) =>
    fakeGateway([], {
      filter: inTurn<AcceptFilter>(acceptFilter([1]), after),
      ...(error && { setFilter: inTurn<never>(error) }),
    }).gateway;

  test('written, and read otherwise, is a conflict: somebody else changed it', async () => {
    const outcome = await changeFilter(reading(acceptFilter([1, 9])), add, {});
    expect(outcome).toMatchObject({ after: acceptFilter([1, 9]), failure: { class: 'CONFLICT', outcome: 'unknown' } });
    expect(outcome.failure?.message).toContain('somebody else changed it meanwhile');
  });

  test.each([
    ['refused', refused],
    ['lost', lost],
  ])('written though the answer was %s is done', async (_what, error) => {
    expect((await changeFilter(reading(acceptFilter([3, 1]), error), add, {})).failure).toBeUndefined();
  });

  test.each([
    ['refused', refused],
    ['lost', lost],
  ])('not written, as the call was %s, has the failure of the call', async (_what, error) => {
    const outcome = await changeFilter(reading(acceptFilter([1]), error), add, {});
    expect(outcome).toMatchObject({ after: acceptFilter([1]), failure: error.failure });
  });

  test.each<[string, Error | undefined, object]>([
    ['went well is unknown', undefined, { message: 'gone', outcome: 'unknown' }],
    ['was lost is unknown', lost, { message: 'lost', outcome: 'unknown' }],
    ['was refused is not done', refused, refused.failure],
  ])('where it cannot be read, a write that %s', async (_what, error, failure) => {
    const outcome = await changeFilter(reading(unread, error), add, {});
    expect(outcome).toMatchObject({ before: acceptFilter([1]), after: undefined, failure });
  });
});

test.each(['filter', 'devices'] as const)('where %s cannot be read before, nothing is written', async (read) => {
  const { gateway, filters } = fakeGateway([], { [read]: inTurn<never>(unread) });
  await expect(changeFilter(gateway, add, {})).rejects.toBe(unread);
  expect(filters).toEqual([]);
});

const interrupted: Promise<void>[] = [];

test('an interruption ends the wait for another change, and nothing is written', async () => {
  const { gateway, filters } = fakeGateway();
  const controller = new AbortController();
  const during = addToFilter([3], false);
  await changeFilter(
    { ...gateway, filter: inTurn(acceptFilter([]), acceptFilter([3])) },
    (before, devices) => {
      const waiting = changeFilter(gateway, add, { signal: controller.signal });
      interrupted.push(expect(waiting).rejects.toBe(lost));
      controller.abort(lost);
      return during(before, devices);
    },
    {},
  );
  await Promise.all(interrupted);
  expect(filters).toEqual([acceptFilter([3])]);
});

test('twenty changes at once are all in the filter afterwards', async () => {
  const { gateway } = fakeGateway();
  const ids = Array.from({ length: 20 }, (_, index) => index + 1);
  await Promise.all(ids.map((id) => changeFilter(gateway, addToFilter([id], false), {})));
  expect((await gateway.filter()).deviceIDs.toSorted((one, other) => one - other)).toEqual(ids);
});
