import { expect, test } from 'vitest';
import { parseScenario, play, World } from '../../../src/emulator/index.ts';
import { visit } from '../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };
const seven = { deviceID: 7, type: 18, IPAddr: '10.0.0.7', labels: { zone: 'north' } };
const setting = { world: new World([{ ...door, type: 18 }, seven]), seed: 1 };

/** Plays steps on an emulator that has 846 connected. */
async function played(steps: object[]) {
  const visited = await visit();
  await visited.client.addAsync(door);
  visited.clock.advance(5);
  const { seq } = visited.emulator.journal;
  const performance = play(visited.emulator, parseScenario({ steps }, visited.emulator));
  const happened = () => visited.emulator.journal.since(seq).map(({ seq: _, time: __, ...happening }) => happening);
  return { ...visited, performance, happened };
}

test('steps happen at their time, on the emulated clock', async () => {
  const { clock, performance, happened } = await played([
    { at: '10s', do: 'plug', deviceIDs: [846] },
    { at: '1s', do: 'unplug', deviceIDs: [846], how: 'fin' },
  ]);
  clock.advance(999);
  expect(happened()).toEqual([]);
  expect(performance.unfinished()).toEqual([1, 2]);
  clock.advance(1);
  expect(happened()).toEqual([
    { kind: 'device', deviceID: 846, what: 'unplug' },
    { kind: 'status', deviceID: 846, status: 0 },
  ]);
  expect(performance.unfinished()).toEqual([1]);
  clock.advance(60_000);
  expect(happened().at(-1)).toEqual({ kind: 'status', deviceID: 846, status: 1 });
  expect(performance.unfinished()).toEqual([]);
});

test('a step can happen again and again', async () => {
  const { clock, performance, happened } = await played([
    { at: '0s', do: 'duplicateChanges', count: 1, every: '2s', times: 3 },
  ]);
  clock.advance(3_999);
  expect(happened()).toHaveLength(2);
  expect(performance.unfinished()).toEqual([1]);
  clock.advance(60_000);
  expect(happened()).toHaveLength(3);
  expect(performance.unfinished()).toEqual([]);
});

test.each([
  [{ do: 'restartGateway', remembers: true }, 'stopped'],
  [{ do: 'crash', down: '5s', how: 'rst', remembers: false }, 'crash'],
  [{ do: 'freeze' }, 'freeze'],
  [{ do: 'freeze', what: 'streams' }, 'freeze'],
  [{ do: 'thaw' }, 'thaw'],
  [{ do: 'dropStreams' }, 'dropStreams'],
  [{ do: 'dropStreams', code: 'OK' }, 'dropStreams'],
  [{ do: 'dropStreams', rst: 'CANCEL' }, 'dropStreams'],
  [{ do: 'dropConnections', how: 'rst' }, 'dropConnections'],
  [{ do: 'goAway', grace: '3s', freezeStreams: true }, 'goAway'],
  [{ do: 'burst', changes: 10, deviceIDs: 'all', perSecond: 100 }, 'burst'],
  [{ do: 'registerLate', late: '200ms' }, 'registerLate'],
  [{ do: 'limitQueues', size: 1 }, 'limitQueues'],
  [{ do: 'loseChanges', count: 1 }, 'loseChanges'],
  [{ do: 'duplicateChanges', count: 1 }, 'duplicateChanges'],
  [{ do: 'clear' }, 'thaw'],
])('%j is done', async (step, what) => {
  const { clock, happened } = await played([{ at: '1s', ...step }]);
  clock.advance(1_000);
  expect(happened()).toContainEqual(expect.objectContaining({ what }));
});

test('fault rules come and go', async () => {
  const { clock, emulator, client } = await played([
    { at: '1s', do: 'fault', rule: { id: 'a', effect: 'code', code: 'ABORTED', deviceIDs: '@random:1' } },
    { at: '1s', do: 'fault', rule: { effect: 'code', code: 'DATA_LOSS', rpc: 'GetDeviceList' } },
    { at: '2s', do: 'removeFault', id: 'rule-1' },
    { at: '3s', do: 'clearFaults' },
  ]);
  clock.advance(1_000);
  await expect(client.devices()).rejects.toMatchObject({ code: 15 });
  clock.advance(1_000);
  await client.devices();
  expect(emulator.rules.list()).toMatchObject([{ id: 'a' }]);
  clock.advance(1_000);
  expect(emulator.rules.list()).toEqual([]);
});

