import { Status } from '../../gen/connect_pb.ts';
import { namesOf } from '../input/enum-name.ts';
import { count, deviceStatus, devices, flag, optional, type Values } from '../input/validators.ts';
import type { Emulator } from '../runtime/emulator.ts';
import type { GatewayView } from '../runtime/gateway-view.ts';
import { callDifference, expectedCalls } from './expected-calls.ts';

/** What a step may expect; what is left out may be as it likes. */
export const conditionKeys = {
  deviceIDs: optional(devices),
  status: optional(deviceStatus),
  connected: optional(flag),
  managed: optional(flag),
  accepted: optional(flag),
  connectedCount: optional(count(0)),
  allowAll: optional(flag),
  calls: optional(expectedCalls),
};

/** What is expected. */
export type Conditions = Values<typeof conditionKeys>;

const singleKeys = ['status', 'connected', 'managed', 'accepted'] as const;

/** Why nobody could say whether these hold; undefined if they make sense. */
export function flawOf(conditions: Conditions): string | undefined {
  const given = Object.entries(conditions).filter(([key, value]) => key !== 'deviceIDs' && value !== undefined);
  if (given.length === 0) return `expected one of ${Object.keys(conditionKeys).slice(1).join(', ')}`;
  const single = singleKeys.find((key) => conditions[key] !== undefined);
  return single && !conditions.deviceIDs ? `"${single}" needs "deviceIDs"` : undefined;
}

/** Something that is otherwise than expected, for messages: `846 TCP_CONNECTED`, `it is DISCONNECTED`. */
export interface Difference {
  readonly wanted: string;
  readonly found: string;
}

/** Where it is looked. */
export type Views = Pick<Emulator, 'gateway' | 'calls'>;

/** What is otherwise than expected. */
export function differences(conditions: Conditions, { gateway, calls: log }: Views): Difference[] {
  const { deviceIDs = [], calls } = conditions;
  const ofDevices = deviceIDs.map((deviceID) => deviceDifference(conditions, deviceID, gateway));
  const others = [connectedDifference(conditions, gateway), filterDifference(conditions, gateway)];
  return [...ofDevices, ...others, calls && callDifference(calls, log)].filter((one) => one !== undefined);
}

function connectedDifference({ deviceIDs, connectedCount }: Conditions, gateway: GatewayView): Difference | undefined {
  if (connectedCount === undefined) return undefined;
  const among = deviceIDs && new Set(deviceIDs);
  const connected = gateway.managed().filter((one) => one.isConnected && (among?.has(one.deviceID) ?? true)).length;
  return connected === connectedCount
    ? undefined
    : { wanted: `${connectedCount} connected`, found: `it is ${connected}` };
}

function filterDifference({ allowAll }: Conditions, { allowsAll }: GatewayView): Difference | undefined {
  if (allowAll === undefined || allowAll === allowsAll) return undefined;
  const [open, listed] = ['a filter for everybody', 'one for those listed'];
  return allowAll ? { wanted: open, found: `it is ${listed}` } : { wanted: listed, found: `it is ${open}` };
}

/** Something that can be expected of a device: how it is, and how either is said. */
interface Fact {
  readonly key: (typeof singleKeys)[number];
  readonly of: (gateway: GatewayView, deviceID: number) => number | boolean | undefined;
  readonly say: (value: number | boolean) => string;
}

const isOrNot = (what: string) => (value: number | boolean) => (value ? what : `not ${what}`);

const statusName = namesOf(Status, 'STATUS');

const facts: readonly Fact[] = [
  {
    key: 'status',
    of: (gateway, deviceID) => gateway.managedDevice(deviceID)?.status,
    say: (value) => statusName(Number(value)),
  },
  {
    key: 'connected',
    of: (gateway, deviceID) => gateway.managedDevice(deviceID)?.isConnected === true,
    say: isOrNot('connected'),
  },
  {
    key: 'managed',
    of: (gateway, deviceID) => gateway.managedDevice(deviceID) !== undefined,
    say: isOrNot('managed'),
  },
  {
    key: 'accepted',
    of: (gateway, deviceID) => gateway.accepts(deviceID),
    say: isOrNot('accepted by the filter'),
  },
];

function deviceDifference(conditions: Conditions, deviceID: number, gateway: GatewayView): Difference | undefined {
  for (const { key, of, say } of facts) {
    const wanted = conditions[key];
    if (wanted === undefined || of(gateway, deviceID) === wanted) continue;
    const entry = gateway.managedDevice(deviceID);
    const status = entry ? statusName(entry.status) : 'not managed';
    return { wanted: `${deviceID} ${say(wanted)}`, found: `it is ${key === 'accepted' ? say(!wanted) : status}` };
  }
  return undefined;
}
