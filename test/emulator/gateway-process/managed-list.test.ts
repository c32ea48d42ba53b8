import { expect, test } from 'vitest';
import { ManagedList } from '../../../src/emulator/gateway-process/managed-list.ts';
import { type StatusEvent, StatusFeed } from '../../../src/emulator/gateway-process/status-feed.ts';
import { manualClock } from '../../../src/emulator/index.ts';
import { Status } from '../../../src/gen/connect_pb.ts';
import { startUnixMs } from '../support/visit.ts';

const door = { deviceID: 846, type: 18, connectionMode: 0, IPAddr: '192.168.0.117', port: 51211, useSSL: false };
const sync = { ...door, autoReconnect: false };
const async = { ...door, autoReconnect: true };

function setUp() {
  const events: [number, number][] = [];
  const feed = new StatusFeed();
  feed.publish = ({ deviceID, status }: StatusEvent) => void events.push([deviceID, status]);
  const clock = manualClock(startUnixMs);
  return { events, list: new ManagedList({ feed, clock }) };
}

test('an entry comes without a session and without an event', () => {
  const { events, list } = setUp();
  list.add(async);
  expect(list.all()).toEqual([{ ...async, isConnected: false, status: Status.DISCONNECTED }]);
  expect(events).toEqual([]);
});

test('F10 each change of status is one event, no change is none', () => {
  const { events, list } = setUp();
  list.add(async);
  list.disconnected(846);
  list.connected(door, Status.TCP_CONNECTED);
  list.connected(door, Status.TCP_CONNECTED);
  list.disconnected(846);
  expect(events).toEqual([
    [846, Status.TCP_CONNECTED],
    [846, Status.DISCONNECTED],
  ]);
});

test('F32 a synchronous entry leaves the list with its session', () => {
  const { list } = setUp();
  list.add(sync);
  list.connected(door, Status.TCP_CONNECTED);
  list.disconnected(846);
  expect(list.all()).toEqual([]);
});

test('F33 an asynchronous entry stays in the list without its session', () => {
  const { list } = setUp();
  list.add(async);
  list.connected(door, Status.TLS_CONNECTED);
  list.disconnected(846);
  expect(list.get(846)).toMatchObject({ isConnected: false, status: Status.DISCONNECTED, autoReconnect: true });
});

test('F31 an asynchronous entry that is added again stays what it is, and is no duplicate', () => {
  const { list } = setUp();
  list.add(async);
  list.add(sync);
  expect(list.all()).toHaveLength(1);
  expect(list.get(846)?.autoReconnect).toBe(true);
});

test('a device that is not in the list has no status to change', () => {
  const { events, list } = setUp();
  list.connected({ ...door, deviceID: 1 }, Status.TCP_CONNECTED);
  expect(list.all()).toEqual([]);
  expect(events).toEqual([]);
});
