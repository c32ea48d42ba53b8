import { describe, expect, test } from 'vitest';
import { manualClock } from '../../../src/emulator/index.ts';
import { DownTracker, type DownTrackerOptions } from '../../../src/gateway/subscription/down-tracker.ts';
import type { Alarm, SubscriptionEvent } from '../../../src/gateway/subscription/event.ts';
import { added, change, lost, removed, resumed, snapshot, synced } from '../../support/subscription-events.ts';

const startMs = 1_000_000;
const downForMs = 120_000;

/** A tracker on a clock that is moved by hand, and what it has told: each alarm with its time since the start. */
function tracked(options: Partial<DownTrackerOptions> = {}) {
  const clock = manualClock(startMs);
  const told: (Alarm & { atMs: number })[] = [];
  const tracker = new DownTracker({
    time: { now: clock.now, after: clock.after, random: () => 0 },
    ...{ downForMs, tell: (alarm) => told.push({ ...alarm, atMs: clock.now() - startMs }) },
    ...options,
  });
  const tell = (...events: SubscriptionEvent[]) => {
    for (const event of events) tracker.told(event);
  };
  const inShort = () => told.map(({ event, deviceID, atMs }) => `${event} ${deviceID} at ${atMs / 1000} s`);
  return { clock, tracker, tell, told, inShort };
}

describe('an outage', () => {
  test('is told once it has lasted, and its end with how long it was', () => {
    const { clock, tell, told } = tracked();
    tell(snapshot(1, 'TCP_CONNECTED'), synced);
    clock.advance(10_000);
    tell(change(1, 'TCP_CONNECTED', 'DISCONNECTED'));
    clock.advance(downForMs - 1);
    expect(told).toEqual([]);
    clock.advance(60_001);
    tell(change(1, 'DISCONNECTED', 'TLS_CONNECTED'));
    const downSinceMs = startMs + 10_000;
    expect(told).toEqual([
      { event: 'down', deviceID: 1, to: 'DISCONNECTED', connected: false, downSinceMs, atMs: 130_000 },
      {
        ...{ event: 'up', deviceID: 1, to: 'TLS_CONNECTED', connected: true, downSinceMs },
        ...{ downForMs: 180_000, atMs: 190_000 },
      },
    ]);
  });

  test('that is over in time is not told, nor is its end', () => {
    const { clock, tell, told } = tracked();
    tell(snapshot(1, 'TCP_CONNECTED'), synced, change(1, null, 'DISCONNECTED'));
    clock.advance(downForMs - 1);
    tell(change(1, null, 'TCP_CONNECTED'));
    clock.advance(downForMs * 2);
    expect(told).toEqual([]);
  });

  test('goes on through each flavour of not connected, and out of the list and back', () => {
    const { clock, tell, inShort, told } = tracked();
    tell(snapshot(1, 'TCP_CONNECTED'), synced);
    tell(change(1, null, 'DISCONNECTED'));
    for (const event of [
      change(1, null, 'TRY_TO_CONNECT'),
      change(1, null, 'TCP_CANNOT_CONNECT'),
      removed(1, 'TCP_CANNOT_CONNECT'),
      added(1, 'DISCONNECTED'),
      change(1, null, 'TRY_TO_CONNECT'),
    ]) {
      clock.advance(50_000);
      tell(event);
    }
    tell(change(1, null, 'TCP_CONNECTED'));
    expect(inShort()).toEqual(['down 1 at 120 s', 'up 1 at 250 s']);
    expect(told[0]).toMatchObject({ to: 'TCP_CANNOT_CONNECT', downSinceMs: startMs });
  });

  test('that there was at the start is counted from there', () => {
    const { clock, tell, inShort } = tracked();
    clock.advance(5000);
    tell(snapshot(1, 'TCP_CANNOT_CONNECT'), synced);
    clock.advance(downForMs);
    expect(inShort()).toEqual(['down 1 at 125 s']);
  });

  test('is told once of each device of a fleet that flaps, and not of those that come back in time', () => {
    const { clock, tell, inShort } = tracked();
    const ids = Array.from({ length: 50 }, (_, index) => index + 1);
    tell(...ids.map((id) => snapshot(id, 'TLS_CONNECTED')), synced);
    // Device 1 is down for good, all others for a minute in each of two.
    const inMinute = (minute: number, id: number) => {
      const isDown = id === 1 || minute % 2 === 0;
      return change(id, null, isDown ? 'TRY_TO_CONNECT' : 'TLS_CONNECTED');
    };
    for (let minute = 0; minute < 20; minute++) {
      tell(...ids.map((id) => inMinute(minute, id)));
      clock.advance(60_000);
    }
    expect(inShort()).toEqual(['down 1 at 120 s']);
  });
});

