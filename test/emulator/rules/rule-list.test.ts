import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FaultRule, startEmulator } from '../../../src/emulator/index.ts';
import { stranger } from '../../support/stranger.ts';
import { visit, visitor } from '../support/visit.ts';

test('rules have names, are listed in their order, and are taken back by name', async () => {
  const { emulator } = await visit();
  const { rules } = emulator;
  expect(rules.add({ effect: 'refuse' })).toEqual({ id: 'rule-1', fired: 0, matched: 0, rule: { effect: 'refuse' } });
  rules.add({ id: 'rule-2', effect: 'hang' });
  rules.add({ effect: 'blackHole' });
  expect(rules.list().map(({ id, rule }) => [id, rule.effect])).toEqual([
    ['rule-1', 'refuse'],
    ['rule-2', 'hang'],
    ['rule-3', 'blackHole'],
  ]);
  expect([rules.remove('rule-2'), rules.remove('rule-2')]).toEqual([true, false]);
  expect(rules.list()).toHaveLength(2);
  rules.clear();
  expect(rules.list()).toEqual([]);
  expect(rules.add({ effect: 'refuse' }).id).toBe('rule-1');
});

test('a name that is taken, and a rule that cannot be, leave everything as it was', async () => {
  const { emulator } = await visit();
  const { rules } = emulator;
  rules.add({ id: 'a', effect: 'refuse' });
  expect(() => rules.add({ id: 'a', effect: 'hang' })).toThrow('rule: "id": there is a rule "a" already');
  expect(() => rules.add({ effect: 'refuse', deviceIDs: '5' })).toThrow(RangeError);
  expect(rules.list()).toMatchObject([{ id: 'a', rule: { effect: 'refuse' } }]);
});

test('a rule that is taken back does nothing any more', async () => {
  const { emulator, client, clock, world } = await visit();
  const added: FaultRule[] = [
    { effect: 'code', code: 'ABORTED' },
    { effect: 'refuse' },
    { effect: 'linkDown', deviceIDs: '@all', at: '5s' },
    { effect: 'linkDown', on: { kind: 'added' } },
  ];
  for (const rule of added) emulator.rules.add(rule);
  emulator.faults.clear();
  expect(await client.connect({ IPAddr: '192.168.0.117' })).toBe(846);
  clock.advance(60_000);
  expect([...world.devices.values()].filter(({ answers }) => !answers)).toEqual([]);
});

test('rules outlive the gateway process', async () => {
  const { emulator, client } = await visit();
  emulator.rules.add({ effect: 'code', code: 'ABORTED', nth: 2 });
  await client.devices();
  emulator.restartGateway();
  await expect(visitor(emulator).devices()).rejects.toMatchObject({ code: 10 });
});

const someRule: fc.Arbitrary<FaultRule> = fc.record(
  {
    effect: fc.constantFrom('refuse', 'blackHole', 'certificateMismatch', 'wrongDevice', 'notSupported', 'linkDown'),
    deviceIDs: fc.constantFrom('846', '@random:3', '@random:50%', '192.168.0.0/24', '@all'),
    at: fc.constantFrom('0s', '5s', '30s'),
    times: fc.integer({ min: 1, max: 3 }),
    rate: fc.double({ min: 0, max: 1, noNaN: true }),
    on: fc.constantFrom({ kind: 'status' }, { kind: 'device' }, { kind: 'status', status: 0 }, { kind: 'added' }),
  },
  { requiredKeys: ['effect', 'deviceIDs'] },
);

test('whatever rules there are, calls are answered, links are whole again without them, and nothing is a bug', async () => {
  const bugs: unknown[] = [];
  const { emulator, client, clock, world } = await visit({ onBug: (error) => bugs.push(error) });
  const found = await client.search();
  const call = async (request: Promise<unknown>) => {
    const error = await request.then(
      () => undefined,
      (thrown) => thrown,
    );
    expect([undefined, 4, 5, 13, 14]).toContain(error?.code);
  };
  await client.setFilter({ allowAll: true });
  await fc.assert(
    fc.asyncProperty(fc.array(someRule, { maxLength: 5 }), async (added) => {
      for (const rule of added) emulator.rules.add(rule);
      await call(client.addAsync(...found.map(({ deviceID, IPAddr, useSSL }) => ({ deviceID, IPAddr, useSSL }))));
      for (const ms of [5, 10_000, 30_000, 30_000]) {
        clock.advance(ms);
        await call(client.connect({ IPAddr: '192.168.0.117' }));
        await call(client.multi('EnableSSLMulti', { deviceIDs: [846, 544114231] }));
        await call(client.multi('DisableSSLMulti', { deviceIDs: [846, 544114231] }));
      }
      for (const { matched, fired } of emulator.rules.list()) expect(fired).toBeLessThanOrEqual(matched);
      emulator.rules.clear();
      expect([...world.devices.values()].filter(({ answers }) => !answers)).toEqual([]);
    }),
    { numRuns: 40 },
  );
  expect(bugs).toEqual([]);
});

const effects: FaultRule[] = [
  { effect: 'linkDown', deviceIDs: '@all', rpc: 'EnableSSL' },
  { effect: 'refuse' },
  { effect: 'blackHole' },
  { effect: 'slowHandshake', handshake: '1h' },
  { effect: 'certificateMismatch' },
  { effect: 'wrongDevice' },
  { effect: 'code', code: 'UNAVAILABLE' },
  { effect: 'deviceError', code: 'ABORTED' },
  { effect: 'hang' },
  { effect: 'hang', carriedOut: true },
  { effect: 'notSupported' },
];

test.each(effects)('with %j in force and calls under way, close ends in order', async (rule) => {
  const emulator = await startEmulator();
  const client = stranger(emulator);
  await client.connect({ IPAddr: '192.168.0.110' });
  await client.setFilter({ allowAll: true });
  emulator.rules.add(rule);
  const calls = [
    client.connect({ IPAddr: '192.168.0.117' }),
    client.connect({ IPAddr: '192.168.0.120', useSSL: true }),
    client.addAsync({ deviceID: 544114231, IPAddr: '192.168.0.104' }),
    client.enableSSL(939504224),
    client.multi('EnableSSLMulti', { deviceIDs: [846] }),
    client.subscribe().then(({ ended }) => ended),
  ];
  const outcomes = Promise.allSettled(calls);
  await client.raw('/no.Service/Method', Buffer.alloc(0)).catch(() => {});
  await emulator.close();
  await outcomes;
  client.close();
});
