import { setTimeout } from 'node:timers/promises';
import { GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import type { Gateway, ManagedDevice } from '../gateway.ts';
import { indexByDeviceID } from './verified-call.ts';

/** What is waited for. */
export interface PollOptions {
  deviceIDs: readonly number[];
  /** Whether the entry of a device in the gateway's list, or its absence, is as wanted. */
  isMet(entry: ManagedDevice | undefined, deviceID: number): boolean;
  /** The limit; `Infinity` for none. */
  withinMs: number;
  /** Ends the wait when it aborts. */
  signal: AbortSignal;
}

/** What a wait came to. */
export interface PollResult {
  /** The devices that were seen as wanted. */
  met: ReadonlySet<number>;
  /** The managed devices as last seen, by ID; absent when they never could be listed. */
  entries: ReadonlyMap<number, ManagedDevice> | undefined;
  /** Why they could not be listed any more. */
  unseen: GsdkError | undefined;
}

/** Waits until each of some devices was once seen as wanted, or time is up. It never throws. */
export type PollDevices = (gateway: Gateway, options: PollOptions) => Promise<PollResult>;

/** Time, as those who wait see it. */
export interface PollTimer {
  /** In milliseconds since any moment. */
  now(): number;
  /** Resolves after that time, or at once when the signal aborts. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** Wall time. */
export const realPollTimer: PollTimer = {
  now: () => Date.now(),
  pause: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }).catch(() => {}),
};

/** The pauses between two looks at the list: short at first, and never longer than this. */
const [shortestPauseMs, longestPauseMs] = [50, 1000];

/** Waits by looking at the list of the gateway again and again. */
export const createDevicePoller =
  ({ now, pause }: PollTimer): PollDevices =>
  async (gateway, { deviceIDs, isMet, withinMs, signal }) => {
    const met = new Set<number>();
    const left = new Set(deviceIDs);
    const endMs = now() + withinMs;
    let entries: PollResult['entries'];
    const moveMet = (list: PollResult['entries']) => {
      for (const id of left) if (isMet(list?.get(id), id) && left.delete(id)) met.add(id);
    };
    for (let pauseMs = shortestPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, longestPauseMs)) {
      const list = await gateway.devices().catch(toGsdkError);
      if (list instanceof GsdkError) return { met, entries, unseen: list };
      entries = indexByDeviceID(list);
      moveMet(entries);
      const leftMs = endMs - now();
      if (left.size === 0 || leftMs <= 0 || signal.aborted) return { met, entries, unseen: undefined };
      await pause(Math.min(pauseMs, leftMs), signal);
    }
  };

/** The one way in which commands wait for devices. */
export const pollDevices: PollDevices = createDevicePoller(realPollTimer);
