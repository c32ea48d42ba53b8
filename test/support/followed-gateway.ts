import { setTimeout as pause } from 'node:timers/promises';
import { afterEach } from 'vitest';
import { parseHostPort } from '../../src/base/address.ts';
import type { Emulator } from '../../src/emulator/index.ts';
import { openGateway } from '../../src/gateway/open-gateway.ts';
import type { SubscriptionEvent } from '../../src/gateway/subscription/event.ts';
import type { DeliveredEvent } from '../../src/gateway/subscription/event-queue.ts';
import { type FollowOptions, followDevices } from '../../src/gateway/subscription/follow.ts';
import type { OpenConnection } from '../../src/gateway/subscription/gateway-link.ts';
import type { Subscription } from '../../src/gateway/subscription/subscription.ts';
import { testConnection } from './gateway-transport.ts';

/** A way to dial an embedded gateway, over real TLS, as `watch` does. */
export function dialOf({ address, caCertificate }: Pick<Emulator, 'address' | 'caCertificate'>): OpenConnection {
  const endpoint = {
    ...testConnection().endpoint,
    ...(parseHostPort(address) ?? { host: '', port: 0 }),
    ...{ ca: caCertificate, cert: undefined, key: undefined, dialsOnce: true },
  };
  return (signal) => openGateway(endpoint, { signal });
}

/** A gateway that is followed, and what was told so far. */
export interface Followed {
  readonly events: readonly DeliveredEvent<SubscriptionEvent>[];
  /** How often a connection was made. */
  readonly dials: () => number;
  /** Known from the first event on. */
  readonly subscription: () => Subscription;
  /** Resolves when there is such an event among those from `from` on; rejects after 10 s. */
  told(isIt: (event: SubscriptionEvent) => boolean, from?: number): Promise<DeliveredEvent<SubscriptionEvent>>;
  /** Ends it; resolves when it has. */
  stop(): Promise<void>;
}

/** Follows a gateway until the test is over. @param now when an event was told, in Unix milliseconds */
export function followed(dial: OpenConnection, options: Omit<FollowOptions, 'signal'>, now: () => number): Followed {
  const controller = new AbortController();
  const events: DeliveredEvent<SubscriptionEvent>[] = [];
  let subscription: Subscription | undefined;
  let dials = 0;
  const following = followDevices(
    async (signal) => {
      const gateway = await dial(signal);
      dials++;
      return gateway;
    },
    (event, its) => {
      subscription = its;
      events.push({ ...event, atMs: now() });
    },
    { ...options, signal: controller.signal },
  );
  const stop = () => {
    controller.abort();
    return following;
  };
  afterEach(stop);
  return {
    events,
    dials: () => dials,
    subscription: () => {
      if (!subscription) throw new Error('nothing was told yet');
      return subscription;
    },
    told: async (isIt, from = 0) => {
      const limitMs = Date.now() + 10_000;
      while (Date.now() < limitMs) {
        const event = events.slice(from).find(isIt);
        if (event) return event;
        await pause(1);
      }
      throw new Error(`not told; the last was ${JSON.stringify(events.at(-1))}`);
    },
    stop,
  };
}
