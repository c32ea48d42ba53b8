import { describe, expect, test } from 'vitest';
import { type AddOptions, addDevices } from '../../../src/commands/async/add.ts';
import type { Wanted } from '../../../src/commands/async/target.ts';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import type { Gateway, ManagedDevice } from '../../../src/gateway/gateway.ts';
import { toResult } from '../../../src/render/results.ts';
import { down, fakeGateway, inTurn, managed } from '../../support/fake-gateway.ts';

const lost = new GsdkError({ class: 'UNREACHABLE', message: 'lost', stage: 'transport', outcome: 'unknown' });
const target = (deviceID: number) => ({ deviceID, IPAddr: `10.0.0.${deviceID}`, port: 51_211, useSSL: false });
const want = (deviceID: number, others: Partial<Wanted> = {}): Wanted => ({
  ...target(deviceID),
  ...{ dialsIn: false, where: `line ${deviceID}` },
  ...others,
});
const entry = (deviceID: number, others: Partial<ManagedDevice> = {}) =>
  managed(deviceID, { autoReconnect: true, ...others });
const add = (gateway: Gateway, wanted: readonly Wanted[], others: Partial<AddOptions> = {}) =>
  addDevices(gateway, wanted, { replace: false, dryRun: false, ...others });

test('devices are added in one call, and come in the order given with what the list then shows', async () => {
  const { gateway, adds } = fakeGateway();
  const { results, unseen } = await add(gateway, [want(3), want(1), want(2)]);
  expect(unseen).toBeUndefined();
  expect(adds).toEqual([[target(3), target(1), target(2)]]);
  expect(results).toEqual(
    [3, 1, 2].map((deviceID) => ({
      deviceID,
      details: { address: `10.0.0.${deviceID}:51211` },
      ...{ ok: true, changed: true, outcome: 'applied', status: 'TCP_CONNECTED' },
    })),
  );
});

test('a thousand are one call', async () => {
  const { gateway, adds } = fakeGateway();
  await add(
    gateway,
    Array.from({ length: 1000 }, (_, index) => want(index + 1)),
  );
  expect(adds.map(({ length }) => length)).toEqual([1000]);
});

test('an entry that is there, up or not, is ok, not changed, and not sent again', async () => {
  const { gateway, adds } = fakeGateway([entry(1), down(2, { autoReconnect: true })]);
  const { results } = await add(gateway, [want(1), want(2)]);
  expect(adds).toEqual([]);
  expect(results).toMatchObject([
    { ok: true, changed: false, outcome: 'applied', status: 'TCP_CONNECTED' },
    { ok: true, changed: false, outcome: 'applied', status: 'DISCONNECTED' },
  ]);
});

test('a device with a synchronous connection to the same address becomes an async one', async () => {
  const { gateway, adds } = fakeGateway([managed(1)]);
  expect((await add(gateway, [want(1)])).results).toMatchObject([{ ok: true, changed: true }]);
  expect(adds).toEqual([[target(1)]]);
});

describe.each<[string, Partial<ManagedDevice>, string]>([
  ['another address', { IPAddr: '10.9.9.9' }, '10.9.9.9:51211'],
  ['another port', { port: 1 }, '10.0.0.1:1'],
  ['another SSL flag', { useSSL: true }, '10.0.0.1:51211 with SSL'],
])('a device that is managed at %s', (_what, others, there) => {
  test.each([true, false])('is a conflict, and the others are added (async: %s)', async (autoReconnect) => {
    const { gateway, adds } = fakeGateway([managed(1, { autoReconnect, ...others })]);
    const { results } = await add(gateway, [want(1), want(2)]);
    expect(adds).toEqual([[target(2)]]);
    expect(results).toMatchObject([
      { ok: false, changed: false, outcome: 'not-applied', failure: { class: 'CONFLICT' } },
      { ok: true, changed: true },
    ]);
    expect(results[0]?.failure?.message).toBe(`1 is managed at ${there}`);
  });

  test('is given the new one with replace', async () => {
    const { gateway, adds } = fakeGateway([entry(1, others)]);
    const { results } = await add(gateway, [want(1)], { replace: true });
    expect(adds).toEqual([[target(1)]]);
    expect(results).toMatchObject([{ ok: true, changed: true, outcome: 'applied' }]);
  });
});

