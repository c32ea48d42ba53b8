import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Emulator, manualClock, startEmulator } from '../../../src/emulator/index.ts';
import { dialOf, followed } from '../../support/followed-gateway.ts';
import { stranger } from '../../support/stranger.ts';

const resyncMs = 20_000;
const devices = [
  { deviceID: 846, type: 18, IPAddr: '10.0.0.1' },
  { deviceID: 7, type: 18, IPAddr: '10.0.0.2' },
];

/** The gateway of each test, and its time. The watch has a time of its own, so that each can be moved alone. */
let emulator: Emulator;
let gatewayClock: ReturnType<typeof manualClock>;

beforeEach(async () => {
  gatewayClock = manualClock(1_700_000_000_000);
  emulator = await startEmulator({ fleet: devices, clock: gatewayClock });
  onTestFinished(() => emulator.close());
  const client = stranger(emulator);
  await client.addAsync(...devices);
  client.close();
  gatewayClock.advance(10);
});

/** Follows the gateway in a time that is moved by hand, up to the first `synced`. */
async function synced() {
  const clock = manualClock(1_000_000);
  const time = { now: clock.now, after: clock.after, random: () => 0 };
  const watch = followed(dialOf(emulator), { time, resyncMs }, clock.now);
  await opened(watch, clock, 1);
  await watch.told(({ event }) => event === 'synced');
  return { ...watch, clock };
}

/** Waits for a connection and lets the time pass that a gateway may take to confirm the stream. */
async function opened(watch: ReturnType<typeof followed>, clock: ReturnType<typeof manualClock>, dials: number) {
  await expect.poll(watch.dials, { interval: 1, timeout: 10_000 }).toBe(dials);
  await turn();
  clock.advance(250);
}

/** The watch notices, waits a second, and dials again; resolves to what was told from then on. */
async function comesBack(watch: Awaited<ReturnType<typeof synced>>) {
  const from = watch.events.length;
  watch.clock.advance(1000);
  await opened(watch, watch.clock, 2);
  const resumed = await watch.told(({ event }) => event === 'resumed', from);
  await watch.told(({ event }) => event === 'synced', from);
  return { resumed, others: watch.events.slice(from) };
}

describe('a frozen gateway', () => {
  test('is lost within resync and 10 s, to the millisecond, and resumed with the length of the gap', async () => {
    const watch = await synced();
    const { clock, events } = watch;
    const frozenMs = clock.now();
    emulator.faults.freeze();
    clock.advance(resyncMs);
    await turn();
    expect(events.at(-1)?.event).toBe('synced');
    clock.advance(10_000);
    expect(events.at(-1)).toMatchObject({
      event: 'lost',
      reason: 'the gateway did not answer GetDeviceList within 10 s',
      sinceMs: frozenMs,
    });
    emulator.faults.thaw();
    const { resumed } = await comesBack(watch);
    expect(resumed).toMatchObject({
      gapMs: resumed.atMs - frozenMs,
      attempt: 1,
      managedBefore: 2,
      managedAfter: 2,
      emptied: false,
    });
  });

  test('whose calls are answered all the same is found to differ by its list', async () => {
    const { clock, told } = await synced();
    emulator.faults.freeze('streams');
    emulator.unplug(846, 'fin');
    clock.advance(resyncMs);
    // The list is on its way; what differs is told a second after it, as a change that explains it may follow.
    const change = told(({ event }) => event === 'change');
    const settles = setInterval(() => clock.advance(100), 5);
    expect(await change).toMatchObject({ deviceID: 846, to: 'DISCONNECTED', synthetic: true, timestamp: null });
    clearInterval(settles);
  });
});

test('a stream that is silent on a connection which was told to go away is lost at the next list', async () => {
  const watch = await synced();
  emulator.faults.goAway({ freezeStreams: true });
  emulator.unplug(846, 'fin');
  // Until the client has heard of it.
  await pause(50);
  watch.clock.advance(resyncMs);
  expect(await watch.told(({ event }) => event === 'lost')).toMatchObject({ sinceMs: 1_000_250 });
  const { others } = await comesBack(watch);
  expect(others).toMatchObject([
    { event: 'resumed', managedBefore: 2, managedAfter: 2 },
    { event: 'change', deviceID: 846, to: 'DISCONNECTED', synthetic: true },
    { event: 'synced' },
  ]);
  expect(watch.dials()).toBe(2);
});

test('a gateway that comes back with nothing in its list says emptied', async () => {
  const watch = await synced();
  emulator.restartGateway(false);
  expect(await watch.told(({ event }) => event === 'lost')).toBeDefined();
  const { resumed, others } = await comesBack(watch);
  expect(resumed).toMatchObject({ managedBefore: 2, managedAfter: 0, emptied: true });
  expect(others.map(({ event }) => event)).toEqual(['resumed', 'removed', 'removed', 'synced']);
});

test('a change is told as it comes, the same one twice once', async () => {
  const watch = await synced();
  emulator.faults.duplicateChanges(1);
  emulator.unplug(846, 'fin');
  emulator.unplug(7, 'fin');
  await watch.told((event) => event.event === 'change' && event.deviceID === 7);
  const changes = watch.events.filter(({ event }) => event === 'change');
  expect(changes).toMatchObject([
    { deviceID: 846, from: 'TCP_CONNECTED', to: 'DISCONNECTED', connected: false, synthetic: false },
    { deviceID: 7, from: 'TCP_CONNECTED', to: 'DISCONNECTED' },
  ]);
});
