import { realTime, type Time } from '../../base/time.ts';
import { type GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import type { KnownDevice } from './device-view.ts';
import { follow } from './follow.ts';
import type { Dial } from './gateway-link.ts';

/** What is known of each device of a gateway, by ID. */
export type KnownDevices = ReadonlyMap<number, KnownDevice>;

/** What is waited for. */
export interface AwaitKnownOptions {
  /** Whether that is so. Asked whenever something happened, and never before the devices were listed. */
  isMet(devices: KnownDevices): boolean;
  /** The limit, in milliseconds; infinite for none. */
  withinMs: number;
  /**
   * Whether what is waited for changes no status, as being managed does not: then the devices are listed after
   * each event and every 2 s, and not only at every resync.
   */
  listsOften: boolean;
  /** Ends the wait when it aborts. */
  signal: AbortSignal;
  time?: Time;
}

/** What a wait came to. */
export interface AwaitedKnown {
  isMet: boolean;
  /** What was known last; absent if the devices could never be listed. */
  devices: KnownDevices | undefined;
  /** Why nothing could be seen any more. */
  failure: GsdkError | undefined;
}

/** How often devices are listed where events do not tell, in milliseconds. */
const lookMs = 2000;

/**
 * Waits until something is so of the devices of a gateway, by one stream however many they are, through lost
 * connections too. It never throws: what went wrong is in the answer.
 */
export async function awaitKnown(
  dial: Dial,
  { isMet, withinMs, listsOften, signal, time = realTime }: AwaitKnownOptions,
): Promise<AwaitedKnown> {
  const ended = new AbortController();
  const end = () => ended.abort();
  let result: AwaitedKnown = { isMet: false, devices: undefined, failure: undefined };
  let isSynced = false;
  let cancelLook = () => {};
  const cancelLimit = Number.isFinite(withinMs) ? time.after(withinMs, end) : () => {};
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    await follow(
      dial,
      (event, subscription) => {
        isSynced ||= event.event === 'synced';
        if (isSynced) result = { ...result, isMet: isMet(subscription.devices), devices: subscription.devices };
        if (result.isMet) end();
        if (!listsOften) return;
        cancelLook();
        const look = () => {
          subscription.look();
          cancelLook = time.after(lookMs, look);
        };
        if (event.event === 'change') look();
        else cancelLook = time.after(lookMs, look);
      },
      { signal: ended.signal, time },
    );
  } catch (error) {
    result.failure = toGsdkError(error);
  } finally {
    cancelLook();
    cancelLimit();
    signal.removeEventListener('abort', end);
  }
  return result;
}
