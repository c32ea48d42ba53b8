import { describe, expect, test } from 'vitest';
import { type ApplyOptions, applySite } from '../../../../src/commands/site/apply/apply-site.ts';
import type { SiteRecord } from '../../../../src/commands/site/site-file.ts';
import { GsdkError } from '../../../../src/errors/gsdk-error.ts';
import type { Gateway, SlaveDevices } from '../../../../src/gateway/gateway.ts';
import { toResult } from '../../../../src/render/results.ts';
import { acceptFilter, fakeGateway } from '../../../support/fake-gateway.ts';
import { asyncEntry, dialInDoor, dialInEntry, door } from '../../../support/site.ts';

const apply = (gateway: Gateway, site: readonly SiteRecord[], others: Partial<ApplyOptions> = {}) =>
  applySite(gateway, site, {
    ...{ replace: false, prune: false, dryRun: false, withinMs: undefined, signal: new AbortController().signal },
    ...others,
  });
const summaryOf = (results: Awaited<ReturnType<typeof apply>>['results']) =>
  results.map(({ deviceID, ok, changed, outcome }) => [deviceID, ok, changed, outcome]);
/** A gateway with a filter that accepts these. */
const accepting = (devices: Parameters<typeof fakeGateway>[0], deviceIDs: readonly number[], allowAll = false) => {
  const fake = fakeGateway(devices);
  let filter = acceptFilter(deviceIDs, allowAll);
  const { setFilter } = fake.gateway;
  fake.gateway.filter = async () => filter;
  fake.gateway.setFilter = async (wanted) => {
    filter = wanted;
    await setFilter(wanted);
  };
  return fake;
};

test('what is missing is granted, in one call each; the rest is not touched', async () => {
  const { gateway, adds, filters } = accepting([asyncEntry(1)], [8]);
  const { results } = await apply(gateway, [door(1), door(2), dialInDoor(3), door(4)]);
  expect(adds.map((targets) => targets.map(({ deviceID }) => deviceID))).toEqual([[2, 4]]);
  expect(filters).toEqual([acceptFilter([8, 3])]);
  expect(summaryOf(results)).toEqual([
    [1, true, false, 'applied'],
    [2, true, true, 'applied'],
    [3, true, true, 'applied'],
    [4, true, true, 'applied'],
  ]);
});

test('the second time nothing is sent', async () => {
  const { gateway, adds, filters } = accepting([], []);
  const site = [door(1), dialInDoor(2)];
  await apply(gateway, site);
  const { results } = await apply(gateway, site);
  expect([adds.length, filters.length]).toEqual([1, 1]);
  expect(results.some(({ changed }) => changed)).toBe(false);
});

test('a dry run sends nothing, and foresees what the real run does', async () => {
  const { gateway, adds, filters } = accepting([asyncEntry(1)], []);
  const { results } = await apply(gateway, [door(1), door(2), dialInDoor(3)], { dryRun: true });
  expect([adds, filters]).toEqual([[], []]);
  expect(summaryOf(results)).toEqual([
    [1, true, false, 'applied'],
    [2, true, true, 'not-applied'],
    [3, true, true, 'not-applied'],
  ]);
  const real = await apply(gateway, [door(1), door(2), dialInDoor(3)]);
  expect(real.results.map(({ changed }) => changed)).toEqual(results.map(({ changed }) => changed));
});

test('an open filter is left open, and its list as it is', async () => {
  const { gateway, filters } = accepting([], [], true);
  const { results } = await apply(gateway, [dialInDoor(3), door(1)]);
  expect(filters).toEqual([]);
  expect(summaryOf(results)[0]).toEqual([3, true, false, 'applied']);
});

test('slaves are added to those that a parent has, once it is connected', async () => {
  const kept: SlaveDevices = { deviceID: 1, rs485SlaveDeviceIDs: [7], wiegandSlaveDeviceIDs: [] };
  let slaves = [kept];
  const { gateway } = fakeGateway([asyncEntry(1), asyncEntry(2, { connected: false, status: 'DISCONNECTED' })], {
    slaves: async () => slaves,
    setSlaves: async (wanted) => {
      slaves = [...wanted];
    },
  });
  const { results } = await apply(gateway, [
    door(1, { slaves: { rs485SlaveDeviceIDs: [8] } }),
    door(2, { slaves: { wiegandSlaveDeviceIDs: [9] } }),
  ]);
  expect(slaves).toEqual([{ ...kept, rs485SlaveDeviceIDs: [7, 8] }]);
  expect(results).toMatchObject([
    { ok: true, changed: true },
    { ok: false, changed: false, failure: { class: 'DEVICE', message: '2 is not connected (DISCONNECTED)' } },
  ]);
});

