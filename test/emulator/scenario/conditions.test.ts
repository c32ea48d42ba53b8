import { expect, test } from 'vitest';
import { parseScenario, play } from '../../../src/emulator/index.ts';
import { visit } from '../support/visit.ts';

/** An emulator with 846 connected, 7 async and not there, and 939342898 in the filter. */
async function site() {
  const visited = await visit();
  await visited.client.addAsync(
    { deviceID: 846, IPAddr: '192.168.0.117' },
    { deviceID: 939504224, IPAddr: '10.9.9.9' },
  );
  await visited.client.setFilter({ deviceIDs: [939342898] });
  visited.clock.advance(6_000);
  return visited;
}

test.each<[object, string | undefined]>([
  [{ deviceIDs: '846', status: 'TCP_CONNECTED' }, undefined],
  [{ deviceIDs: '846', status: 1 }, undefined],
  [{ deviceIDs: '846', status: 'TLS_CONNECTED' }, 'expected 846 TLS_CONNECTED, but it is TCP_CONNECTED'],
  [{ deviceIDs: '939504224', status: 768 }, 'expected 939504224 STATUS_768, but it is TCP_CANNOT_CONNECT'],
  [{ deviceIDs: '543664528', status: 'DISCONNECTED' }, 'expected 543664528 DISCONNECTED, but it is not managed'],
  [{ deviceIDs: '846', connected: true }, undefined],
  [{ deviceIDs: '846', connected: false }, 'expected 846 not connected, but it is TCP_CONNECTED'],
  [{ deviceIDs: '543664528', connected: false }, undefined],
  [{ deviceIDs: '939504224', managed: true }, undefined],
  [{ deviceIDs: '939504224', managed: false }, 'expected 939504224 not managed, but it is TCP_CANNOT_CONNECT'],
  [{ deviceIDs: '543664528', managed: true }, 'expected 543664528 managed, but it is not managed'],
  [{ deviceIDs: '939342898', accepted: true }, undefined],
  [{ deviceIDs: '846', accepted: true }, 'expected 846 accepted by the filter, but it is not accepted by the filter'],
  [
    { deviceIDs: '939342898', accepted: false },
    'expected 939342898 not accepted by the filter, but it is accepted by the filter',
  ],
  [{ connectedCount: 1 }, undefined],
  [{ connectedCount: 2 }, 'expected 2 connected, but it is 1'],
  [{ deviceIDs: '@all', connectedCount: 1 }, undefined],
  [{ deviceIDs: '939504224', connectedCount: 1 }, 'expected 1 connected, but it is 0'],
  [{ allowAll: false }, undefined],
  [{ allowAll: true }, 'expected a filter for everybody, but it is one for those listed'],
  [{ calls: { rpc: 'AddAsyncConnection', count: 1 } }, undefined],
  [{ calls: { rpc: 'SetAcceptFilter', code: 'OK', atLeast: 1, atMost: 1 } }, undefined],
  [{ calls: { rpc: 'Connect', atMost: 0 } }, undefined],
  [{ calls: { rpc: 'Connect', atLeast: 1 } }, 'expected at least 1 calls of Connect, but there were 0'],
  [{ calls: { rpc: 'AddAsyncConnection', count: 2 } }, 'expected 2 calls of AddAsyncConnection, but there were 1'],
  [
    { calls: { rpc: 'AddAsyncConnection', code: 'OK', atMost: 0 } },
    'expected at most 0 calls of AddAsyncConnection with OK, but there were 1',
  ],
  [{ deviceIDs: '@all', managed: true }, 'expected 544114231 managed, but it is not managed (and 6 more)'],
  [{ deviceIDs: '846', status: 1, managed: true, connectedCount: 1, allowAll: false }, undefined],
])('%j: %s', async (conditions, message) => {
  const { emulator, clock } = await site();
  const steps = [{ at: '0s', do: 'expect', ...conditions }];
  const performance = play(emulator, parseScenario({ steps }, emulator));
  clock.advance(0);
  expect(performance.report()).toMatchObject([{ state: message === undefined ? 'met' : 'unmet', message }]);
});

test('nothing is connected, managed or accepted by a gateway that does not run', async () => {
  const { emulator, clock } = await site();
  emulator.faults.crash();
  const of = (conditions: object) => ({ at: '0s', do: 'expect', ...conditions });
  const steps = [
    of({ connectedCount: 0 }),
    of({ deviceIDs: '846', managed: false, accepted: false }),
    of({ allowAll: false }),
  ];
  const performance = play(emulator, parseScenario({ steps }, emulator));
  clock.advance(0);
  expect(performance.report().map(({ state }) => state)).toEqual(['met', 'met', 'met']);
});

test('a change of the filter alone is seen at the end of the time at the latest', async () => {
  const { emulator, clock, client } = await site();
  const steps = [{ at: '0s', do: 'expect', allowAll: true, within: '5s' }];
  const performance = play(emulator, parseScenario({ steps }, emulator));
  clock.advance(1_000);
  await client.setFilter({ allowAll: true });
  clock.advance(4_000);
  expect(performance.report()).toMatchObject([{ state: 'met' }]);
});

test.each<[object, string]>([
  [{}, 'expected one of status, connected, managed, accepted, connectedCount, allowAll, calls'],
  [{ deviceIDs: '846' }, 'expected one of status, connected, '],
  [{ status: 'TCP_CONNECTED' }, '"status" needs "deviceIDs"'],
  [{ managed: true }, '"managed" needs "deviceIDs"'],
  [{ connectedCount: -1 }, '"connectedCount": expected a whole number of at least 0'],
  [{ allowAll: 'yes' }, '"allowAll": expected true or false'],
  [{ deviceIDs: '846', status: 'UP' }, '"status": expected one of DISCONNECTED, TCP_CONNECTED'],
  [{ calls: { atLeast: 1 } }, '"calls": "rpc": missing; expected one of Connect, '],
  [{ calls: { rpc: 'Explode', count: 1 } }, '"calls": "rpc": expected one of Connect, '],
  [{ calls: { rpc: 'Connect' } }, '"calls": expected one of count, atLeast, atMost'],
  [{ calls: { rpc: 'Connect', count: -1 } }, '"calls": "count": expected a whole number of at least 0'],
  [{ allowAll: true, within: 5 }, '"within": expected a duration such as "5s", got 5'],
])('%j is refused', async (conditions, message) => {
  const { emulator } = await site();
  const parse = () => parseScenario({ steps: [{ at: '0s', do: 'expect', ...conditions }] }, emulator);
  expect(parse).toThrow(RangeError);
  expect(parse).toThrow(message);
});
