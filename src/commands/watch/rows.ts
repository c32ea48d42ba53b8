import { formatDuration } from '../../base/duration.ts';
import type { StreamShape } from '../../cli/output/row-printer.ts';
import type { DeviceChanged } from '../../gateway/subscription/event.ts';
import type { DeliveredEvent, QueuedEvent } from '../../gateway/subscription/event-queue.ts';
import type { DeviceTally } from '../../gateway/subscription/tally.ts';
import { objectType } from '../../render/field-types.ts';
import type { Row } from '../../render/view.ts';

/** Why a watch ended, and what it saw. */
export interface End {
  event: 'end';
  /** The bound that was met, the signal that came, or `failed`. */
  reason: string;
  /** How many changes were printed. */
  changes: number;
  /** What each device went through, if that was asked for. */
  devices: DeviceTally[] | undefined;
}

/** An event as data: its fields, times also in RFC 3339, and where it is from. */
export function toRow(told: DeliveredEvent<QueuedEvent | End>, context: Row): Row {
  return told.event === 'change' ? changeRow(told, context) : otherRow(told, context);
}

/** Written out, as there may be tens of thousands in a second: objects made of the rest of others are slow. */
function changeRow(told: DeliveredEvent<DeviceChanged>, context: Row): Row {
  const { event, atMs, deviceID, from, to, connected, timestamp, synthetic } = told;
  const timestampTime = timestamp === null ? null : secondText(timestamp * 1000);
  return {
    event,
    time: nowText(atMs),
    deviceID,
    from,
    to,
    connected,
    timestamp,
    timestampTime,
    synthetic,
    ...context,
  };
}

function otherRow({ atMs, ...event }: DeliveredEvent<Exclude<QueuedEvent, DeviceChanged> | End>, context: Row): Row {
  const { event: kind, ...others } = event;
  const told = { event: kind, time: instant(atMs) };
  const { device, ...own } = others as Record<string, Row[string] | undefined>;
  const entry = device && 'to' in event ? { ...(device as Row), status: event.to, connected: event.connected } : {};
  const cells = Object.entries(own).filter(([, value]) => value !== undefined);
  return { ...told, ...Object.fromEntries(cells.map(withTime)), ...entry, ...context } as Row;
}

/** Times of our own are told as times. */
const withTime = ([name, value]: [string, unknown]) =>
  /since(?=Ms$)/i.test(name) ? [name.slice(0, -2), instant(value as number)] : [name, value];

const instant = (ms: number) => new Date(ms).toISOString();

/** The same for times of which many in a row are equal. */
function remembered(): (ms: number) => string {
  let last = Number.NaN;
  let text = '';
  return (ms) => {
    if (ms !== last) {
      text = instant(ms);
      last = ms;
    }
    return text;
  };
}
const nowText = remembered();
const secondText = remembered();

const fields = [
  ...['event', 'time', 'deviceID', 'from', 'to', 'connected', 'timestamp', 'timestampTime', 'synthetic'],
  ...['type', 'connectionMode', 'IPAddr', 'port', 'autoReconnect', 'useSSL', 'status', 'managed', 'reason', 'since'],
  ...['gapMs', 'attempt', 'managedBefore', 'managedAfter', 'emptied', 'changes', 'downSince', 'downForMs', 'lost'],
  ...['devices', 'profile', 'gateway'],
];

const count = { type: 'integer' } as const;
const tallyType = objectType({
  ...{ deviceID: count, changes: count, longestOutageMs: { type: 'number' } },
  msInStatus: { type: 'object', additionalProperties: { type: 'number' } },
});

/** What the lines of a watch look like. */
export const watchShape: StreamShape = {
  isRead: true,
  documentKind: 'lines',
  always: ['event', 'time', 'profile', 'gateway'],
  nullable: ['from', 'to', 'timestamp', 'timestampTime', 'status', 'gateway'],
  types: { devices: { type: 'array', items: tallyType } },
  fields,
  columns: fields.map((field) => ({ field, header: field })),
  line,
};

/** The same of several gateways: for people, too, each line tells the profile. */
export const severalWatchShape: StreamShape = { ...watchShape, line: (row) => `${row.profile}: ${line(row)}` };

/** A row for people: what became of which device, as the vendor's tutorial prints it, or a sentence. */
function line(row: Row): string {
  const time = `${String(row.timestampTime ?? row.time).slice(0, 19)}Z`;
  const found = row.synthetic === true ? ' (found by listing)' : '';
  const device = `Device ${row.deviceID}`;
  const sentence = sentences[String(row.event)]?.(row);
  return sentence === undefined ? `${time} [${row.to}] ${device}${found}` : `${time} ${sentence}`;
}

const sentences: Readonly<Record<string, (row: Row) => string>> = {
  removed: ({ deviceID }) => `[NOT_MANAGED] Device ${deviceID} (found by listing)`,
  synced: ({ managed }) => `synced: ${managed} devices managed`,
  lost: ({ reason, since }) => `lost: ${reason}; last heard at ${since}`,
  resumed: ({ gapMs, attempt, managedBefore, managedAfter, emptied }) =>
    `resumed after ${formatDuration(Number(gapMs))}, at attempt ${attempt}: ${managedBefore} devices managed before, ` +
    `${managedAfter} now${emptied ? '; the gateway came back empty' : ''}`,
  merged: ({ changes, since }) => `merged: ${changes} changes since ${since} were too many to be told one by one`,
  down: ({ deviceID, to, downSince }) => `down: Device ${deviceID} since ${downSince} (${to ?? 'not managed'})`,
  up: ({ deviceID, to, downForMs }) =>
    `up: Device ${deviceID} after ${formatDuration(Number(downForMs))} (${to ?? 'not managed'})`,
  heartbeat: ({ lost }) => `heartbeat: ${lost ? 'the gateway is lost' : 'all is told'}`,
  end: ({ reason, changes, devices }) => `end: ${reason}, ${changes} changes${tallies(devices)}`,
};

function tallies(devices: Row[string] | undefined): string {
  if (!Array.isArray(devices)) return '';
  // Rows are JSON, whose types do not tell that these are the tallies that toRow put there.
  const each = (devices as unknown as DeviceTally[]).map(({ deviceID, changes, msInStatus, longestOutageMs }) => {
    const times = Object.entries(msInStatus).map(([status, ms]) => `${status} ${formatDuration(Math.round(ms))}`);
    return `${deviceID} ${changes} changes, ${times.join(', ')}, longest outage ${formatDuration(Math.round(longestOutageMs))}`;
  });
  return each.map((text) => `; ${text}`).join('');
}
