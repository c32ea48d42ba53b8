import type { SubscriptionEvent } from './event.ts';

/** Which events are wanted; those that concern no device always are. */
export interface Selection {
  /** These devices; all unless given. */
  deviceIDs?: ReadonlySet<number> | undefined;
  /** What becomes one of these; anything unless given. Being removed is no status. */
  statuses?: ReadonlySet<string> | undefined;
}

/** Whether an event concerns a device that was selected. */
export const isSelectedDevice = (event: SubscriptionEvent, { deviceIDs }: Selection): boolean =>
  !('deviceID' in event) || (deviceIDs?.has(event.deviceID) ?? true);

/** Whether an event tells of a status that was selected. */
export const isSelectedStatus = (event: SubscriptionEvent, { statuses }: Selection): boolean =>
  !('to' in event) || (statuses?.has(event.to) ?? true);
