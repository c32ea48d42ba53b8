import { expect, test } from 'vitest';
import { parseScenario, play, shippedScenarios } from '../../../src/emulator/index.ts';
import { visit } from '../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };

/** Plays steps on an emulator that has 846 connected. */
async function played(...steps: object[]) {
  const visited = await visit();
  await visited.client.addAsync(door);
  visited.clock.advance(5);
  const performance = play(visited.emulator, parseScenario({ steps }, visited.emulator));
  const states = () => performance.report().map(({ state }) => state);
  const message = () => performance.report().at(-1)?.message;
  return { ...visited, performance, states, message };
}

test('how it stands with each step is known at any time', async () => {
  const { clock, performance } = await played(
    { at: '1s', do: 'unplug', deviceIDs: '846', how: 'fin' },
    { at: '2s', every: '1s', times: 2, do: 'clear' },
  );
  clock.advance(2_500);
  expect(performance.report()).toEqual([
    { step: 1, do: 'unplug', happened: 1, times: 1, state: 'done', message: undefined },
    { step: 2, do: 'clear', happened: 1, times: 2, state: 'waiting', message: undefined },
  ]);
  expect(performance.unfinished()).toEqual([2]);
});

test('a step that cannot be done any more is told, and the others go on', async () => {
  const { clock, performance, emulator } = await played(
    { at: '1s', do: 'unplug', deviceIDs: '846' },
    { at: '2s', do: 'clear' },
  );
  emulator.fieldwork.remove(846);
  clock.advance(2_000);
  expect(performance.report()).toMatchObject([
    { state: 'failed', message: 'no device 846 in the fleet' },
    { state: 'done' },
  ]);
});

test('what is so at its time is met', async () => {
  const { clock, states } = await played({ at: '1s', do: 'expect', deviceIDs: '846', status: 'TCP_CONNECTED' });
  expect(states()).toEqual(['waiting']);
  clock.advance(1_000);
  expect(states()).toEqual(['met']);
});

test('what becomes so in time is met, and stays so', async () => {
  const { emulator, clock, states } = await played(
    { at: '1s', do: 'unplug', deviceIDs: '846' },
    { at: '1s', do: 'expect', deviceIDs: '846', status: 'DISCONNECTED', within: '10s' },
  );
  clock.advance(10_999);
  expect(states()).toEqual(['done', 'open']);
  clock.advance(1);
  expect(states()).toEqual(['done', 'met']);
  emulator.plug(846);
  clock.advance(60_000);
  expect(states()).toEqual(['done', 'met']);
});

test('what comes too late is unmet for good', async () => {
  const { clock, states, message } = await played(
    { at: '1s', do: 'unplug', deviceIDs: '846' },
    { at: '1s', do: 'expect', deviceIDs: '846', connected: false, within: '9s' },
  );
  clock.advance(9_500);
  expect(states()).toEqual(['done', 'open']);
  expect(message()).toBe('expected 846 not connected within 9s, but it is TCP_CONNECTED');
  clock.advance(60_000);
  expect(states()).toEqual(['done', 'unmet']);
  expect(message()).toBe('expected 846 not connected within 9s, but it is TCP_CONNECTED');
});

test('what was so for a moment only is met if the moment was within the time', async () => {
  const { clock, states } = await played(
    { at: '1s', do: 'unplug', deviceIDs: '846', how: 'fin' },
    { at: '1s', do: 'plug', deviceIDs: '846' },
    { at: '1s', do: 'expect', deviceIDs: '846', status: 'TRY_TO_CONNECT', within: '60s' },
  );
  clock.advance(30_999);
  expect(states().at(-1)).toBe('open');
  clock.advance(5);
  expect(states().at(-1)).toBe('met');
  clock.advance(5);
  expect(states().at(-1)).toBe('met');
});

test('of what is expected again and again the first that is unmet is told', async () => {
  const { clock, states, message } = await played(
    { at: '2s', do: 'unplug', deviceIDs: '846', how: 'fin' },
    { at: '1s', every: '1s', times: 5, do: 'expect', deviceIDs: '846', connected: true },
  );
  clock.advance(3_000);
  expect(states()).toEqual(['done', 'unmet']);
  expect(message()).toBe('expected 846 connected, but it is DISCONNECTED');
});

test('a scenario that is stopped does and decides nothing any more', async () => {
  const { clock, client, states, performance, emulator } = await played(
    { at: '1s', every: '1s', times: 3, do: 'unplug', deviceIDs: '846', how: 'fin' },
    { at: '500ms', do: 'expect', deviceIDs: '846', connected: true, within: '10s' },
    { at: '2s', do: 'expect', deviceIDs: '846', managed: false, within: '10s' },
  );
  clock.advance(2_500);
  performance.stop();
  await client.deleteAsync(846);
  const { seq } = emulator.journal;
  clock.advance(20_000);
  expect(emulator.journal.since(seq)).toEqual([]);
  expect(states()).toEqual(['waiting', 'met', 'open']);
});

/** Every scenario but the one after which little is left, at once, on top of rules that leave things to chance; what really happened, as bytes. */
async function everything(seed: number): Promise<string> {
  const { emulator, client, clock } = await visit({ seed });
  await client.setFilter({ allowAll: true });
  await client.addAsync(
    ...(await client.search()).map(({ deviceID, IPAddr, useSSL }) => ({ deviceID, IPAddr, useSSL })),
  );
  emulator.rules.add({ effect: 'refuse', rate: 0.2 });
  emulator.rules.add({ effect: 'linkDown', rate: 0.3, on: { kind: 'status', status: 'TCP_CONNECTED' }, lasts: '7s' });
  const { 'gateway-amnesia': _, ...scenarios } = shippedScenarios;
  for (const [name, file] of Object.entries(scenarios)) play(emulator, parseScenario(file, emulator, name));
  clock.advance(20 * 60_000);
  return JSON.stringify(emulator.journal.entries);
}

test('the same seed and the same calls give the same journal, byte for byte; another seed gives another', async () => {
  const journal = await everything(7);
  expect(journal.length).toBeGreaterThan(20_000);
  expect(await everything(7)).toBe(journal);
  expect(await everything(8)).not.toBe(journal);
});