test.each(['846', 'all', '@all', '192.168.0.0/24', '800-899', [846]])(
  'devices may be said as %j',
  async (deviceIDs) => {
    const { clock, happened } = await played([{ at: '1s', do: 'unplug', deviceIDs }]);
    clock.advance(1_000);
    expect(happened()).toContainEqual({ kind: 'device', deviceID: 846, what: 'unplug' });
  },
);

test('an emulator that is closed plays no more', async () => {
  const { emulator, clock, performance } = await played([{ at: '1s', do: 'crash', down: '1s' }]);
  await emulator.close();
  clock.advance(10_000);
  expect(performance.unfinished()).toEqual([1]);
});

test.each<[unknown, string]>([
  [[], 'scenario: expected a JSON object'],
  [{ steps: [], fleet: 1 }, 'scenario: unknown key "fleet"; expected steps, and about'],
  [{}, 'scenario: expected steps as a list'],
  [{ steps: ['unplug'] }, 'scenario, step 1: expected a JSON object'],
  [{ steps: [{ at: '1s', do: 'explode' }] }, 'scenario, step 1: expected "do" as one of unplug, plug, '],
  [{ steps: [{ at: '1s', do: 'toString' }] }, 'scenario, step 1: expected "do" as one of unplug, plug, '],
  [{ steps: [{ do: 'thaw' }] }, 'scenario, step 1: "at": missing; expected a duration such as "5s"'],
  [{ steps: [{ at: 5, do: 'thaw' }] }, 'scenario, step 1: "at": expected a duration such as "5s", got 5'],
  [
    {
      steps: [
        { at: '1s', do: 'thaw' },
        { at: '1s', do: 'thaw', deviceIDs: [846] },
      ],
    },
    'scenario, step 2: unknown key "deviceIDs" of thaw',
  ],
  [
    { steps: [{ at: '1s', do: 'plug' }] },
    'scenario, step 1: "deviceIDs": missing; expected a list of device IDs, or a selector',
  ],
  [
    { steps: [{ at: '1s', do: 'plug', deviceIDs: [] }] },
    'scenario, step 1: "deviceIDs": expected a list of device IDs',
  ],
  [
    { steps: [{ at: '1s', do: 'plug', deviceIDs: [846, 8] }] },
    'scenario, step 1: "deviceIDs": no device 8 in the fleet',
  ],
  [
    { steps: [{ at: '1s', do: 'plug', deviceIDs: ['846'] }] },
    'scenario, step 1: "deviceIDs": no device "846" in the fleet',
  ],
  [
    { steps: [{ at: '1s', do: 'plug', deviceIDs: 'zone=south' }] },
    'scenario, step 1: "deviceIDs": no device with zone=south in the fleet',
  ],
  [
    { steps: [{ at: '1s', do: 'fault', rule: { effect: 'refuse', nth: 0 } }] },
    'scenario, step 1: "rule": "nth": expected a whole number of at least 1',
  ],
  [{ steps: [{ at: '1s', do: 'fault' }] }, 'scenario, step 1: "rule": expected a JSON object'],
  [{ steps: [{ at: '1s', do: 'registerLate' }] }, 'scenario, step 1: "late": missing'],
  [
    { steps: [{ at: '1s', do: 'freeze', what: 'all' }] },
    'scenario, step 1: "what": expected one of everything, streams',
  ],
  [
    { steps: [{ at: '1s', do: 'burst', changes: 0.5 }] },
    'scenario, step 1: "changes": expected a whole number of at least 1',
  ],
  [
    { steps: [{ at: '1s', do: 'goAway', freezeStreams: 1 }] },
    'scenario, step 1: "freezeStreams": expected true or false',
  ],
  [{ steps: [{ at: '1s', do: 'thaw', times: 3 }] }, 'scenario, step 1: "times" needs "every"'],
  [{ steps: [{ at: '1s', do: 'thaw', every: '0s' }] }, 'scenario, step 1: "every": expected a duration above zero'],
])('%j is refused by its place', (scenario, message) => {
  expect(() => parseScenario(scenario, setting)).toThrow(RangeError);
  expect(() => parseScenario(scenario, setting)).toThrow(message);
});
