import { expect, test } from 'vitest';
import { manualClock } from '../../../src/emulator/index.ts';
import { Tally } from '../../../src/gateway/subscription/tally.ts';
import { added, change, lost, removed, resumed, snapshot, synced } from '../../support/subscription-events.ts';

/** A tally on a clock that is moved by hand. */
function tallied() {
  const clock = manualClock(0);
  return { clock, tally: new Tally({ now: clock.now, after: clock.after, random: () => 0 }) };
}

test('counts changes, the time in each status, and the longest time without a connection', () => {
  const { clock, tally } = tallied();
  tally.told(snapshot(2, 'TCP_CONNECTED'));
  tally.told(snapshot(1, 'DISCONNECTED'));
  tally.told(synced);
  clock.advance(100);
  tally.told(change(1, 'DISCONNECTED', 'TRY_TO_CONNECT'));
  clock.advance(50);
  tally.told(change(1, 'TRY_TO_CONNECT', 'TLS_CONNECTED'));
  clock.advance(10);
  tally.told(change(1, 'TLS_CONNECTED', 'DISCONNECTED'));
  clock.advance(5);
  expect(tally.devices).toEqual([
    {
      ...{ deviceID: 1, changes: 3, longestOutageMs: 150 },
      msInStatus: { DISCONNECTED: 105, TRY_TO_CONNECT: 50, TLS_CONNECTED: 10 },
    },
    { deviceID: 2, changes: 0, msInStatus: { TCP_CONNECTED: 165 }, longestOutageMs: 0 },
  ]);
});

test('what is not seen is not taken for an outage', () => {
  const { clock, tally } = tallied();
  tally.told(snapshot(1, 'DISCONNECTED'));
  clock.advance(10);
  tally.told(lost());
  clock.advance(1000);
  tally.told(resumed);
  clock.advance(20);
  expect(tally.devices).toEqual([
    { deviceID: 1, changes: 0, msInStatus: { DISCONNECTED: 30, UNKNOWN: 1000 }, longestOutageMs: 20 },
  ]);
});

test('a device out of the list is without a connection, and no change', () => {
  const { clock, tally } = tallied();
  tally.told(snapshot(1, 'TCP_CONNECTED'));
  tally.told(removed(1, 'TCP_CONNECTED'));
  clock.advance(7);
  tally.told(added(1, 'TCP_CONNECTED'));
  expect(tally.devices).toMatchObject([{ changes: 0, msInStatus: { NOT_MANAGED: 7 }, longestOutageMs: 7 }]);
});
