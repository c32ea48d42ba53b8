import { describe, expect, test } from 'vitest';
import { createRowPrinter } from '../../../src/cli/output/row-printer.ts';
import { type End, toRow, watchShape } from '../../../src/commands/watch/rows.ts';
import type { QueuedEvent } from '../../../src/gateway/subscription/event-queue.ts';
import type { OutputFormat } from '../../../src/render/index.ts';
import { added, change, lost, removed, resumed, snapshot, synced } from '../../support/subscription-events.ts';

const atMs = Date.UTC(2026, 10, 22, 9, 0, 5);
const downSinceMs = atMs - 125_000;
const context = { profile: null, gateway: 'gw1:4000' };

/** How an event is printed in a format. */
async function printed(format: OutputFormat, event: QueuedEvent | End, fields?: string): Promise<string> {
  const toText = await createRowPrinter(watchShape, { format, isChosen: true, fields, hasHeader: true });
  return [...toText([toRow({ ...event, atMs }, context)])].join('');
}

const told = change(1, 'TCP_CONNECTED', 'DISCONNECTED', atMs / 1000 - 4);
const found = { ...told, timestamp: null, synthetic: true };
const down: QueuedEvent = { event: 'down', deviceID: 1, to: 'DISCONNECTED', connected: false, downSinceMs };
const up: QueuedEvent = {
  ...{ event: 'up', deviceID: 1, to: 'TCP_CONNECTED', connected: true, downSinceMs, downForMs: 125_000 },
};
const tally = { deviceID: 1, changes: 2, msInStatus: { TCP_CONNECTED: 60_000, UNKNOWN: 1500 }, longestOutageMs: 0 };
const emptied: QueuedEvent = {
  ...{ event: 'resumed', gapMs: 90_000, attempt: 3, managedBefore: 2, managedAfter: 0, emptied: true },
};

describe('for people', () => {
  test.each<[string, QueuedEvent | End]>([
    ['2026-11-22T09:00:01Z [DISCONNECTED] Device 1', told],
    ['2026-11-22T09:00:05Z [DISCONNECTED] Device 1 (found by listing)', found],
    ['2026-11-22T09:00:05Z [TCP_CONNECTED] Device 1', snapshot(1, 'TCP_CONNECTED')],
    ['2026-11-22T09:00:05Z [TCP_CONNECTED] Device 1 (found by listing)', added(1, 'TCP_CONNECTED')],
    ['2026-11-22T09:00:05Z [NOT_MANAGED] Device 1 (found by listing)', removed(1, 'TCP_CONNECTED')],
    ['2026-11-22T09:00:05Z synced: 1 devices managed', synced],
    [
      '2026-11-22T09:00:05Z lost: the gateway ended the stream; last heard at 2026-11-22T09:00:04.000Z',
      lost(atMs - 1000),
    ],
    ['2026-11-22T09:00:05Z resumed after 1s, at attempt 1: 1 devices managed before, 1 now', resumed],
    [
      '2026-11-22T09:00:05Z resumed after 90s, at attempt 3: 2 devices managed before, 0 now; the gateway came back empty',
      emptied,
    ],
    [
      '2026-11-22T09:00:05Z merged: 7 changes since 2026-11-22T09:00:05.000Z were too many to be told one by one',
      { event: 'merged', changes: 7, sinceMs: atMs },
    ],
    ['2026-11-22T09:00:05Z down: Device 1 since 2026-11-22T08:58:00.000Z (DISCONNECTED)', down],
    ['2026-11-22T09:00:05Z down: Device 1 since 2026-11-22T08:58:00.000Z (not managed)', { ...down, to: null }],
    ['2026-11-22T09:00:05Z up: Device 1 after 125s (TCP_CONNECTED)', up],
    ['2026-11-22T09:00:05Z heartbeat: all is told', { event: 'heartbeat', lost: false }],
    ['2026-11-22T09:00:05Z heartbeat: the gateway is lost', { event: 'heartbeat', lost: true }],
    [
      '2026-11-22T09:00:05Z end: duration, 3 changes',
      { event: 'end', reason: 'duration', changes: 3, devices: undefined },
    ],
    [
      '2026-11-22T09:00:05Z end: SIGINT, 3 changes; 1 2 changes, TCP_CONNECTED 1m, UNKNOWN 1500ms, longest outage 0ms',
      { event: 'end', reason: 'SIGINT', changes: 3, devices: [tally] },
    ],
  ])('%s', async (line, event) => {
    expect(await printed('table', event)).toBe(`${line}\n`);
  });

  test('what a gateway says cannot move the cursor', async () => {
    expect(await printed('table', { event: 'lost', reason: 'so \u001b[2J', sinceMs: atMs })).not.toContain('\u001b');
  });
});

