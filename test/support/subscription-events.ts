import type {
  DeviceChanged,
  DeviceRemoved,
  DeviceSeen,
  SubscriptionEvent,
} from '../../src/gateway/subscription/event.ts';
import { managed } from './fake-gateway.ts';

const isConnected = (status: string) => status === 'TCP_CONNECTED' || status === 'TLS_CONNECTED';

/** A device that was found in the first list, with this status. */
export const snapshot = (deviceID: number, to: string): DeviceSeen => ({
  ...{ event: 'snapshot', deviceID, to, connected: isConnected(to), synthetic: false },
  device: managed(deviceID, { status: to, connected: isConnected(to) }),
});

/** A device that came into the list. */
export const added = (deviceID: number, to: string): DeviceSeen => ({
  ...snapshot(deviceID, to),
  ...{ event: 'added', synthetic: true },
});

/** A change that the gateway told, at this Unix second. */
export const change = (deviceID: number, from: string | null, to: string, timestamp = 1): DeviceChanged => ({
  ...{ event: 'change', deviceID, from, to, connected: isConnected(to), timestamp, synthetic: false },
});

/** A device that left the list. */
export const removed = (deviceID: number, from: string): DeviceRemoved => ({
  ...{ event: 'removed', deviceID, from, connected: false, synthetic: true },
});

/** What belongs to a gap, and its end. */
export const lost = (sinceMs = 0): SubscriptionEvent => ({
  event: 'lost',
  reason: 'the gateway ended the stream',
  sinceMs,
});
export const resumed: SubscriptionEvent = {
  ...{ event: 'resumed', gapMs: 1000, attempt: 1, managedBefore: 1, managedAfter: 1, emptied: false },
};
export const synced: SubscriptionEvent = { event: 'synced', managed: 1 };
