import { realTime, type Time } from '../../base/time.ts';
import { GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import type { KnownDevice } from './device-view.ts';
import type { SubscriptionEvent } from './event.ts';
import { followDevices } from './follow.ts';
import type { OpenConnection } from './gateway-link.ts';
import type { Subscription } from './subscription.ts';

/** What is known of each device of a gateway, by ID. */
export type KnownDevices = ReadonlyMap<number, KnownDevice>;

/** What is waited for. */
export interface WaitForDevicesOptions {
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
export interface WaitForDevicesResult {
  isMet: boolean;
  /** What was known last; absent if the devices could never be listed. */
  devices: KnownDevices | undefined;
  /** Why nothing can be seen any more; a gateway that was lost at the end, too. */
  failure: GsdkError | undefined;
}

/** How often devices are listed where events do not tell, in milliseconds. */
const lookMs = 2000;

/**
 * Waits until something is so of the devices of a gateway, by one stream however many they are, through lost
 * connections too. It never throws: what went wrong is in the answer.
 */
export async function waitForDevices(
  dial: OpenConnection,
  { isMet, withinMs, listsOften, signal, time = realTime }: WaitForDevicesOptions,
): Promise<WaitForDevicesResult> {
  const ended = new AbortController();
  const end = () => ended.abort();
  const result: WaitForDevicesResult = { isMet: false, devices: undefined, failure: undefined };
  const looks = new Looks(time);
  const cancelLimit = Number.isFinite(withinMs) ? time.after(withinMs, end) : () => {};
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  const told = (event: SubscriptionEvent, subscription: Subscription) => {
    if (event.event === 'lost') result.failure = lost(event.reason);
    if (event.event === 'synced') {
      result.failure = undefined;
      result.devices = subscription.devices;
    }
    result.isMet = result.devices !== undefined && isMet(result.devices);
    if (result.isMet) end();
    else if (listsOften) looks.after(event, subscription);
  };
  try {
    await followDevices(dial, told, { signal: ended.signal, time });
  } catch (error) {
    result.failure = toGsdkError(error);
  } finally {
    looks.stop();
    cancelLimit();
    signal.removeEventListener('abort', end);
  }
  return result;
}

/** Has the devices listed more often than a subscription does by itself. */
class Looks {
  readonly #time: Time;
  #cancel = () => {};

  constructor(time: Time) {
    this.#time = time;
  }

  after({ event }: SubscriptionEvent, subscription: Subscription): void {
    this.stop();
    if (event === 'change') subscription.look();
    this.#cancel = this.#time.after(lookMs, () => this.#again(subscription));
  }

  stop(): void {
    this.#cancel();
  }

  #again(subscription: Subscription): void {
    subscription.look();
    this.#cancel = this.#time.after(lookMs, () => this.#again(subscription));
  }
}

const lost = (reason: string) =>
  new GsdkError({
    class: 'UNREACHABLE',
    message: `the gateway was lost during the wait: ${reason}`,
    hint: 'what was seen last may be so no more; wait for it: gsdk gateway wait',
    stage: 'transport',
  });
