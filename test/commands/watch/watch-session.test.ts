import { setFlagsFromString } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { WatchGroup } from '../../../src/commands/watch/watch-group.ts';
import { Watching, type WatchParts } from '../../../src/commands/watch/watch-session.ts';
import { manualClock } from '../../../src/emulator/index.ts';
import { usageError } from '../../../src/errors/gsdk-error.ts';
import type { KnownDevice } from '../../../src/gateway/subscription/device-view.ts';
import { DownTracker } from '../../../src/gateway/subscription/down-tracker.ts';
import type { SubscriptionEvent } from '../../../src/gateway/subscription/event.ts';
import type { DeliveredEvent, QueuedEvent } from '../../../src/gateway/subscription/event-queue.ts';
import { Tally } from '../../../src/gateway/subscription/tally.ts';
import type { Row } from '../../../src/render/view.ts';
import { change, lost, removed, resumed, snapshot, synced } from '../../support/subscription-events.ts';

const [up, down] = ['TCP_CONNECTED', 'DISCONNECTED'] as const;

/** A watch on a clock that is moved by hand, whose subscription knows `devices`. */
function watching(parts: Partial<WatchParts> = {}) {
  const clock = manualClock(1_700_000_000_000);
  const time = { now: clock.now, after: clock.after, random: () => 0 };
  const devices = new Map<number, KnownDevice>();
  const handled: DeliveredEvent<QueuedEvent>[] = [];
  const subject = new Watching({
    ...{
      time,
      context: {},
      selection: {},
      bounds: {},
      group: new WatchGroup(),
      hasSnapshot: true,
      tracker: undefined,
      tally: undefined,
    },
    handlers: { push: (event) => void handled.push(event) },
    ...parts,
  });
  const tell = (...events: SubscriptionEvent[]) => {
    for (const event of events) {
      if ('to' in event)
        devices.set(event.deviceID, { status: event.to, connected: event.connected, device: undefined });
      if (event.event === 'removed') devices.delete(event.deviceID);
      subject.told(event, { devices });
    }
  };
  /** Reads all there is; each element is what was printed at once. */
  const read = async () => {
    const printed: (readonly Row[])[] = [];
    await subject.print(async (rows) => {
      printed.push(rows);
      return true;
    });
    return printed;
  };
  const inShort = (printed: readonly (readonly Row[])[]) =>
    printed.map((rows) => rows.map(({ event, deviceID, to }) => [event, deviceID, to].filter(Boolean).join(' ')));
  return { clock, time, subject, tell, read, inShort, handled };
}

describe('what is told', () => {
  test('is printed with what else came in the same turn, and the last word apart', async () => {
    const { subject, tell, read, inShort } = watching();
    const printed = read();
    tell(snapshot(1, up), synced);
    await new Promise(setImmediate);
    tell(change(1, up, down), change(1, down, up));
    await new Promise(setImmediate);
    subject.end('over');
    expect(inShort(await printed)).toEqual([
      [`snapshot 1 ${up}`, 'synced'],
      [`change 1 ${down}`, `change 1 ${up}`],
      ['end'],
    ]);
  });

  test('waits for a slow reader without being held up, and comes 512 lines at a time', async () => {
    const { subject, tell, read } = watching();
    for (let number = 0; number < 1100; number++) tell(change(1, null, number % 2 === 0 ? down : up));
    subject.end('over');
    expect((await read()).map(({ length }) => length)).toEqual([512, 512, 76, 1]);
  });

  test('is of the selected devices only, for the alarms and the counts, too', async () => {
    const clock = manualClock(0);
    const time = { now: clock.now, after: clock.after, random: () => 0 };
    const alarms: number[] = [];
    const tracker = new DownTracker({ time, downForMs: 1000, tell: ({ deviceID }) => alarms.push(deviceID) });
    const tally = new Tally(time);
    const { subject, tell, read, inShort } = watching({
      ...{ tracker, tally, selection: { deviceIDs: new Set([1]), statuses: new Set([up]) } },
    });
    tell(synced, change(1, up, down), change(2, up, down));
    clock.advance(1000);
    subject.end('over');
    // A status that is not printed counts all the same.
    expect({ alarms, printed: inShort(await read()) }).toEqual({ alarms: [1], printed: [['synced'], ['end']] });
    expect(tally.devices).toMatchObject([{ deviceID: 1, changes: 1 }]);
  });

  test('leaves out what there was at the start, if that is not wanted', async () => {
    const { subject, tell, read, inShort } = watching({ hasSnapshot: false });
    tell(snapshot(1, up), synced);
    subject.end('over');
    expect(inShort(await read())).toEqual([['synced'], ['end']]);
  });

  test('is laid out in memory in the same way each time: of a layout for each, a sleeping reader would pay ten times as much', () => {
    setFlagsFromString('--allow-natives-syntax');
    const haveSameLayout = new Function('one', 'other', 'return %HaveSameMap(one, other)');
    const { tell, handled } = watching();
    for (let number = 0; number < 4; number++) tell(change(number, up, down, 1_700_000_000 + number));
    expect(handled).toHaveLength(4);
    expect(handled.map((event) => haveSameLayout(event, handled[0]))).toEqual([true, true, true, true]);
  });
});

