import { expect, test } from 'vitest';
import { manualClock, manualStartMs, parseScenario, play } from '../../src/emulator/index.ts';
import { visit } from './support/visit.ts';

const scenario = {
  steps: [
    { at: '20s', do: 'flap', deviceIDs: '@random:2', down: '3s', up: '35s', count: 20 },
    { at: '40s', do: 'unplug', deviceIDs: '@random:30%' },
    { at: '2m', do: 'plug', deviceIDs: 'all' },
    { at: '3m', do: 'burst', changes: 500, perSecond: 100 },
    { at: '5m', do: 'crash', down: '20s', remembers: true },
  ],
};

/** An hour with calls one after the other, faults by chance, and a scenario; the event log of it. */
async function eventLog(seed: number): Promise<string> {
  const clock = manualClock(manualStartMs);
  const { client, emulator } = await visit({ clock, seed });
  emulator.rules.add({ effect: 'refuse', rate: 0.4 });
  emulator.rules.add({ effect: 'slowHandshake', handshake: '4s', deviceIDs: '@random:3', every: 2 });
  play(emulator, parseScenario(scenario, emulator));
  await client.setFilter({ allowAll: true });
  const found = await client.search();
  await client.addAsync(...found.slice(0, 5).map(({ deviceID, IPAddr, useSSL }) => ({ deviceID, IPAddr, useSSL })));
  for (let second = 0; second < 600; second++) {
    clock.advance(1_000);
  }
  // Back after the crash, which the client may notice at any time of its own.
  await expect.poll(() => client.devices().catch(() => []), { timeout: 10_000 }).not.toEqual([]);
  await client.multi('EnableSSLMulti', { deviceIDs: found.map(({ deviceID }) => deviceID) }).catch(() => {});
  await client.disconnectAll();
  clock.advance(50 * 60_000);
  return emulator.journal.entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
}

test('on a manual clock the same calls with the same seed give the same event log, byte for byte', async () => {
  const [first, again, other] = [await eventLog(7), await eventLog(7), await eventLog(8)];
  expect(first.split('\n').length).toBeGreaterThan(500);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});
