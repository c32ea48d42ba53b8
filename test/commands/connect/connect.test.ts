import { describe, expect, test } from 'vitest';
import { connectDevices } from '../../../src/commands/connect/connect.ts';
import { planConnections } from '../../../src/commands/connect/plan-connections.ts';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import type { Gateway, ManagedDevice } from '../../../src/gateway/gateway.ts';
import { down, fakeGateway, inTurn, managed } from '../../support/fake-gateway.ts';
import { managedFleet } from '../../support/managed-fleet.ts';

const { gsdk } = await managedFleet();
const none = new AbortController().signal;
const at = (id: number, deviceID?: number) => ({
  IPAddr: `10.0.0.${id}`,
  port: 51_211,
  ...(deviceID !== undefined && { deviceID }),
});
const connectTo = (gateway: Gateway, ...addresses: ReturnType<typeof at>[]) =>
  connectDevices(gateway, addresses, false, none);
const lost = new GsdkError({ class: 'UNREACHABLE', message: 'lost', stage: 'transport', outcome: 'unknown' });
const refused = new GsdkError({ class: 'DEVICE', message: 'off', stage: 'device' });

test('devices are connected, and come in the order of their addresses with what the list then shows', async () => {
  const { gateway, connects } = fakeGateway([managed(2), down(3)]);
  const { results, unseen } = await connectTo(gateway, at(3), at(1), at(2));
  expect(unseen).toBeUndefined();
  expect(results).toEqual(
    [3, 1, 2].map((deviceID) => ({
      deviceID,
      details: { address: `10.0.0.${deviceID}:51211` },
      ...{ ok: true, changed: deviceID !== 2, outcome: 'applied', status: 'TCP_CONNECTED' },
    })),
  );
  expect(connects.map(({ IPAddr }) => IPAddr)).toEqual(['10.0.0.3', '10.0.0.1', '10.0.0.2']);
});

test('an address that is given twice is connected to once', async () => {
  const { gateway, connects } = fakeGateway();
  const { results } = await connectTo(gateway, at(1), at(2), at(1));
  expect(results.map(({ deviceID }) => deviceID)).toEqual([1, 2]);
  expect(connects).toHaveLength(2);
});

test('the wish for SSL is handed on, and nothing but where the device is', async () => {
  const { gateway, connects } = fakeGateway();
  await connectDevices(gateway, [at(1, 1)], true, none);
  expect(connects).toEqual([{ IPAddr: '10.0.0.1', port: 51_211, useSSL: true }]);
});

test('never more than eight are connected to at a time, and eight are', async () => {
  let [underWay, most] = [0, 0];
  const slow = fakeGateway([], {
    connect: async ({ IPAddr }) => {
      most = Math.max(most, ++underWay);
      await new Promise(setImmediate);
      underWay--;
      return Number(IPAddr.split('.')[3]);
    },
  });
  const addresses = Array.from({ length: 50 }, (_, index) => at(index + 1));
  const { results } = await connectTo(slow.gateway, ...addresses);
  expect(most).toBe(8);
  expect(results.map(({ deviceID }) => deviceID)).toEqual(addresses.map((_, index) => index + 1));
});

describe('a device', () => {
  test('that cannot be connected does not keep the others from it', async () => {
    const { gateway } = fakeGateway([], {
      connect: inTurn<number>(refused, lost, new Error('a bug'), 4),
      devices: inTurn([], [managed(4)]),
    });
    const { results } = await connectTo(gateway, at(1, 1), at(2), at(3), at(4));
    expect(results.map(({ deviceID, ok, outcome, failure }) => [deviceID, ok, outcome, failure?.class])).toEqual([
      [1, false, 'not-applied', 'DEVICE'],
      [null, false, 'unknown', 'UNREACHABLE'],
      [null, false, 'not-applied', 'INTERNAL'],
      [4, true, 'applied', undefined],
    ]);
  });

  test.each([
    [
      'is shown as not connected',
      [down(1)],
      '1 was connected, but the gateway now shows it as DISCONNECTED',
      'DISCONNECTED',
    ],
    ['is not listed', [], '1 was connected, but the gateway now does not list it', null],
  ])('that answered but then %s is not reported as connected', async (_what, after, message, status) => {
    const { gateway } = fakeGateway([], { devices: inTurn([], after) });
    const { results } = await connectTo(gateway, at(1));
    expect(results).toMatchObject([
      { deviceID: 1, ok: false, outcome: 'unknown', status, failure: { class: 'DEVICE', message } },
    ]);
  });
});

