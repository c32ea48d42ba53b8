import { expect, test } from 'vitest';
import { visit } from '../support/visit.ts';

const doors = [
  { deviceID: 846, IPAddr: '192.168.0.117' },
  { deviceID: 544114231, IPAddr: '192.168.0.104' },
];

async function visitConnected() {
  const visited = await visit();
  await visited.client.addAsync(...doors);
  visited.clock.advance(5);
  const { seq } = visited.emulator.journal;
  const changes = () =>
    visited.emulator.journal
      .since(seq)
      .flatMap((entry) => (entry.kind === 'status' ? [[entry.deviceID, entry.status]] : []));
  return { ...visited, changes };
}

test('each device in turn goes down and up, and the list shows it', async () => {
  const { emulator, client, changes } = await visitConnected();
  emulator.faults.burst({ changes: 5 });
  expect(changes()).toEqual([
    [846, 0],
    [544114231, 0],
    [846, 1],
    [544114231, 1],
    [846, 0],
  ]);
  expect(await client.devices()).toMatchObject([{ status: 0 }, { status: 1 }]);
});

test('a burst with a rate takes its time', async () => {
  const { emulator, clock, changes } = await visitConnected();
  emulator.faults.burst({ changes: 1_000, perSecond: 500 });
  clock.advance(1_000);
  expect(changes().length).toBeGreaterThan(490);
  expect(changes().length).toBeLessThan(520);
  clock.advance(1_000);
  expect(changes()).toHaveLength(1_000);
});

test('a burst leaves those in peace that cannot come back, and ends when nobody can', async () => {
  const { emulator, client, clock, changes } = await visitConnected();
  await client.connect({ IPAddr: '192.168.0.110' });
  emulator.faults.burst({ changes: 1_000, perSecond: 100, deviceIDs: [846, 939504224, 1] });
  clock.advance(100);
  emulator.unplug(846, 'silent');
  const made = changes().length;
  clock.advance(5_000);
  emulator.plug(846);
  clock.advance(5_000);
  expect(
    new Set(
      changes()
        .slice(1)
        .map(([deviceID]) => deviceID),
    ),
  ).toEqual(new Set([846]));
  expect(changes()).toHaveLength(made);
});

test('a burst ends with the gateway process whose devices it had', async () => {
  const { emulator, clock, changes } = await visitConnected();
  emulator.faults.burst({ changes: 1_000, perSecond: 100 });
  emulator.restartGateway();
  const made = changes().length;
  clock.advance(10_000);
  expect(changes()).toHaveLength(made);
});
