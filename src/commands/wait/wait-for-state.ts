import { setTimeout } from 'node:timers/promises';
import { formatDuration } from '../../base/duration.ts';
import type { GatewayAccess } from '../../cli/access/gateway-access.ts';
import { GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import type { Gateway, ManagedDevice } from '../../gateway/gateway.ts';
import { type KnownDevices, waitForDevices } from '../../gateway/subscription/await-known.ts';
import type { Row } from '../../render/view.ts';
import type { WaitState } from './states.ts';

/** What is waited for, and of whom. */
export interface Wanted {
  ids: readonly number[];
  state: WaitState;
  /** Whether one of the devices is enough. */
  isAnyEnough: boolean;
}

/** How a wait ended. */
export interface AwaitedState {
  /** Each device as it was last seen, in order. */
  rows: Row[];
  isMet: boolean;
  /** Why nothing could be seen any more. */
  failure?: GsdkError | undefined;
}

/** A device as far as it matters here. */
interface Known {
  status: string;
  connected: boolean;
  /** Null for one of which only a change was told, and that was in no list yet. */
  isManaged: boolean | null;
  isPending?: boolean;
}

type Seen = Known | undefined;

/** Whether a device that was seen so, or not at all, is as wanted. Absence is a state. */
const isSo: Readonly<Record<WaitState, (seen: Seen) => boolean>> = {
  connected: (seen) => seen?.connected === true,
  tls: (seen) => seen?.status === 'TLS_CONNECTED',
  disconnected: (seen) => !seen?.connected,
  managed: (seen) => seen?.isManaged === true,
  unmanaged: (seen) => seen === undefined || seen.isManaged === false,
  pending: (seen) => seen?.isPending === true,
};

/** Looks once. @throws GsdkError when the gateway cannot be asked */
export async function lookAtState(gateway: Gateway, wanted: Wanted): Promise<AwaitedState> {
  const devices = new Map((await gateway.devices()).map((device) => [device.deviceID, seenInList(device)]));
  const pending = wanted.state === 'pending' ? await gateway.pending() : [];
  const isPending = new Set(pending.map(({ deviceID }) => deviceID));
  return judged(wanted, (id) => {
    const known = devices.get(id);
    if (isPending.has(id)) return { status: 'PENDING', connected: false, isManaged: false, ...known, isPending: true };
    return known;
  });
}

/** Waits until the devices are as wanted, or time is up. What goes wrong later is in the answer. @throws GsdkError when nothing was ever seen */
export async function awaitState(access: GatewayAccess, wanted: Wanted & { withinMs: number }): Promise<AwaitedState> {
  if (wanted.state === 'pending') return awaitPending(access, wanted);
  const dial = await access.dialer({ dialsOnce: true });
  const { isMet, devices, failure } = await waitForDevices(dial, {
    isMet: (known) => judged(wanted, (id) => seenIn(known, id)).isMet,
    withinMs: wanted.withinMs,
    listsOften: wanted.state === 'managed' || wanted.state === 'unmanaged',
    signal: access.signal,
  });
  access.signal.throwIfAborted();
  if (devices) return { ...judged(wanted, (id) => seenIn(devices, id)), isMet, failure };
  throw failure ?? neverSeen(access, wanted.withinMs);
}

/** How often the pending devices are listed, in milliseconds: no event tells of them. */
const lookMs = 2000;

/** Once the gateway has answered it may be lost for a while. */
async function awaitPending(access: GatewayAccess, wanted: Wanted & { withinMs: number }): Promise<AwaitedState> {
  const endMs = Date.now() + wanted.withinMs;
  let last: AwaitedState | undefined;
  for (;;) {
    const seen = await access.online((gateway) => lookAtState(gateway, wanted)).catch(toGsdkError);
    access.signal.throwIfAborted();
    if (!(seen instanceof GsdkError)) last = seen;
    else if (!last || !['UNREACHABLE', 'TIMEOUT'].includes(seen.failure.class)) throw seen;
    const leftMs = endMs - Date.now();
    if (last?.isMet || leftMs <= 0) return last as AwaitedState;
    await setTimeout(Math.min(lookMs, leftMs), undefined, { signal: access.signal }).catch(() => {});
  }
}

const neverSeen = ({ context }: GatewayAccess, withinMs: number) =>
  new GsdkError({
    class: 'TIMEOUT',
    message: `${context.gateway} did not list its devices within ${formatDuration(withinMs)}`,
    hint: 'is it there? gsdk gateway ping',
    stage: 'gateway',
  });

function judged({ ids, state, isAnyEnough }: Wanted, look: (id: number) => Seen): AwaitedState {
  const rows = ids.map((deviceID) => {
    const seen = look(deviceID);
    const { status = null, connected = false, isManaged = false } = seen ?? {};
    return { deviceID, met: isSo[state](seen), status, connected, managed: isManaged };
  });
  return { rows, isMet: isAnyEnough ? rows.some(({ met }) => met) : rows.every(({ met }) => met) };
}

const seenInList = ({ status, connected }: ManagedDevice) => ({ status, connected, isManaged: true });

function seenIn(devices: KnownDevices, id: number): Seen {
  const known = devices.get(id);
  return known && { status: known.status, connected: known.connected, isManaged: known.device ? true : null };
}
