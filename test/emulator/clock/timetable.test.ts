import { expect, test } from 'vitest';
import { Timetable } from '../../../src/emulator/clock/timetable.ts';
import { manualClock } from '../../../src/emulator/index.ts';

function setUp() {
  const clock = manualClock(0);
  const ran: [number, number][] = [];
  const timetable = new Timetable(clock);
  const note = (deviceID: number) => void ran.push([deviceID, clock.now()]);
  return { clock, ran, timetable, note };
}

test('each device has one event at most: the last one set', () => {
  const { clock, ran, timetable, note } = setUp();
  timetable.set(846, 10, note);
  timetable.set(847, 10, note);
  timetable.set(846, 20, note);
  clock.advance(100);
  expect(ran).toEqual([
    [847, 10],
    [846, 20],
  ]);
});

test('an event can set the next one of its device', () => {
  const { clock, ran, timetable, note } = setUp();
  const again = (deviceID: number) => {
    note(deviceID);
    timetable.set(deviceID, 30, again);
  };
  timetable.set(846, 0, again);
  clock.advance(60);
  expect(ran.map(([, atMs]) => atMs)).toEqual([0, 30, 60]);
});

test('what is cleared does not run, and the others do', () => {
  const { clock, ran, timetable, note } = setUp();
  timetable.set(846, 10, note);
  timetable.set(847, 10, note);
  timetable.clear(846);
  timetable.clear(1);
  clock.advance(10);
  expect(ran).toEqual([[847, 10]]);
});

test('a closed timetable runs nothing and takes nothing', () => {
  const { clock, ran, timetable, note } = setUp();
  timetable.set(846, 10, note);
  timetable.close();
  timetable.set(847, 10, note);
  clock.advance(10);
  expect(ran).toEqual([]);
});
