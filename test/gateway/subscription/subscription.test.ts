import { describe, expect, test } from 'vitest';
import { manualClock } from '../../../src/emulator/index.ts';
import type { ErrorClass } from '../../../src/errors/exit-codes.ts';
import { GsdkError } from '../../../src/errors/gsdk-error.ts';
import type { ManagedDevice } from '../../../src/gateway/gateway.ts';
import type { SubscriptionEvent } from '../../../src/gateway/subscription/event.ts';
import { Subscription } from '../../../src/gateway/subscription/subscription.ts';
import { down, managed } from '../../support/fake-gateway.ts';
import { linksByHand } from '../../support/link-by-hand.ts';

const error = (class_: ErrorClass) => new GsdkError({ class: class_, message: `it is ${class_}`, stage: 'transport' });

/** A subscription on links by hand. @param random what keeps clients apart: 0 to wait the longest */
function subscription({ maxGapMs = Number.POSITIVE_INFINITY, random = 0 } = {}) {
  const clock = manualClock(1_000_000);
  const { open, links } = linksByHand();
  const dialedMs: number[] = [];
  const events: SubscriptionEvent[] = [];
  const failures: GsdkError[] = [];
  const subject = new Subscription(
    {
      openLink: (listener) => {
        dialedMs.push(clock.now());
        return open(listener);
      },
      time: { now: clock.now, after: clock.after, random: () => random },
      ...{ resyncMs: 60_000, backoff: { leastMs: 1000, mostMs: 30_000 }, maxGapMs },
    },
    { told: (event) => events.push(event), failed: (failure) => failures.push(failure) },
  );
  /** The newest link is up, and answers with this list. */
  const opens = (...devices: ManagedDevice[]) => {
    const listener = links.at(-1)?.listener;
    listener?.dialed();
    listener?.subscribed();
    listener?.listed(devices);
  };
  const ends = (reason?: GsdkError) => links.at(-1)?.listener.ended(reason);
  return { subject, clock, links, dialedMs, events, failures, opens, ends };
}

/** The same, synced with this list. */
function synced(devices: readonly ManagedDevice[], options?: Parameters<typeof subscription>[0]) {
  const subscribed = subscription(options);
  subscribed.subject.start();
  subscribed.opens(...devices);
  return subscribed;
}

const names = (events: readonly SubscriptionEvent[]) => events.map(({ event }) => event);

describe('the first connection', () => {
  test('tells what there is, then what was held back, then synced', () => {
    const { subject, links, events } = subscription();
    subject.start();
    const listener = links[0]?.listener;
    listener?.dialed();
    listener?.subscribed();
    listener?.changed({ deviceID: 1, status: 'DISCONNECTED', connected: false, timestamp: 9 });
    listener?.listed([managed(1), managed(2)]);
    expect(names(events)).toEqual(['snapshot', 'snapshot', 'change', 'synced']);
    expect(events.at(-1)).toEqual({ event: 'synced', managed: 2 });
  });

  test.each<[ErrorClass, ErrorClass, number]>([
    ['UNREACHABLE', 'UNREACHABLE', 5],
    ['TIMEOUT', 'UNREACHABLE', 5],
    ['AUTH_TLS', 'AUTH_TLS', 4],
  ])('that fails with %s fails the whole with %s, exit code %i', (thrown, class_, exitCode) => {
    const { subject, ends, failures, dialedMs, clock } = subscription();
    subject.start();
    ends(error(thrown));
    clock.advance(100_000);
    expect(failures).toMatchObject([{ failure: { class: class_, message: `it is ${thrown}` }, exitCode }]);
    expect(dialedMs).toHaveLength(1);
  });

  test('that ends in order before the first list fails too', () => {
    const { subject, ends, failures } = subscription();
    subject.start();
    ends();
    expect(failures).toMatchObject([{ exitCode: 5, message: 'the gateway ended the stream of changes at once' }]);
  });
});

