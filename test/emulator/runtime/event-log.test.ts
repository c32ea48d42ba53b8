import { expect, test } from 'vitest';
import { manualClock } from '../../../src/emulator/index.ts';
import { EventLog } from '../../../src/emulator/runtime/event-log.ts';
import { startUnixMs, visit } from '../support/visit.ts';

const status = (deviceID: number) => ({ kind: 'status', deviceID, status: 1 }) as const;

test('it tells what happened and when, in one order', async () => {
  const { emulator, client, clock } = await visit();
  await client.addAsync({ deviceID: 846, IPAddr: '192.168.0.117' });
  clock.advance(5);
  emulator.unplug(846, 'silent');
  clock.advance(10_000);
  emulator.restartGateway();
  expect(emulator.journal.entries).toEqual([
    { seq: 1, time: startUnixMs, kind: 'gateway', what: 'started' },
    { seq: 2, time: startUnixMs, kind: 'added', deviceID: 846 },
    { seq: 3, time: startUnixMs, kind: 'status', deviceID: 846, status: 4 },
    { seq: 4, time: startUnixMs + 5, kind: 'status', deviceID: 846, status: 1 },
    { seq: 5, time: startUnixMs + 5, kind: 'device', deviceID: 846, what: 'unplug' },
    { seq: 6, time: startUnixMs + 10_005, kind: 'status', deviceID: 846, status: 0 },
    { seq: 7, time: startUnixMs + 10_005, kind: 'gateway', what: 'stopped' },
    { seq: 8, time: startUnixMs + 10_005, kind: 'gateway', what: 'started' },
  ]);
});

test('a device that leaves the managed list does so after its last status', async () => {
  const { emulator, client } = await visit();
  await client.connect({ IPAddr: '192.168.0.117' });
  const { seq } = emulator.journal;
  await client.disconnect(846);
  expect(emulator.journal.since(seq)).toMatchObject([{ kind: 'status', status: 0 }, { kind: 'removed' }]);
});

test('the same run twice is the same journal', async () => {
  const runs = await Promise.all(
    [1, 2].map(async () => {
      const { emulator, client, clock } = await visit();
      await client.setFilter({ allowAll: true });
      await client.addAsync({ deviceID: 846, IPAddr: '192.168.0.117' });
      clock.advance(100_000);
      emulator.faults.burst({ changes: 100, perSecond: 50 });
      clock.advance(60_000);
      return JSON.stringify(emulator.journal.entries);
    }),
  );
  expect(runs[0]).toBe(runs[1]);
});

test('beyond its bound the oldest entries go, and the numbers go on', () => {
  const journal = new EventLog(manualClock(0), 10);
  for (let deviceID = 1; deviceID <= 1_000; deviceID++) {
    journal.add(status(deviceID));
    expect(journal.entries.length).toBeLessThanOrEqual(20);
  }
  expect(journal.entries.length).toBeGreaterThanOrEqual(10);
  expect(journal.entries.at(-1)).toMatchObject({ seq: 1_000, deviceID: 1_000 });
  expect(journal.since(997).map(({ seq }) => seq)).toEqual([998, 999, 1_000]);
  expect(journal.since(0)).toEqual(journal.entries);
  expect(journal.since(2_000)).toEqual([]);
});

test('cleared it is empty, and the numbers go on', () => {
  const journal = new EventLog(manualClock(0), 10);
  journal.add(status(1));
  journal.clear();
  journal.add(status(2));
  expect(journal.entries.map(({ seq }) => seq)).toEqual([2]);
  expect(journal.since(1).map(({ seq }) => seq)).toEqual([2]);
});

test('a follower is told of each entry as it is written, until it has enough', () => {
  const journal = new EventLog(manualClock(5), 10);
  const told: unknown[] = [];
  const end = journal.follow((entry) => told.push([entry, journal.seq]));
  journal.add(status(7));
  end();
  journal.add(status(8));
  expect(told).toEqual([[{ seq: 1, time: 5, ...status(7) }, 1]]);
});
