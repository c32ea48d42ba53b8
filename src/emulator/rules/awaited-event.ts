import { deviceStatus, devices, oneOf, optional, type ReadContext, readKeys, text } from '../input/validators.ts';
import type { EventLogEntry } from '../runtime/event-log.ts';

/** An event of the journal that a rule waits for, checked. */
export interface EventPattern {
  readonly kind: EventLogEntry['kind'];
  readonly deviceIDs: ReadonlySet<number> | undefined;
  readonly status: number | undefined;
  readonly what: string | undefined;
}

const keys = {
  kind: oneOf('status', 'added', 'removed', 'device', 'gateway'),
  deviceIDs: optional(devices),
  status: optional(deviceStatus),
  what: optional(text),
};

/** Reads what a rule waits for. @throws RangeError naming the key */
export function awaitedEvent(value: unknown, context: ReadContext): EventPattern | undefined {
  if (value === undefined) return undefined;
  const { kind, deviceIDs, status, what } = readKeys(value, { keys, what: 'an event' }, context);
  const { place } = context;
  if (status !== undefined && kind !== 'status') throw new RangeError(`${place}: "status" belongs to kind status`);
  if (what !== undefined && kind !== 'device' && kind !== 'gateway') {
    throw new RangeError(`${place}: "what" belongs to kind device or gateway`);
  }
  if (deviceIDs && kind === 'gateway') throw new RangeError(`${place}: "deviceIDs": kind gateway is of no device`);
  return { kind, deviceIDs: deviceIDs && new Set(deviceIDs), status, what };
}

/** Whether this is what was waited for. */
export function isAwaited({ kind, deviceIDs, status, what }: EventPattern, entry: EventLogEntry): boolean {
  if (entry.kind !== kind) return false;
  if (deviceIDs && !('deviceID' in entry && deviceIDs.has(entry.deviceID))) return false;
  if (status !== undefined && !('status' in entry && entry.status === status)) return false;
  return what === undefined || ('what' in entry && entry.what === what);
}
