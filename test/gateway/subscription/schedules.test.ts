import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ManagedDevice } from '../../../src/gateway/gateway.ts';
import { DeviceView } from '../../../src/gateway/subscription/device-view.ts';
import { type DeliveredEvent, OutputQueue, type QueuedEvent } from '../../../src/gateway/subscription/event-queue.ts';
import { Subscription } from '../../../src/gateway/subscription/subscription.ts';
import { SimulatedGateway } from '../../support/simulated-gateway.ts';
import { faultIn, type Replay, replay, type Sample, staleIn } from '../../support/watch-checker.ts';

const resyncMs = 20_000;
const statuses = ['DISCONNECTED', 'TCP_CONNECTED', 'TLS_CONNECTED', 'TRY_TO_CONNECT', 'TCP_CANNOT_CONNECT'];

const device = fc.integer({ min: 1, max: 5 });
const status = fc.constantFrom(...statuses);
const forMs = fc.integer({ min: 10, max: 25_000 });

/** One thing that happens to the gateway, to its devices, or to whoever reads the output. */
const action = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('change' as const), device, status }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('burst' as const), device, times: fc.integer({ min: 2, max: 20 }) }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('duplicate' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('add' as const), device, status }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('remove' as const), device }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('drop' as const), withError: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('go-away' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('freeze' as const), forMs }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const), forMs, remembers: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('overflow' as const), room: fc.integer({ min: 0, max: 3 }), forMs }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('block-stdout' as const), forMs }) },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;

const schedule = fc.record({
  seed: fc.integer(),
  steps: fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 12_000 }), action }), { minLength: 5, maxLength: 25 }),
});
type Schedule = typeof schedule extends fc.Arbitrary<infer S> ? S : never;

/** A part of the engine that is taken out, to see whether anybody would notice. */
type Missing = 'barrier' | 'merge rule' | 'periodic list' | 'epoch rule' | 'gap line';

/** A view for which the list counts, whatever was told meanwhile. */
class ListedView extends DeviceView {
  override merge(devices: readonly ManagedDevice[]) {
    return super.merge(devices, new Set());
  }
}

/** What reads the output: at once, unless it is blocked. */
class Reader {
  readonly events: DeliveredEvent<QueuedEvent>[] = [];
  readonly replayed: Replay = new Map();
  readonly queue = new OutputQueue(4);
  isBlocked = false;

  read(isShown: (event: QueuedEvent) => boolean): void {
    while (!this.isBlocked && !this.queue.isEmpty) {
      for (const event of this.queue.take(4).filter(isShown)) {
        this.events.push(event);
        replay(this.replayed, event);
      }
    }
  }
}

/** Runs a schedule, and tells what is wrong with what was told, if anything is. */
function run({ seed, steps }: Schedule, missing?: Missing): string | undefined {
  const gateway = new SimulatedGateway(seed);
  const { clock, journal, devices } = gateway;
  const reader = new Reader();
  const samples: Sample[] = [];
  const isShown = ({ event }: QueuedEvent) => missing !== 'gap line' || (event !== 'lost' && event !== 'resumed');
  gateway.servesElsewhere = missing === 'epoch rule';
  gateway.confirmsEarly = missing === 'barrier';
  for (const id of [1, 2, 3]) gateway.add(id, 'TLS_CONNECTED');
  const subscription = new Subscription(
    {
      openLink: gateway.open,
      time: { now: clock.now, after: clock.after, random: () => gateway.random() },
      resyncMs: missing === 'periodic list' ? Number.POSITIVE_INFINITY : resyncMs,
      backoff: { leastMs: 1000, mostMs: 30_000 },
      maxGapMs: Number.POSITIVE_INFINITY,
    },
    {
      told: (event) => {
        reader.queue.push({ ...event, atMs: clock.now() });
        reader.read(isShown);
      },
      failed: (error) => {
        throw error;
      },
    },
    missing === 'merge rule' ? new ListedView() : new DeviceView(),
  );
  subscription.start();
  clock.advance(1000);
  const sample = () => {
    if (!reader.isBlocked) {
      const replayed = new Map([...reader.replayed].map(([id, known]) => [id, known.status]));
      samples.push({ atMs: clock.now(), replayed });
    }
  };
  for (const { afterMs, action } of steps) {
    clock.advance(afterMs / 2);
    sample();
    clock.advance(afterMs / 2);
    perform(action, gateway, () => {
      reader.isBlocked = true;
      clock.after((action as { forMs: number }).forMs, () => {
        reader.isBlocked = false;
        reader.read(isShown);
      });
    });
  }
  gateway.isQuiet = true;
  // Long enough for the longest fault, the longest wait, and two lists.
  for (let round = 0; round < 10; round++) {
    clock.advance(12_000);
    sample();
  }
  subscription.stop();
  const { events } = reader;
  return (
    faultIn(events, journal) ??
    staleIn(samples, events, journal, resyncMs + 12_000) ??
    difference(reader.replayed, devices)
  );
}

/** Lets something happen. */
const perform = (action: Action, gateway: SimulatedGateway, blockStdout: () => void): void => {
  if (action.do === 'block-stdout') blockStdout();
  else happenings[action.do](action as never, gateway);
};

type Happenings = {
  [K in Exclude<Action['do'], 'block-stdout'>]: (action: Extract<Action, { do: K }>, gateway: SimulatedGateway) => void;
};

const happenings: Happenings = {
  change: (action, gateway) => gateway.change(action.device, action.status),
  burst: ({ device: id, times }, gateway) => {
    for (let time = 0; time < times; time++) gateway.change(id, statuses[time % 3] ?? '');
  },
  duplicate: (_, gateway) => gateway.duplicate(),
  add: (action, gateway) => gateway.add(action.device, action.status),
  remove: (action, gateway) => gateway.remove(action.device),
  drop: ({ withError }, gateway) => gateway.dropStreams(withError),
  'go-away': (_, gateway) => gateway.goAway(),
  freeze: (action, gateway) => gateway.freeze(action.forMs),
  crash: (action, gateway) => gateway.crash(action.forMs, action.remembers),
  overflow: ({ room, forMs: ms }, gateway) => gateway.overflow(room, ms),
};

function difference(replayed: Replay, devices: ReadonlyMap<number, ManagedDevice>): string | undefined {
  const told = [...replayed].filter(([, { isListed }]) => isListed).map(([id, known]) => `${id} ${known.status}`);
  const true_ = [...devices.values()].map((known) => `${known.deviceID} ${known.status}`);
  const is = (list: string[]) => list.sort().join(', ');
  return is(told) === is(true_) ? undefined : `ends with "${is(told)}", and the gateway with "${is(true_)}"`;
}

describe('a subscription under random schedules of faults', () => {
  it('loses nothing in silence, invents nothing, keeps the order, and converges, in 10,000 schedules', () => {
    fc.assert(
      fc.property(schedule, (plan) => {
        expect(run(plan)).toBeUndefined();
      }),
      { numRuns: 10_000 },
    );
  }, 120_000);

  it.each<Missing>(['barrier', 'merge rule', 'periodic list', 'epoch rule', 'gap line'])(
    'would be found out without its %s',
    (missing) => {
      const { failed } = fc.check(
        fc.property(schedule, (plan) => run(plan, missing) === undefined),
        { numRuns: 2000, endOnFailure: true },
      );
      expect(failed).toBe(true);
    },
    60_000,
  );
});