describe('it ends', () => {
  test('after so many changes, with all that was told before the last of them, and nothing more is handled', async () => {
    const { tell, read, inShort, handled } = watching({ group: new WatchGroup(2) });
    tell(synced, change(1, null, down), lost(), resumed, synced, change(1, null, up), change(1, null, down));
    const printed = (await read()).flat();
    expect(inShort([printed])).toEqual([
      ['synced', `change 1 ${down}`, 'lost', 'resumed', 'synced', `change 1 ${up}`, 'end'],
    ]);
    expect(printed.at(-1)).toMatchObject({ reason: 'count', changes: 2 });
    expect(handled.filter(({ event }) => event === 'change')).toHaveLength(2);
  });

  test('after its time, and forgets that time when it has ended before', async () => {
    const { clock, subject, read } = watching({ bounds: { durationMs: 5000 } });
    clock.advance(4999);
    expect(subject.signal.aborted).toBe(false);
    clock.advance(1);
    expect((await read()).flat()).toMatchObject([{ event: 'end', reason: 'duration' }]);
    const early = watching({ bounds: { durationMs: 5000 } });
    early.subject.end('SIGINT');
    early.clock.advance(5000);
    expect((await early.read()).flat()).toMatchObject([{ reason: 'SIGINT' }]);
  });

  test('of the first reason, and tells a failure after the last line', async () => {
    const { subject, tell } = watching();
    const failure = usageError('wrong', 'mend it');
    subject.end('failed', failure);
    subject.end('over');
    tell(change(1, up, down));
    const printed: Row[] = [];
    const print = async (rows: readonly Row[]) => {
      printed.push(...rows);
      return true;
    };
    await expect(subject.print(print)).rejects.toBe(failure);
    expect(printed).toMatchObject([{ event: 'end', reason: 'failed', changes: 0 }]);
  });

  test('without a word when nobody reads any more', async () => {
    const { subject, tell } = watching();
    tell(synced);
    let prints = 0;
    await subject.print(async () => {
      prints++;
      return false;
    });
    expect({ prints, reason: subject.signal.reason }).toEqual({ prints: 1, reason: 'reader gone' });
  });
});

describe('--until-state', () => {
  const bounds = { untilStatuses: new Set([up]) };
  const selection = { deviceIDs: new Set([1, 2]) };

  test('looks at the selected devices, each of which has to be there', () => {
    const { subject, tell } = watching({ bounds, selection });
    tell(snapshot(1, up), snapshot(3, down), synced);
    expect(subject.signal.aborted).toBe(false);
    tell(change(2, null, down), change(2, down, up));
    expect(subject.signal.reason).toBe('until-state');
  });

  test('is not met before the devices were listed, while the gateway is lost, or by no device at all', () => {
    const { subject, tell } = watching({ bounds });
    tell(snapshot(1, up));
    expect(subject.signal.aborted).toBe(false);
    tell(snapshot(2, down), synced, lost(), change(2, down, up));
    expect(subject.signal.aborted).toBe(false);
    tell(removed(1, up), removed(2, up), resumed, synced);
    expect(subject.signal.aborted).toBe(false);
  });
});

test('signs of life: none before the gateway was heard; whether it is lost', async () => {
  const { subject, tell, read } = watching();
  subject.beat();
  tell(synced);
  subject.beat();
  tell(lost());
  subject.beat();
  subject.end('over');
  expect((await read()).flat().filter(({ event }) => event === 'heartbeat')).toMatchObject([
    { lost: false },
    { lost: true },
  ]);
});