describe('removals', () => {
  const live = [asyncEntry(1), asyncEntry(2), asyncEntry(3), asyncEntry(5), dialInEntry(6)];
  const site = [door(1), door(2), door(3)];

  test('are not made without being asked for', async () => {
    const { gateway, deletes, disconnects } = accepting(live, [6, 7]);
    const { results } = await apply(gateway, site);
    expect([deletes, disconnects, results.length]).toEqual([[], [], 3]);
  });

  test('take away what the file does not have, and each has its result after the doors', async () => {
    const { gateway, deletes, disconnects, filters } = accepting(live, [6, 7]);
    const { results } = await apply(gateway, site, { prune: true });
    expect(deletes).toEqual([[5]]);
    expect(disconnects).toEqual([[6]]);
    expect(filters).toEqual([acceptFilter([])]);
    expect(summaryOf(results.slice(3))).toEqual([
      [5, true, true, 'applied'],
      [6, true, true, 'applied'],
      [7, true, true, 'applied'],
    ]);
  });

  test('are left when anything failed before', async () => {
    const { gateway, deletes } = accepting([...live, asyncEntry(4, { IPAddr: '10.9.9.9' })], []);
    const { results } = await apply(gateway, [...site, door(4)], { prune: true });
    expect(deletes).toEqual([]);
    expect(summaryOf(results).slice(3)).toEqual([
      [4, false, false, 'not-applied'],
      [5, false, false, 'skipped'],
      [6, false, false, 'skipped'],
    ]);
    expect(toResult(results, {}).failure?.exitCode).toBe(7);
  });

  test('of more than half of what the gateway knows are refused before anything is sent: the file may be cut', async () => {
    const { gateway, adds, deletes } = accepting(live, [6, 7]);
    const cut = [door(1), door(9)];
    await expect(apply(gateway, cut, { prune: true })).rejects.toMatchObject({ exitCode: 9 });
    await expect(apply(gateway, cut, { prune: true, dryRun: true })).rejects.toMatchObject({ exitCode: 9 });
    await expect(apply(gateway, cut, { prune: true, maxPrune: 4 })).rejects.toMatchObject({ exitCode: 9 });
    expect([adds, deletes]).toEqual([[], []]);
    await apply(gateway, cut, { prune: true, maxPrune: 5 });
    expect(deletes).toEqual([[2, 3, 5]]);
  });
});

describe('what fails on the way', () => {
  const lost = new GsdkError({ class: 'UNREACHABLE', message: 'lost', stage: 'transport', outcome: 'unknown' });

  test('is told for the devices that it was about, and the rest is skipped', async () => {
    const { gateway, adds } = fakeGateway([], { setFilter: () => Promise.reject(lost) });
    gateway.filter = async () => acceptFilter([]);
    const { results } = await apply(gateway, [dialInDoor(3), door(1)]);
    expect(adds).toEqual([]);
    expect(summaryOf(results)).toEqual([
      [3, false, false, 'unknown'],
      [1, false, false, 'skipped'],
    ]);
  });

  test('a first look that fails is the failure of the whole, with nothing sent', async () => {
    const { gateway, adds } = fakeGateway([], { slaves: () => Promise.reject(lost) });
    await expect(apply(gateway, [door(1)])).rejects.toBe(lost);
    expect(adds).toEqual([]);
  });
});

test('the journal is opened after the plan was made, and has every step', async () => {
  const lines: unknown[] = [];
  const { gateway } = accepting([asyncEntry(5)], []);
  await apply(gateway, [door(1), dialInDoor(3), door(5)], {
    openJournal: () => ({ note: ({ event, action = '', deviceIDs = '' }) => lines.push([event, action, deviceIDs]) }),
  });
  expect(lines).toEqual([
    ['doing', 'filter-add', [3]],
    ['done', 'filter-add', [3]],
    ['doing', 'async-add', [1]],
    ['done', 'async-add', [1]],
    ['ended', '', ''],
  ]);
});
