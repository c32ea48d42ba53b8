import { GsdkError } from '../../errors/gsdk-error.ts';
import type { AcceptFilter, Announcement, Gateway, ManagedDevice } from '../gateway.ts';
import { messageRow } from '../grpc/message-row.ts';
import { announceFilter, findLockedOut } from '../operations/filter-change.ts';
import { toRequest } from './request-message.ts';
import { requestTargets } from './request-targets.ts';
import { findRpc, type Rpc, type RpcRequest } from './rpcs.ts';

/** A call that writes, and what it may do. */
export interface RpcWrite extends Announcement {
  request: RpcRequest;
  /** How many managed devices that dial in it may shut out; none unless given. */
  maxLockout?: number | undefined;
  /** Ends the wait for another gsdk that changes the filter. */
  signal: AbortSignal;
}

/** Whether a call replaces an accept filter, that of a device gateway or that of a master. */
export const isFilterChange = ({ method }: Pick<Rpc, 'method'>) => /^SetAcceptFilter(?:DB)?$/.test(method.name);

/**
 * Makes a call that writes, once it is known whom it is for and no guard forbids it. A new accept filter must not shut
 * out managed devices that dial in, as with the commands that change the filter.
 *
 * @throws GsdkError (CONFLICT) before anything is sent, when it is forbidden
 */
export async function admitRpc(gateway: Gateway, write: RpcWrite, call: () => Promise<void>): Promise<void> {
  const { request, dryRun, signal } = write;
  if (isFilterChange(request.rpc)) {
    const { withFilterLock } = await import('../operations/filter-lock.ts');
    const action = async () => {
      await admitFilter(gateway, write);
      await call();
    };
    return withFilterLock(gateway.target, action, { signal });
  }
  gateway.announce(await targetsOf(gateway, request), { dryRun });
  return call();
}

async function admitFilter(gateway: Gateway, { request, maxLockout = 0, dryRun }: RpcWrite): Promise<void> {
  const getter = request.rpc.method.name.replace('Set', 'Get');
  const before = ((await answerTo(gateway, request, getter)).filter as AcceptFilter | null) ?? nobody;
  const devices = await devicesOf(gateway, request);
  const change = { before, after: filterOf(request) ?? nobody };
  const lockedOut = findLockedOut(change, devices, maxLockout);
  if (lockedOut) throw new GsdkError(lockedOut);
  announceFilter(gateway, { ...change, devices }, dryRun);
}

/** An accept filter that is not set lets nobody in. */
const nobody: AcceptFilter = { allowAll: false, deviceIDs: [], IPAddrs: [], subnetMasks: [] };

const rowOf = ({ rpc, message }: RpcRequest) =>
  messageRow(rpc.method.input, message) as Readonly<Record<string, unknown>>;

const filterOf = (request: RpcRequest) => rowOf(request).filter as AcceptFilter | null;

async function targetsOf(gateway: Gateway, request: RpcRequest) {
  if (request.rpc.method.name !== 'DisconnectAll') return requestTargets(request);
  const devices = await devicesOf(gateway, request);
  return devices
    .filter(({ status }) => ['TCP_CONNECTED', 'TLS_CONNECTED'].includes(status))
    .map(({ deviceID }) => deviceID);
}

/** By ID, as everywhere: a gateway lists them in any order. */
async function devicesOf(gateway: Gateway, request: RpcRequest): Promise<ManagedDevice[]> {
  const devices = (await answerTo(gateway, request, 'GetDeviceList')).deviceInfos as ManagedDevice[];
  return [...devices].sort((one, other) => one.deviceID - other.deviceID);
}

/** What another call of the same service answers about the same gateway: behind a master there are many. */
async function answerTo(gateway: Gateway, request: RpcRequest, method: string) {
  const [service] = request.rpc.name.split('.');
  const { gatewayID } = rowOf(request);
  const other = toRequest(findRpc(`${service}.${method}`), gatewayID === undefined ? {} : { gatewayID }, method);
  let row: Readonly<Record<string, unknown>> = {};
  await gateway.call(other, (answer) => {
    row = answer;
    return false;
  });
  return row;
}
