import type { ManagedDevice } from '../gateway.ts';

/** A device as a subscription came to know of it: by the first list (`snapshot`), or by a later one (`added`). */
export interface DeviceSeen {
  event: 'snapshot' | 'added';
  deviceID: number;
  /** The status that it is taken to have. */
  to: string;
  connected: boolean;
  /** Its entry in the list; a status in there may be older than `to`. */
  device: ManagedDevice;
  /** Found by listing, and not told by the gateway. */
  synthetic: boolean;
}

/** A device that is in the list no more; always found by listing. */
export interface DeviceRemoved {
  event: 'removed';
  deviceID: number;
  /** The status that it had before. */
  from: string;
  connected: false;
  synthetic: true;
}

/** A device that changed its status. */
export interface DeviceChanged {
  event: 'change';
  deviceID: number;
  /** The status before; null where changes may have been missed in between. */
  from: string | null;
  to: string;
  connected: boolean;
  /** Unix seconds of the change by the clock of the gateway (gateway-behaviour F11); null if found by listing. */
  timestamp: number | null;
  /** Found by listing: the net difference to what was known before. */
  synthetic: boolean;
}

/** From here on what was told equals the list of the gateway, and every change is told. */
export interface Synced {
  event: 'synced';
  /** How many devices the gateway manages. */
  managed: number;
}

/** The gateway is not heard any more; whatever happens from `sinceMs` on may be missed. */
export interface Lost {
  event: 'lost';
  reason: string;
  /** When the gateway was last heard, in Unix milliseconds. */
  sinceMs: number;
}

/** The gateway is heard again. What differs follows, then `synced`. */
export interface Resumed {
  event: 'resumed';
  /** How long the gateway was not heard. */
  gapMs: number;
  /** How often it was tried. */
  attempt: number;
  managedBefore: number;
  managedAfter: number;
  /** It came back managing nothing, as one does that was restarted (gateway-behaviour F57, F59). */
  emptied: boolean;
}

/** More changes came than could be held; what differs since the last event told follows, each device once. */
export interface Merged {
  event: 'merged';
  /** How many changes were not told one by one. */
  changes: number;
  /** Since when, in Unix milliseconds. */
  sinceMs: number;
}

/** A device that has been without a connection for as long as it may be. Told once an outage. */
export interface DeviceDown {
  event: 'down';
  deviceID: number;
  /** Its status; null if it is not in the list. */
  to: string | null;
  connected: false;
  /** Since when it is, or was first seen so, in Unix milliseconds. */
  downSinceMs: number;
}

/** A device that was told to be down is connected again. */
export interface DeviceUp {
  event: 'up';
  deviceID: number;
  to: string;
  connected: true;
  downSinceMs: number;
  /** How long it was down. */
  downForMs: number;
}

/** What concerns one device. */
export type DeviceEvent = DeviceSeen | DeviceRemoved | DeviceChanged;

/** What a subscription tells, in order. */
export type SubscriptionEvent = DeviceEvent | Synced | Lost | Resumed | Merged;

/** A sign of life where nothing happens. */
export interface Heartbeat {
  event: 'heartbeat';
  /** Whether the gateway is lost at the moment. */
  lost: boolean;
}

/** What is told on top of a subscription: that devices are down for too long, or up again. */
export type Alarm = DeviceDown | DeviceUp;
