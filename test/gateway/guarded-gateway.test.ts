import { describe, expect, test } from 'vitest';
import { connectDevices } from '../../src/commands/connect/connect.ts';
import { disconnectDevices } from '../../src/commands/disconnect/disconnect-devices.ts';
import { GsdkError } from '../../src/errors/gsdk-error.ts';
import type { Gateway, WriteTarget } from '../../src/gateway/gateway.ts';
import { createGuardedGateway } from '../../src/gateway/guarded-gateway.ts';
import { findRpc } from '../../src/gateway/rpc/rpcs.ts';
import { fakeGateway, managed } from '../support/fake-gateway.ts';

const refusal = new GsdkError({ class: 'CONFLICT', message: 'too many', stage: 'cli' });
const real = { dryRun: false };

/** A guard that allows so many devices, and keeps what it was asked. */
function guarded(most = Number.POSITIVE_INFINITY, count = 3) {
  const fake = fakeGateway(Array.from({ length: count }, (_, index) => managed(index + 1)));
  const asked: { targets: readonly WriteTarget[]; dryRun: boolean }[] = [];
  const gateway = createGuardedGateway(fake.gateway, (targets, { dryRun }) => {
    asked.push({ targets, dryRun });
    if (targets.length > most) throw refusal;
  });
  return { ...fake, gateway, asked };
}

describe('what nobody announced is admitted by what its call names', () => {
  const row = { IPAddr: '10.0.0.1', port: 51_211, useSSL: false };
  const request = (name: string, message: object) => ({ rpc: findRpc(name), message: message as never });
  const calls: [string, WriteTarget[], (gateway: Gateway) => Promise<unknown>][] = [
    ['connect', ['10.0.0.1:51211'], (gateway) => gateway.connect(row)],
    ['disconnect', [1, 2], (gateway) => gateway.disconnect([1, 2])],
    ['addAsync', [1, 2], (gateway) => gateway.addAsync([1, 2].map((deviceID) => ({ ...row, deviceID })))],
    ['deleteAsync', [1], (gateway) => gateway.deleteAsync([1])],
    ['setMode', [1], (gateway) => gateway.setMode([1], 'DEVICE_TO_SERVER')],
    ['setSsl', [1, 3], (gateway) => gateway.setSsl([1, 3], true)],
    ['setFilter', [], async (gateway) => gateway.setFilter(await gateway.filter())],
    ['setSlaves', [], (gateway) => gateway.setSlaves([])],
    ['call', [7], (gateway) => gateway.call(request('Connect.EnableSSL', { deviceID: 7 }), () => false)],
  ];

  test.each(calls)('%s: %j', async (_name, targets, call) => {
    const { gateway, asked } = guarded();
    await call(gateway);
    expect(asked).toEqual([{ targets, dryRun: false }]);
  });

  test.each(calls)('%s is not made when it is refused', async (name, _targets, call) => {
    const gateway = createGuardedGateway(
      { ...fakeGateway().gateway, [name]: () => expect.unreachable('it was made') },
      () => {
        throw refusal;
      },
    );
    await expect(call(gateway)).rejects.toBe(refusal);
  });

  test('a call that reads is not asked about', async () => {
    const { gateway, asked } = guarded();
    await gateway.call(request('Connect.GetDeviceList', {}), () => false);
    await gateway.devices();
    expect(asked).toEqual([]);
  });
});

describe('what was announced', () => {
  test('is admitted once, as a whole; more devices later are admitted together with it', async () => {
    const { gateway, asked } = guarded();
    gateway.announce([1, 2], real);
    await gateway.disconnect([1]);
    await gateway.disconnect([2]);
    gateway.announce([2], real);
    expect(asked).toEqual([{ targets: [1, 2], dryRun: false }]);
    await gateway.disconnect([2, 3]);
    expect(asked.at(-1)).toEqual({ targets: [1, 2, 3], dryRun: false });
  });

  test('for a dry run is not admitted for a real one', async () => {
    const { gateway, asked } = guarded();
    gateway.announce([1], { dryRun: true });
    gateway.announce([1], { dryRun: true });
    await gateway.disconnect([1]);
    expect(asked.map(({ dryRun }) => dryRun)).toEqual([true, false]);
  });

  test('covers the device that answers at an address, so that it can be let go of again', async () => {
    const { gateway, asked } = guarded(1);
    gateway.announce(['10.0.0.9:51211'], real);
    const deviceID = await gateway.connect({ IPAddr: '10.0.0.9', port: 51_211, useSSL: false });
    await gateway.disconnect([deviceID]);
    expect(asked).toHaveLength(1);
  });
});

test.each([
  [250, 250, 3],
  [250, 249, 0],
])('of %d devices in calls of 100 with %d allowed %d calls are made', async (count, most, calls) => {
  const { gateway, disconnects } = guarded(most, count);
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const done = disconnectDevices(gateway, ids, { dryRun: false });
  if (calls === 0) await expect(done).rejects.toBe(refusal);
  else expect((await done).results.filter(({ ok }) => ok)).toHaveLength(count);
  expect(disconnects).toHaveLength(calls);
});

test('none of nine addresses is dialled where eight are allowed', async () => {
  const { gateway, connects } = guarded(8);
  const addresses = Array.from({ length: 9 }, (_, index) => ({ IPAddr: `10.0.0.${index + 1}`, port: 51_211 }));
  await expect(connectDevices(gateway, addresses, false, new AbortController().signal)).rejects.toBe(refusal);
  expect(connects).toEqual([]);
  await connectDevices(gateway, addresses.slice(1), false, new AbortController().signal);
  expect(connects).toHaveLength(8);
});