describe('an expected device', () => {
  test('that is not in the list is down, until it is there and connected', () => {
    const { clock, tell, told, inShort } = tracked({ expected: [1, 7] });
    tell(snapshot(1, 'TCP_CONNECTED'), synced);
    clock.advance(downForMs);
    expect(told).toMatchObject([{ event: 'down', deviceID: 7, to: null }]);
    clock.advance(1000);
    tell(added(7, 'DISCONNECTED'));
    clock.advance(1000);
    tell(change(7, 'DISCONNECTED', 'TCP_CONNECTED'));
    expect(inShort()).toEqual(['down 7 at 120 s', 'up 7 at 122 s']);
  });

  test('that is there is not', () => {
    const { clock, tell, told } = tracked({ expected: [1] });
    tell(snapshot(1, 'TCP_CONNECTED'), synced);
    clock.advance(downForMs * 2);
    expect(told).toEqual([]);
  });
});

describe('while the gateway is lost', () => {
  test('nothing is told; what is due is told when it is back and nothing has changed', () => {
    const { clock, tell, inShort, told } = tracked();
    tell(snapshot(1, 'DISCONNECTED'), snapshot(2, 'DISCONNECTED'), synced);
    clock.advance(60_000);
    tell(lost());
    clock.advance(240_000);
    expect(told).toEqual([]);
    tell(resumed, change(2, 'DISCONNECTED', 'TCP_CONNECTED'));
    expect(told).toEqual([]);
    tell(synced);
    expect(inShort()).toEqual(['down 1 at 300 s']);
    expect(told[0]).toMatchObject({ downSinceMs: startMs });
  });

  test('what went down within it is counted from when it was found', () => {
    const { clock, tell, inShort } = tracked();
    tell(snapshot(1, 'TCP_CONNECTED'), synced, lost());
    clock.advance(240_000);
    tell(resumed, change(1, 'TCP_CONNECTED', 'DISCONNECTED'), synced);
    clock.advance(downForMs);
    expect(inShort()).toEqual(['down 1 at 360 s']);
  });
});

describe('the outages of an earlier run', () => {
  const outages = [
    { deviceID: 1, downSinceMs: startMs - 100_000, isTold: false },
    { deviceID: 2, downSinceMs: startMs - 900_000, isTold: true },
    { deviceID: 3, downSinceMs: startMs - 900_000, isTold: true },
  ];

  test('go on: what was told is not told again, what was not is counted from its own beginning', () => {
    const { clock, tell, inShort, told } = tracked({ outages });
    tell(snapshot(1, 'DISCONNECTED'), snapshot(2, 'DISCONNECTED'), snapshot(3, 'TCP_CONNECTED'), synced);
    expect(told).toMatchObject([{ event: 'up', deviceID: 3, downForMs: 900_000 }]);
    clock.advance(20_000);
    tell(change(2, null, 'TCP_CONNECTED'));
    expect(inShort()).toEqual(['up 3 at 0 s', 'down 1 at 20 s', 'up 2 at 20 s']);
  });

  test('are what the next one takes over', () => {
    const { clock, tell, tracker } = tracked();
    tell(snapshot(1, 'DISCONNECTED'), snapshot(2, 'TCP_CONNECTED'), synced);
    clock.advance(downForMs);
    tell(change(2, null, 'DISCONNECTED'));
    expect(tracker.outages).toEqual([
      { deviceID: 1, downSinceMs: startMs, isTold: true },
      { deviceID: 2, downSinceMs: startMs + downForMs, isTold: false },
    ]);
  });

  test('are not lost on a run that never saw the gateway', () => {
    expect(tracked({ outages }).tracker.outages).toEqual(outages);
  });
});

test('once stopped nothing is told', () => {
  const { clock, tell, tracker, told } = tracked();
  tell(snapshot(1, 'DISCONNECTED'), synced);
  tracker.stop();
  clock.advance(downForMs * 2);
  expect(told).toEqual([]);
});
