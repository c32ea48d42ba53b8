import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { realTime } from '../../../src/base/time.ts';
import { type Emulator, type Faults, realClock, startEmulator } from '../../../src/emulator/index.ts';
import { enumName } from '../../../src/gateway/grpc/message-row.ts';
import { StatusSchema } from '../../../src/gen/connect_pb.ts';
import { dialOf, type Followed, followed } from '../../support/followed-gateway.ts';
import { type Stranger, stranger } from '../../support/stranger.ts';
import { faultIn, type Replay, replay } from '../../support/watch-checker.ts';

// So many that hardly any changes twice in a second: times on the wire are whole seconds, and what was told could
// not be told from what was not.
const devices = Array.from({ length: 1000 }, (_, index) => ({
  ...{ deviceID: 1 + index, type: 18, IPAddr: `10.0.${index >> 8}.${index & 255}` },
}));

/** Makes so many changes, each of another device. */
function change(faults: Faults, count: number): void {
  faults.burst({ changes: count, deviceIDs: Array.from({ length: count }, () => 1 + (changes++ % devices.length)) });
}
let changes = 0;

/** How long what is missed at the beginning of a gap may have been on its way, on a machine that does other things too. */
const slackMs = 250;

/** How streams end, in turn. */
const ends: ((faults: Faults) => void)[] = [
  (faults) => faults.dropStreams({ code: 'UNAVAILABLE' }),
  (faults) => faults.dropStreams({ code: 'OK' }),
  (faults) => faults.dropStreams({ code: 'RESOURCE_EXHAUSTED', text: 'too slow' }),
  (faults) => faults.dropStreams({ rst: 'CANCEL' }),
  (faults) => faults.dropStreams({ rst: 'INTERNAL_ERROR' }),
  (faults) => faults.dropStreams({ rst: 'NO_ERROR' }),
  (faults) => faults.dropConnections('fin'),
  (faults) => faults.dropConnections('rst'),
];

/** What happens in a storm. */
interface Storm {
  drops: number;
  restarts: number;
}

/** Follows a gateway through a storm, changes all the while; resolves to what was told and what is wrong with it. */
async function rideOut({ drops, restarts }: Storm) {
  const emulator = await startEmulator({ fleet: devices, clock: realClock(), journalSize: 1_000_000 });
  const client = stranger({ ...emulator, deadlineMs: 20_000 });
  const { faults } = emulator;
  await client.addAsync(...devices);
  // One clock for the journal and the watch: two drift apart by more than the network takes.
  const time = { ...realTime, now: () => emulator.clock.now() };
  const options = { time, backoff: { leastMs: 1, mostMs: 5 }, resyncMs: 2000, queueSize: 100_000 };
  const watch = followed(dialOf(emulator), options, time.now);
  await watch.told(({ event }) => event === 'synced');
  const rounds = drops + restarts;
  for (let round = 1; round <= rounds; round++) {
    const from = watch.events.length;
    change(faults, 3);
    // While all is well each change is told.
    await watch.told((last) => last.event === 'change' && countOfChanges(watch, from) >= 3, from);
    // These are on their way when the stream ends.
    change(faults, 5);
    if (round % (rounds / restarts) === 0) emulator.restartGateway(true);
    else ends[round % ends.length]?.(faults);
    await comesBack(watch, faults);
  }
  await expect.poll(() => difference(watch, client), { timeout: 20_000, interval: 200 }).toBe('');
  await watch.stop();
  client.close();
  await emulator.close();
  return { events: watch.events, fault: faultIn(watch.events, happened(emulator), slackMs) };
}

const countOfChanges = ({ events }: Followed, from: number) =>
  events.slice(from).filter((event) => event.event === 'change' && !event.synthetic).length;

/** Waits for the end of a gap, with changes all the while: a gateway confirms a stream with the first one. */
async function comesBack(watch: Followed, faults: Faults): Promise<void> {
  const from = watch.events.length;
  let isBack = false;
  const back = watch
    .told(({ event }) => event === 'resumed', from)
    .then(() => {
      isBack = true;
    });
  while (!isBack) {
    change(faults, 1);
    for (let turns = 0; turns < 50 && !isBack; turns++) await turn();
  }
  await back;
  await watch.told(({ event }) => event === 'synced', from);
}

/** Where the replay of what was told and the list of the gateway differ. */
async function difference({ events, subscription }: Followed, client: Stranger): Promise<string> {
  subscription().look();
  const state: Replay = new Map();
  for (const event of events) replay(state, event);
  const told = [...state].map(([id, { status }]) => `${id} ${status}`).sort();
  const listed = (await client.devices()).map(
    ({ deviceID, status }) => `${deviceID} ${enumName(StatusSchema, status)}`,
  );
  return told.join() === listed.sort().join() ? '' : `told ${told}, listed ${listed}`;
}

/** The changes that there were, as the checker takes them. */
const happened = ({ journal }: Emulator) =>
  journal.entries.flatMap((entry) =>
    entry.kind === 'status'
      ? [{ atMs: entry.time, deviceID: entry.deviceID, status: enumName(StatusSchema, entry.status), isUntold: false }]
      : [],
  );

test('through 1,000 lost streams and 50 restarts nothing is lost in silence', async () => {
  const { events, fault } = await rideOut({ drops: 1000, restarts: 50 });
  expect(events.filter(({ event }) => event === 'resumed')).toHaveLength(1050);
  expect(fault).toBeUndefined();
}, 240_000);