describe('as ndjson', () => {
  const time = '2026-11-22T09:00:05.000Z';

  test.each<[string, QueuedEvent | End, object]>([
    [
      'a change with the time of the gateway, and ours',
      told,
      {
        ...{ deviceID: 1, from: 'TCP_CONNECTED', to: 'DISCONNECTED', connected: false },
        ...{ timestamp: atMs / 1000 - 4, timestampTime: '2026-11-22T09:00:01.000Z', synthetic: false },
      },
    ],
    [
      'a change that was found, without a time of the gateway',
      found,
      { timestamp: null, timestampTime: null, synthetic: true },
    ],
    [
      'a device with its entry',
      snapshot(1, 'TCP_CONNECTED'),
      { deviceID: 1, to: 'TCP_CONNECTED', IPAddr: '10.0.0.1', port: 51_211 },
    ],
    ['a device that is gone', removed(1, 'TCP_CONNECTED'), { deviceID: 1, from: 'TCP_CONNECTED', connected: false }],
    ['synced', synced, { managed: 1 }],
    ['lost', lost(atMs), { reason: 'the gateway ended the stream', since: time }],
    ['resumed', emptied, { gapMs: 90_000, attempt: 3, managedBefore: 2, managedAfter: 0, emptied: true }],
    ['merged', { event: 'merged', changes: 7, sinceMs: atMs }, { changes: 7, since: time }],
    ['down', { ...down, to: null }, { deviceID: 1, to: null, connected: false, downSince: '2026-11-22T08:58:00.000Z' }],
    ['up', up, { deviceID: 1, to: 'TCP_CONNECTED', downSince: '2026-11-22T08:58:00.000Z', downForMs: 125_000 }],
    ['heartbeat', { event: 'heartbeat', lost: true }, { lost: true }],
    [
      'end',
      { event: 'end', reason: 'count', changes: 3, devices: [tally] },
      { reason: 'count', changes: 3, devices: [tally] },
    ],
  ])('%s', async (_, event, fields) => {
    const text = await printed('ndjson', event);
    expect(text).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(text)).toMatchObject({ event: event.event, time, ...fields, ...context });
  });

  test('the entry of a device has the status that it is taken to have, whatever the list said', async () => {
    const device = { ...snapshot(1, 'DISCONNECTED'), to: 'TLS_CONNECTED', connected: true };
    expect(JSON.parse(await printed('ndjson', device))).toMatchObject({ status: 'TLS_CONNECTED', connected: true });
  });

  test('each field is one that --fields knows', async () => {
    const events = [told, snapshot(1, 'DISCONNECTED'), removed(1, 'X'), synced, lost(), resumed, down, up];
    for (const event of events) {
      const keys = Object.keys(JSON.parse(await printed('ndjson', event)));
      expect(keys.filter((key) => !watchShape.fields.includes(key))).toEqual([]);
    }
  });
});

describe('as tsv', () => {
  test('every event has the same columns, below one header', async () => {
    const toText = await createRowPrinter(watchShape, {
      format: 'tsv',
      isChosen: true,
      fields: undefined,
      hasHeader: true,
    });
    const events = [snapshot(1, 'TCP_CONNECTED'), synced, told, lost(), resumed, down, up];
    const text = events.flatMap((event) => [...toText([toRow({ ...event, atMs }, context)])]).join('');
    const [header, ...lines] = text.trimEnd().split('\n');
    expect(header?.split('\t')).toEqual([...watchShape.fields]);
    expect(lines.map((line) => line.split('\t').length)).toEqual(events.map(() => watchShape.fields.length));
  });

  test('--fields takes some of them', async () => {
    expect(await printed('tsv', told, 'deviceID,to')).toBe('deviceID\tto\n1\tDISCONNECTED\n');
    expect(await printed('table', told, 'deviceID,to')).toBe('1\tDISCONNECTED\n');
  });
});