test('devices that dial in, by their record or by the list, are skipped, and nothing is sent for them', async () => {
  const { gateway, adds } = fakeGateway([managed(2, { connectionMode: 'DEVICE_TO_SERVER', port: 0 })]);
  const { results } = await add(gateway, [want(1, { dialsIn: true }), want(2), want(3)]);
  expect(adds).toEqual([[target(3)]]);
  expect(results.map(({ ok, outcome }) => [ok, outcome])).toEqual([
    [false, 'skipped'],
    [false, 'skipped'],
    [true, 'applied'],
  ]);
});

describe('a dry run', () => {
  test.each<[string, readonly ManagedDevice[], number | undefined]>([
    ['where all are new', [], undefined],
    ['where all are there', [entry(1), entry(2)], undefined],
    ['with one at another address', [entry(1, { port: 1 })], 7],
    ['with all at other addresses', [entry(1, { port: 1 }), entry(2, { port: 1 })], 9],
  ])('%s sends nothing, and ends as the real run does', async (_what, before, exitCode) => {
    const { gateway, adds } = fakeGateway(before);
    const dry = await add(gateway, [want(1), want(2)], { dryRun: true });
    expect(adds).toEqual([]);
    const real = await add(gateway, [want(1), want(2)]);
    for (const { results } of [dry, real]) expect(toResult(results, {}).failure?.exitCode).toBe(exitCode);
    expect(dry.results.map(({ changed }) => changed)).toEqual(real.results.map(({ changed }) => changed));
  });

  test('calls nothing applied that was not', async () => {
    const { results } = await add(fakeGateway().gateway, [want(1)], { dryRun: true });
    expect(results).toMatchObject([{ ok: true, changed: true, outcome: 'not-applied', status: null }]);
  });
});

describe('what the list shows counts:', () => {
  test('an entry that is there is added, though the answer was lost; one that is not is unknown', async () => {
    const devices = inTurn<ManagedDevice[]>([], [entry(1)]);
    const { gateway } = fakeGateway([], { devices, addAsync: inTurn<never>(lost) });
    const { results } = await add(gateway, [want(1), want(2)]);
    expect(results).toMatchObject([
      { ok: true, outcome: 'applied' },
      { ok: false, outcome: 'unknown' },
    ]);
  });

  test.each<[string, ManagedDevice[]]>([
    ['not there', []],
    ['there with its old address', [entry(1, { port: 1 })]],
    ['a synchronous connection', [managed(1)]],
  ])('an entry that is %s afterwards is unknown, though the call went well', async (_what, after) => {
    const { gateway } = fakeGateway([], { devices: inTurn<ManagedDevice[]>([], after) });
    const { results } = await add(gateway, [want(1)]);
    expect(results).toMatchObject([{ ok: false, outcome: 'unknown', failure: { class: 'DEVICE' } }]);
  });
});

test('whoever is held is skipped, on the list of the allowed or not', async () => {
  const { gateway, adds } = fakeGateway();
  const { results } = await add(gateway, [want(3), want(1), want(2)], { only: new Set([1, 3]), held: new Set([3]) });
  expect(adds).toEqual([[target(1)]]);
  expect(results.map(({ deviceID, outcome }) => [deviceID, outcome])).toEqual([
    [3, 'skipped'],
    [1, 'applied'],
    [2, 'skipped'],
  ]);
});

test('whoever is not on the list of the allowed is skipped, in the order given', async () => {
  const { gateway, adds } = fakeGateway();
  const { results } = await add(gateway, [want(3), want(1), want(2)], { only: new Set([2, 3, 9]) });
  expect(adds).toEqual([[target(3), target(2)]]);
  expect(results.map(({ deviceID, ok, outcome }) => [deviceID, ok, outcome])).toEqual([
    [3, true, 'applied'],
    [1, false, 'skipped'],
    [2, true, 'applied'],
  ]);
  expect(toResult(results, {}).failure).toBeUndefined();
});
