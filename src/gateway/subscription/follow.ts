import { realTime, type Time } from '../../base/time.ts';
import type { SubscriptionEvent } from './event.ts';
import { createGatewayLinks, type OpenConnection } from './gateway-link.ts';
import { Subscription, type SubscriptionOptions } from './subscription.ts';

/** How devices are followed; everything has a default. */
export interface FollowOptions extends Partial<Omit<SubscriptionOptions, 'openLink'>> {
  /** How many changes the gateway is asked to keep for us while we are busy. 1024 unless given. */
  queueSize?: number;
  /** Ends it in order. */
  signal: AbortSignal;
}

/** How often the devices are listed unless said otherwise, in milliseconds. */
export const defaultResyncMs = 60_000;

/** The queue that the gateway is asked for unless said otherwise, in changes. */
export const defaultQueueSize = 1024;

/**
 * Follows the devices of a gateway until the signal is aborted, through lost connections too.
 *
 * @param told hears everything that happens, in order, with what is known of each device
 * @throws GsdkError when the first connection fails, or a later failure is final
 */
export function followDevices(
  dial: OpenConnection,
  told: (event: SubscriptionEvent, subscription: Subscription) => void,
  { signal, queueSize = defaultQueueSize, ...others }: FollowOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const time: Time = others.time ?? realTime;
    const subscription = new Subscription(
      {
        resyncMs: defaultResyncMs,
        backoff: { leastMs: 1000, mostMs: 30_000 },
        maxGapMs: Number.POSITIVE_INFINITY,
        ...others,
        time,
        openLink: createGatewayLinks(dial, queueSize),
      },
      {
        told: (event) => told(event, subscription),
        failed: (error) => {
          signal.removeEventListener('abort', stop);
          reject(error);
        },
      },
    );
    const stop = () => {
      subscription.stop();
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    else subscription.start();
  });
}