describe('another device than the expected one', () => {
  test('is a conflict, and is disconnected again', async () => {
    const { gateway, disconnects } = fakeGateway();
    const { results } = await connectTo(gateway, at(1, 846));
    expect(disconnects).toEqual([[1]]);
    expect(results).toMatchObject([{ deviceID: 846, ok: false, changed: false, outcome: 'not-applied' }]);
    expect(results[0]?.failure).toMatchObject({
      class: 'CONFLICT',
      target: '1',
      message: '10.0.0.1:51211 is device 1, not 846; it was disconnected again',
    });
  });

  test.each([
    ['connected', managed(1), '', 'not-applied'],
    ['not connected', down(1), '; it is connected now', 'applied'],
  ])('is left alone if it was managed before, %s', async (_what, before, told, outcome) => {
    const { gateway, disconnects } = fakeGateway([before]);
    const { results } = await connectTo(gateway, at(1, 846));
    expect(disconnects).toEqual([]);
    const message = `10.0.0.1:51211 is device 1, not 846${told}`;
    expect(results[0]).toMatchObject({ ok: false, outcome, failure: { class: 'CONFLICT', message } });
  });

  test('that cannot be disconnected again is a conflict all the same, and says so', async () => {
    const { gateway } = fakeGateway([], { disconnect: inTurn<void>(lost) });
    const { results } = await connectTo(gateway, at(1, 846));
    expect(results).toMatchObject([{ deviceID: 846, ok: false, outcome: 'unknown', failure: { class: 'CONFLICT' } }]);
    expect(results[0]?.failure?.message).toBe(
      '10.0.0.1:51211 is device 1, not 846; disconnecting it again failed: lost',
    );
  });
});

test('a gateway that does not list what it manages is asked to connect nothing', async () => {
  const { gateway, connects } = fakeGateway([], { devices: inTurn<never>(lost) });
  await expect(connectTo(gateway, at(1))).rejects.toBe(lost);
  expect(connects).toEqual([]);
});

test('where the last look fails the answers of the gateway are all there is, and that is told', async () => {
  const { gateway } = fakeGateway([], { devices: inTurn<[]>([], lost) });
  const { results, unseen } = await connectTo(gateway, at(1));
  expect(results).toMatchObject([{ deviceID: 1, ok: true, changed: true, outcome: 'applied', status: null }]);
  expect(unseen).toBe(lost);
});

test.each([
  ['was not connected before', [down(1)], { ok: true, changed: true, outcome: 'applied', status: 'TCP_CONNECTED' }],
  ['was connected before', [managed(1)], { ok: false, changed: false, outcome: 'not-applied' }],
])(
  'a call that failed connected the device all the same, if the list shows it and it %s',
  async (_what, before, result) => {
    const { gateway } = fakeGateway([], { connect: inTurn<number>(refused), devices: inTurn(before, [managed(1)]) });
    const { results } = await connectTo(gateway, at(1));
    expect(results).toMatchObject([result]);
  },
);

describe('a dry run', () => {
  const plan = (list: ManagedDevice[], ...addresses: ReturnType<typeof at>[]) =>
    planConnections(addresses, list).map(({ deviceID, ok, changed, outcome, status }) => [
      ...[deviceID, ok, changed, outcome, status],
    ]);

  test('tells of each address, once, what is connected already and what would be tried', () => {
    const list = [managed(1), down(2)];
    expect(plan(list, at(1), at(2), at(3), at(4, 4), at(1))).toEqual([
      [1, true, false, 'applied', 'TCP_CONNECTED'],
      [2, true, true, 'not-applied', 'DISCONNECTED'],
      [null, true, true, 'not-applied', null],
      [4, true, true, 'not-applied', null],
    ]);
  });

  test('knows a conflict that the list shows, in the words of the real run', async () => {
    const [result] = planConnections([at(1, 7)], [managed(1)]);
    const { results } = await connectTo(fakeGateway([managed(1)]).gateway, at(1, 7));
    expect(result?.failure).toMatchObject({ class: 'CONFLICT', message: '10.0.0.1:51211 is device 1, not 7' });
    expect(results[0]?.failure?.message).toBe(result?.failure?.message);
  });

  test('is the same document, and connects nobody', async () => {
    const { exitCode, stdout, stderr } = await gsdk([
      'connect',
      '192.168.0.152',
      '192.168.0.117',
      '--dry-run',
      '--json',
    ]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      results: [
        { deviceID: null, address: '192.168.0.152:51211', ok: true, changed: true, outcome: 'not-applied' },
        { deviceID: 846, address: '192.168.0.117:51211', ok: true, changed: false, status: 'TCP_CONNECTED' },
      ],
      ...{ summary: { requested: 2, changed: 1 }, dryRun: true },
    });
    expect((await gsdk(['device', 'ls', '-o', 'ids'])).stdout).toBe('540\n846\n');
    expect((await gsdk(['connect', '5@192.168.0.117', '--dry-run'])).exitCode).toBe(9);
  });
});
