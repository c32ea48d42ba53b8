import { describe, expect, test, vi } from 'vitest';
import type { AcceptFilter, Gateway } from '../../../src/gateway/gateway.ts';
import { admitRpc, type RpcWrite } from '../../../src/gateway/rpc/admit-rpc.ts';
import { toRequest } from '../../../src/gateway/rpc/request-message.ts';
import { findRpc } from '../../../src/gateway/rpc/rpcs.ts';
import { acceptFilter, down, fakeGateway, managed } from '../../support/fake-gateway.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

vi.stubEnv('TMPDIR', temporaryFolder());
const { signal } = new AbortController();
const dialIn = { connectionMode: 'DEVICE_TO_SERVER' };

/** A gateway that manages 1, 2 and 3, of which the last two dial in; it answers calls by the tables. */
function site(filter: AcceptFilter | null) {
  const calls: { name: string; message: object }[] = [];
  const announced: unknown[] = [];
  const deviceInfos = [down(3, dialIn), managed(2, dialIn), managed(1)];
  const gateway: Gateway = {
    ...fakeGateway().gateway,
    announce: (targets, announcement) => announced.push([targets, announcement]),
    async call({ rpc, message }, onAnswer) {
      calls.push({ name: rpc.name, message });
      await onAnswer(rpc.method.name === 'GetDeviceList' ? { deviceInfos } : { filter });
    },
  };
  const admit = (name: string, json: object, others: Partial<RpcWrite> = {}) => {
    const request = toRequest(findRpc(name), json, '-d');
    const made = vi.fn(async () => {});
    return {
      made,
      admitted: admitRpc(gateway, { request, dryRun: false, signal, ...others }, made),
    };
  };
  return { admit, calls, announced };
}

describe('a new accept filter', () => {
  test.each([
    ['an empty request', {}],
    ['an empty filter', { filter: {} }],
    ['another list', { filter: { deviceIDs: [9] } }],
  ])('that shuts out devices that dial in is refused, and the call is not made: %s', async (_what, json) => {
    const { admit, announced } = site(acceptFilter([2, 3]));
    const { admitted, made } = admit('Connect.SetAcceptFilter', json);
    await expect(admitted).rejects.toMatchObject({ exitCode: 9, failure: { lockedOut: [2, 3] } });
    expect(made).not.toHaveBeenCalled();
    expect(announced).toEqual([]);
  });

  test('may shut out as many as are allowed', async () => {
    const { admit, announced } = site(acceptFilter([2, 3]));
    await expect(admit('Connect.SetAcceptFilter', {}, { maxLockout: 1 }).admitted).rejects.toThrow('shut out 2');
    const { admitted, made } = admit('Connect.SetAcceptFilter', {}, { maxLockout: 2 });
    await admitted;
    expect(made).toHaveBeenCalledOnce();
    expect(announced).toEqual([[[2, 3], { dryRun: false, isForAll: false }]]);
  });

  test('is looked at in a dry run too', async () => {
    const { admit } = site(acceptFilter([], true));
    await expect(admit('Connect.SetAcceptFilter', {}, { dryRun: true }).admitted).rejects.toMatchObject({
      exitCode: 9,
    });
  });

  test('that lets in whoever may come is announced as such', async () => {
    const { admit, announced } = site(null);
    await admit('Connect.SetAcceptFilter', { filter: { allowAll: true } }).admitted;
    expect(announced).toEqual([[[2, 3], { dryRun: false, isForAll: true }]]);
  });

  test.each([
    ['ConnectMaster.SetAcceptFilter', 'ConnectMaster.GetAcceptFilter'],
    ['ConnectMaster.SetAcceptFilterDB', 'ConnectMaster.GetAcceptFilterDB'],
  ])('of a gateway behind a master is held against that of the same gateway: %s', async (name, getter) => {
    const { admit, calls } = site(acceptFilter([2, 3]));
    await expect(admit(name, { gatewayID: 'gw2' }).admitted).rejects.toMatchObject({ exitCode: 9 });
    expect(calls).toMatchObject([
      { name: getter, message: { gatewayID: 'gw2' } },
      { name: 'ConnectMaster.GetDeviceList', message: { gatewayID: 'gw2' } },
    ]);
  });
});

test('DisconnectAll is for those that are connected', async () => {
  const { admit, announced } = site(null);
  await admit('Connect.DisconnectAll', {}).admitted;
  expect(announced).toEqual([[[1, 2], { dryRun: false }]]);
});

test('any other call is for whom it names, and nothing is read before it', async () => {
  const { admit, announced, calls } = site(null);
  const { admitted, made } = admit('Connect.DisableSSL', { deviceID: 9 });
  await admitted;
  expect(made).toHaveBeenCalledOnce();
  expect({ announced, calls }).toEqual({ announced: [[[9], { dryRun: false }]], calls: [] });
});
