import { expect, test } from 'vitest';
import { controlled } from '../support/controlled.ts';

const late = { steps: [{ at: '60s', do: 'unplug', deviceIDs: [846] }] };

test('a scenario begins when it is told to, and its status is known', async () => {
  const { ask, clock, emulator } = await controlled();
  clock.advance(5_000);
  expect(await ask('RunScenario', { name: 'mine', scenario: late })).toEqual({
    run: {
      ...{ run: 1, name: 'mine', time: '2023-11-14T22:13:25.500Z' },
      steps: [{ step: 1, do: 'unplug', times: 1, state: 'waiting' }],
    },
  });
  clock.advance(59_999);
  expect(emulator.world.device(846).answers).toBe(true);
  clock.advance(1);
  expect(emulator.world.device(846).answers).toBe(false);
  expect(await ask('GetScenarioStatus')).toMatchObject({ runs: [{ run: 1, steps: [{ happened: 1, state: 'done' }] }] });
});

test('one that is known by name fits this fleet', async () => {
  const { ask, clock, emulator } = await controlled();
  await ask('RunScenario', { name: 'gateway-bounce' });
  clock.advance(10_000);
  expect(emulator.journal.entries.map((entry) => 'what' in entry && entry.what)).toContain('crash');
});

test('stopped, nothing of it happens any more; the others go on', async () => {
  const { ask, call, clock, emulator } = await controlled();
  await ask('RunScenario', { scenario: late });
  await ask('RunScenario', { scenario: { steps: [{ at: '60s', do: 'unplug', deviceIDs: [939504224] }] } });
  expect(await ask('StopScenario', { run: 1 })).toMatchObject({ runs: [{ run: 1, stopped: true }] });
  expect(await call('StopScenario', { run: 3 })).toMatchObject({ status: 404 });
  clock.advance(60_000);
  expect([846, 939504224].map((deviceID) => emulator.world.device(deviceID).answers)).toEqual([true, false]);
  expect((await ask('StopScenario')).runs).toHaveLength(2);
});

test('a reset stops and forgets all of them', async () => {
  const { ask, clock, emulator } = await controlled();
  await ask('RunScenario', { scenario: late });
  await ask('Reset');
  clock.advance(60_000);
  expect(emulator.world.device(846).answers).toBe(true);
  expect(await ask('GetScenarioStatus')).toEqual({});
  expect(await ask('RunScenario', { scenario: late })).toMatchObject({ run: { run: 1 } });
});

test.each<[object, number, RegExp]>([
  [{ name: 'nope' }, 404, /no scenario is called "nope"; known are unplug-replug, /],
  [{}, 404, /no scenario is called ""/],
  [{ name: 'mine', scenario: { steps: [{ at: '1s', do: 'explode' }] } }, 400, /^mine, step 1: expected "do"/],
  [{ scenario: { steps: [{ at: '1s', do: 'plug', deviceIDs: [7] }] } }, 404, /^scenario, step 1: .*no device 7/],
])('%j is refused, and nothing begins', async (body, status, message) => {
  const { ask, call } = await controlled();
  expect(await call('RunScenario', body)).toMatchObject({ status, body: { message: expect.stringMatching(message) } });
  expect(await ask('GetScenarioStatus')).toEqual({});
});