describe('a later end', () => {
  test('is a gap, told from the last sign of life, with its reason', () => {
    const { clock, ends, events } = synced([managed(1)]);
    clock.advance(400);
    ends(error('UNREACHABLE'));
    expect(events.at(-1)).toEqual({ event: 'lost', reason: 'it is UNREACHABLE', sinceMs: 1_000_000 });
  });

  test('is followed by resumed, the differences, and synced', () => {
    const { clock, ends, opens, events } = synced([managed(1), managed(2)]);
    ends();
    clock.advance(1000);
    opens(down(1), managed(3));
    const [lost, resumed, ...others] = events.slice(3);
    expect(lost).toMatchObject({ event: 'lost', reason: 'the gateway ended the stream' });
    expect(resumed).toEqual({
      ...{ event: 'resumed', gapMs: 1000, attempt: 1, managedBefore: 2, managedAfter: 2, emptied: false },
    });
    expect(others).toMatchObject([
      { event: 'change', deviceID: 1, from: 'TCP_CONNECTED', to: 'DISCONNECTED', synthetic: true, timestamp: null },
      { event: 'added', deviceID: 3, synthetic: true },
      { event: 'removed', deviceID: 2 },
      { event: 'synced', managed: 2 },
    ]);
  });

  test('of a gateway that comes back with nothing says so', () => {
    const { clock, ends, opens, events } = synced([managed(1)]);
    ends();
    clock.advance(1000);
    opens();
    expect(events.slice(3)).toMatchObject([
      { event: 'resumed', emptied: true },
      { event: 'removed' },
      { event: 'synced' },
    ]);
  });

  describe('of a gateway that comes back with nothing', () => {
    /** Loses the gateway, finds it managing nothing, and returns how that is told. */
    const losesAll = ({ clock, ends, opens, events }: ReturnType<typeof synced>) => {
      ends();
      clock.advance(2000);
      opens();
      return events.findLast(({ event }) => event === 'resumed');
    };

    test('again, before anybody has brought anything back, is told as the first time', () => {
      const subscribed = synced([managed(1)]);
      expect(losesAll(subscribed)).toMatchObject({ managedBefore: 1, managedAfter: 0, emptied: true });
      expect(losesAll(subscribed)).toMatchObject({ managedBefore: 0, managedAfter: 0, emptied: true });
    });

    test('again, with devices back that were not listed yet, is told so too', () => {
      const subscribed = synced([managed(1)]);
      losesAll(subscribed);
      const listener = subscribed.links.at(-1)?.listener;
      listener?.changed({ deviceID: 1, status: 'TCP_CONNECTED', connected: true, timestamp: 9 });
      expect(losesAll(subscribed)).toMatchObject({ managedAfter: 0, emptied: true });
    });

    test('where there was nothing to lose, or it was taken away on purpose, is not told so', () => {
      expect(losesAll(synced([]))).toMatchObject({ managedBefore: 0, managedAfter: 0, emptied: false });
      const subscribed = synced([managed(1)]);
      losesAll(subscribed);
      for (const list of [[managed(1)], []]) {
        subscribed.subject.look();
        subscribed.links.at(-1)?.listener.listed(list);
        subscribed.clock.advance(1000);
      }
      expect(losesAll(subscribed)).toMatchObject({ managedBefore: 0, managedAfter: 0, emptied: false });
    });
  });

  test('is tried again after 1 s, then 1.6 times as long each time, 30 s at most', () => {
    const { clock, ends, dialedMs, events, opens } = synced([]);
    for (let attempt = 0; attempt < 10; attempt++) {
      ends(error('UNREACHABLE'));
      clock.advance(30_000);
    }
    const waits = dialedMs.slice(1).map((atMs, index) => atMs - (index === 0 ? 1_000_000 : 1_000_000 + 30_000 * index));
    expect(waits.map(Math.round)).toEqual([1000, 1600, 2560, 4096, 6554, 10_486, 16_777, 26_844, 30_000, 30_000]);
    opens();
    expect(names(events)).toEqual(['synced', 'lost', 'resumed', 'synced']);
    expect(events[2]).toMatchObject({ attempt: 10 });
    ends();
    clock.advance(1000);
    expect(dialedMs).toHaveLength(12);
  });

  test('is tried again up to a fifth earlier, to keep clients apart', () => {
    const { clock, ends, dialedMs } = synced([], { random: 1 });
    ends();
    clock.advance(799);
    expect(dialedMs).toHaveLength(1);
    clock.advance(1);
    expect(dialedMs).toHaveLength(2);
  });

  test.each<ErrorClass>(['AUTH_TLS', 'UNSUPPORTED'])('with %s is final', (class_) => {
    const { clock, ends, failures, dialedMs } = synced([]);
    const failure = error(class_);
    ends(failure);
    clock.advance(100_000);
    expect(failures).toEqual([failure]);
    expect(dialedMs).toHaveLength(1);
  });
});

describe('the longest gap', () => {
  test('is counted from the last sign of life, through all attempts', () => {
    const { clock, ends, failures } = synced([managed(1)], { maxGapMs: 10_000 });
    clock.advance(2000);
    for (let second = 2; second < 10; second++) {
      ends(error('UNREACHABLE'));
      expect(failures).toEqual([]);
      clock.advance(1000);
    }
    expect(failures).toMatchObject([{ exitCode: 5, message: 'the gateway has been lost for 10 s: it is UNREACHABLE' }]);
  });

  test('does not matter once the gateway is back', () => {
    const { clock, ends, opens, failures, links } = synced([managed(1)], { maxGapMs: 10_000 });
    ends();
    clock.advance(9999);
    opens(managed(1));
    for (let round = 0; round < 5; round++) {
      clock.advance(60_000);
      links.at(-1)?.listener.listed([managed(1)]);
    }
    expect(failures).toEqual([]);
  });
});

test('a list that differs is told as found by listing', () => {
  const { clock, events, links } = synced([managed(1)]);
  clock.advance(60_000);
  links[0]?.listener.listed([down(1)]);
  clock.advance(1000);
  expect(events.slice(2)).toMatchObject([{ event: 'change', deviceID: 1, synthetic: true }]);
});

test('once stopped it dials, asks and tells nothing', () => {
  const { subject, clock, ends, events, dialedMs } = synced([managed(1)]);
  ends();
  const told = events.length;
  subject.stop();
  clock.advance(1_000_000);
  expect(dialedMs).toHaveLength(1);
  expect(events).toHaveLength(told);
});
