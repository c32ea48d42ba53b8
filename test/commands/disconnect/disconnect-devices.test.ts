import { describe, expect, test } from 'vitest';
import { disconnectDevices } from '../../../src/commands/disconnect/disconnect-devices.ts';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import type { ManagedDevice } from '../../../src/gateway/gateway.ts';
import { down, fakeGateway, inTurn, managed } from '../../support/fake-gateway.ts';

const lost = new GsdkError({ class: 'UNREACHABLE', message: 'lost', stage: 'transport', outcome: 'unknown' });
const refused = new GsdkError({
  ...{ class: 'DEVICE', code: 'NOT_FOUND', message: 'Cannot get connection', stage: 'device', outcome: 'unknown' },
});

test('devices are disconnected, and come in the order given with what the list then shows', async () => {
  const { gateway, disconnects } = fakeGateway([managed(1), down(2), managed(3)]);
  const { results, unseen } = await disconnectDevices(gateway, [3, 2, 1], { dryRun: false });
  expect(unseen).toBeUndefined();
  expect(disconnects).toEqual([[3, 1]]);
  expect(results).toEqual(
    [3, 2, 1].map((deviceID) => ({
      deviceID,
      ...{ ok: true, changed: deviceID !== 2, outcome: 'applied', status: 'DISCONNECTED' },
      details: { comesBack: false, stoppedBy: null },
    })),
  );
});

test('where nothing is connected nothing is sent', async () => {
  const { gateway, disconnects } = fakeGateway([down(1)]);
  expect((await disconnectDevices(gateway, [1], { dryRun: false })).results).toMatchObject([
    { ok: true, changed: false },
  ]);
  expect(disconnects).toEqual([]);
});

test('a device that the gateway does not manage is not found, and the others are disconnected', async () => {
  const { gateway, disconnects } = fakeGateway([managed(1)]);
  const { results } = await disconnectDevices(gateway, [9, 1], { dryRun: false });
  expect(disconnects).toEqual([[1]]);
  expect(results).toMatchObject([
    { deviceID: 9, ok: false, changed: false, outcome: 'not-applied', status: null, failure: { class: 'NOT_FOUND' } },
    { deviceID: 1, ok: true, changed: true },
  ]);
});

test('many go in batches of a hundred', async () => {
  const ids = Array.from({ length: 250 }, (_, index) => index + 1);
  const { gateway, disconnects } = fakeGateway(ids.map((id) => managed(id)));
  const { results } = await disconnectDevices(gateway, ids, { dryRun: false });
  expect(disconnects.map((batch) => batch.length)).toEqual([100, 100, 50]);
  expect(disconnects.flat()).toEqual(ids);
  expect(results.map(({ deviceID }) => deviceID)).toEqual(ids);
});

describe('each device says whether it comes back, and what would stop that', () => {
  test.each<[string, Partial<ManagedDevice>, boolean, string | null]>([
    ['a synchronous connection', {}, false, null],
    ['an async connection', { autoReconnect: true }, true, 'gsdk async rm 1'],
    ['one that dials in', { connectionMode: 'DEVICE_TO_SERVER' }, true, 'gsdk filter rm 1 --max-lockout 1'],
  ])('%s', async (_what, kind, comesBack, stoppedBy) => {
    for (const device of [managed(1, kind), down(1, kind)]) {
      const { results } = await disconnectDevices(fakeGateway([device]).gateway, [1], { dryRun: false });
      expect(results[0]?.details).toEqual({ comesBack, stoppedBy });
    }
  });
});

describe('what the list shows counts:', () => {
  const listed = (after: ManagedDevice[], error?: Error) => {
    const before = [managed(1), managed(2)];
    const disconnect = inTurn<void>(error ?? (undefined as never));
    return fakeGateway(before, { devices: inTurn(before, after), ...(error && { disconnect }) }).gateway;
  };

  test.each([
    ['refused', refused],
    ['lost', lost],
  ])('down and gone are done, even if the call was %s', async (_what, error) => {
    const { results } = await disconnectDevices(listed([down(1)], error), [1, 2], { dryRun: false });
    expect(results).toMatchObject([
      { ok: true, changed: true, outcome: 'applied', status: 'DISCONNECTED' },
      { ok: true, changed: true, outcome: 'applied', status: null },
    ]);
    expect(results.map(({ failure }) => failure)).toEqual([undefined, undefined]);
  });

  test('one that is connected still, of a call that was refused, was not disconnected', async () => {
    const { results } = await disconnectDevices(listed([managed(1), down(2)], refused), [1, 2], { dryRun: false });
    expect(results).toMatchObject([
      { ok: false, changed: false, outcome: 'not-applied', status: 'TCP_CONNECTED', failure: { class: 'DEVICE' } },
      { ok: true, changed: true, outcome: 'applied' },
    ]);
  });

  test('one that is connected still or again, though the call went well, is unknown', async () => {
    const { results } = await disconnectDevices(listed([managed(1), down(2)]), [1, 2], { dryRun: false });
    expect(results).toMatchObject([
      { ok: false, outcome: 'unknown', failure: { message: '1 was disconnected, but is connected still or again' } },
      { ok: true },
    ]);
  });
});

describe('where the last look fails', () => {
  const unlisted = (count: number, answer?: Error) => {
    const before = Array.from({ length: count }, (_, index) => managed(index + 1));
    const disconnect = answer && inTurn<void>(answer);
    return fakeGateway(before, { devices: inTurn<ManagedDevice[]>(before, lost), ...(disconnect && { disconnect }) })
      .gateway;
  };

  test('a call that went well is all there is, and that is told', async () => {
    const { results, unseen } = await disconnectDevices(unlisted(1), [1], { dryRun: false });
    expect(results).toMatchObject([{ ok: true, changed: true, outcome: 'applied', status: null }]);
    expect(unseen).toBe(lost);
  });

  test.each([
    ['refused', refused],
    ['lost', lost],
  ])('each device of a call that was %s is unknown: some of them may be down', async (_what, error) => {
    const { results } = await disconnectDevices(unlisted(2, error), [1, 2], { dryRun: false });
    expect(results.map(({ ok, outcome }) => [ok, outcome])).toEqual([
      [false, 'unknown'],
      [false, 'unknown'],
    ]);
  });
});

test('a batch that fails does not keep the next from being tried', async () => {
  const ids = Array.from({ length: 101 }, (_, index) => index + 1);
  const before = ids.map((id) => managed(id));
  const devices = inTurn(before, [...before.slice(0, 100), down(101)]);
  let calls = 0;
  const disconnect = async () => {
    if (calls++ === 0) throw refused;
  };
  const { results } = await disconnectDevices(fakeGateway(before, { devices, disconnect }).gateway, ids, {
    dryRun: false,
  });
  expect(results.filter(({ ok }) => ok).map(({ deviceID }) => deviceID)).toEqual([101]);
});

test('a gateway that does not list what it manages is asked to disconnect nothing', async () => {
  const { gateway, disconnects } = fakeGateway([], { devices: inTurn<never>(lost) });
  await expect(disconnectDevices(gateway, [1], { dryRun: false })).rejects.toBe(lost);
  expect(disconnects).toEqual([]);
});
