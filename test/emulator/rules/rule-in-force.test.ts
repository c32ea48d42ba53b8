import { expect, test } from 'vitest';
import type { FaultRule } from '../../../src/emulator/index.ts';
import { visit } from '../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };
const other = { deviceID: 544114231, IPAddr: '192.168.0.104' };

/** An emulator that has two doors connected, and a rule in force. */
async function ruled(rule: FaultRule) {
  const visited = await visit();
  await visited.client.addAsync(door, other);
  visited.clock.advance(5);
  visited.emulator.rules.add(rule);
  const up = (deviceID = 846) => visited.world.device(deviceID).answers;
  return { ...visited, up, report: () => visited.emulator.rules.list()[0] };
}

test('linkDown without a trigger: at once, noticed after 10 s, until the rule is taken back', async () => {
  const { emulator, client, clock, up } = await ruled({ id: 'cut', effect: 'linkDown', deviceIDs: '846' });
  expect(up()).toBe(false);
  clock.advance(9_999);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }, { status: 1 }]);
  clock.advance(1);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 0 }, { status: 1 }]);
  expect(emulator.rules.remove('cut')).toBe(true);
  expect(up()).toBe(true);
  clock.advance(30_005);
  expect(await client.devices()).toMatchObject([{ status: 1 }, { status: 1 }]);
});

test('linkDown with at and lasts: at that moment, for so long', async () => {
  const rule: FaultRule = { effect: 'linkDown', deviceIDs: '846', how: 'fin', at: '5s', lasts: '20s' };
  const { client, clock, up } = await ruled(rule);
  clock.advance(4_999);
  expect(up()).toBe(true);
  clock.advance(1);
  expect(up()).toBe(false);
  expect(await client.devices()).toMatchObject([{ status: 0 }, { status: 1 }]);
  clock.advance(19_999);
  expect(up()).toBe(false);
  clock.advance(1);
  expect(up()).toBe(true);
});

test('linkDown with a window: down in it', async () => {
  const rule: FaultRule = { effect: 'linkDown', deviceIDs: '@all', window: { from: '5s', to: '8s' } };
  const { clock, up } = await ruled(rule);
  const ups = Array.from({ length: 10 }, () => {
    clock.advance(1_000);
    return up();
  });
  expect(ups).toEqual([true, true, true, true, false, false, false, true, true, true]);
});

test('linkDown on an event: the device that it happened to, each time, as often as it is to', async () => {
  const on = { kind: 'status', status: 'TCP_CONNECTED' } as const;
  const { emulator, clock, up, report } = await ruled({ effect: 'linkDown', how: 'fin', on, lasts: '1s', times: 2 });
  expect(up()).toBe(true);
  emulator.unplug(846, 'fin');
  emulator.plug(846);
  clock.advance(30_005);
  expect([up(846), up(other.deviceID)]).toEqual([false, true]);
  clock.advance(30_005);
  expect(report()?.fired).toBe(2);
  clock.advance(30_005);
  expect(emulator.journal.entries.at(-1)).toMatchObject({ kind: 'status', deviceID: 846, status: 1 });
  expect([up(), report()?.fired]).toEqual([true, 2]);
});

test('linkDown on an event of another device: those of the rule', async () => {
  const on = { kind: 'device', what: 'unplug', deviceIDs: [other.deviceID] } as const;
  const { emulator, clock, up } = await ruled({ effect: 'linkDown', deviceIDs: [846], on });
  emulator.unplug(939504224, 'fin');
  clock.advance(0);
  expect(up()).toBe(true);
  emulator.unplug(other.deviceID, 'fin');
  clock.advance(0);
  expect(up()).toBe(false);
});

test('linkDown when the gateway starts', async () => {
  const on = { kind: 'gateway', what: 'started' } as const;
  const { emulator, clock, up } = await ruled({ effect: 'linkDown', deviceIDs: [846], on });
  emulator.restartGateway();
  clock.advance(0);
  expect(up()).toBe(false);
});

test('linkDown by chance: some devices, the same ones for the same seed', async () => {
  const fleet = Array.from({ length: 100 }, (_, index) => ({
    deviceID: index + 1,
    type: 18,
    IPAddr: `10.0.0.${index}`,
  }));
  const downOf = async (seed: number) => {
    const { emulator, world } = await visit({ fleet, seed });
    emulator.rules.add({ effect: 'linkDown', deviceIDs: '@all', rate: 0.3 });
    return [...world.devices.values()].filter(({ answers }) => !answers).map(({ deviceID }) => deviceID);
  };
  const down = await downOf(1);
  expect(down.length).toBeGreaterThan(15);
  expect(down.length).toBeLessThan(45);
  expect(await downOf(1)).toEqual(down);
  expect(await downOf(2)).not.toEqual(down);
});

test('who was off the network before stays so when the rule is taken back', async () => {
  const { emulator, world } = await visit();
  emulator.unplug(846, 'fin');
  emulator.rules.add({ effect: 'linkDown', deviceIDs: '846,544114231' });
  emulator.rules.clear();
  expect([world.device(846).answers, world.device(544114231).answers]).toEqual([false, true]);
});

test('a call rule with on: from the event on', async () => {
  const on = { kind: 'status', status: 'DISCONNECTED', deviceIDs: [846] } as const;
  const { emulator, client, report } = await ruled({ effect: 'code', code: 'ABORTED', rpc: 'GetDeviceList', on });
  await client.devices();
  emulator.unplug(846, 'fin');
  await expect(client.devices()).rejects.toMatchObject({ code: 10 });
  expect(report()).toMatchObject({ fired: 1, matched: 1 });
});

test('a call rule with a window: within it, on the emulated clock', async () => {
  const rule: FaultRule = { effect: 'code', code: 'ABORTED', rpc: '*', window: { from: '5s', to: '10s' } };
  const { client, clock } = await ruled(rule);
  const outcomes = [];
  for (const ms of [4_999, 1, 4_999, 1]) {
    clock.advance(ms);
    outcomes.push(
      await client.devices().then(
        () => 0,
        (error) => error.code,
      ),
    );
  }
  expect(outcomes).toEqual([0, 10, 10, 0]);
});

test.each<[Partial<FaultRule>, number[]]>([
  [{ nth: 3 }, [0, 0, 10, 0, 0, 0]],
  [{ every: 2 }, [0, 10, 0, 10, 0, 10]],
  [{ every: 2, times: 1 }, [0, 10, 0, 0, 0, 0]],
  [{ times: 2 }, [10, 10, 0, 0, 0, 0]],
  [{ rate: 0 }, [0, 0, 0, 0, 0, 0]],
])('%j of six calls: %j', async (trigger, codes) => {
  const { client } = await ruled({ effect: 'code', code: 'ABORTED', rpc: 'GetDeviceList', ...trigger });
  const outcomes = [];
  for (const _ of codes)
    outcomes.push(
      await client.devices().then(
        () => 0,
        (error) => error.code,
      ),
    );
  expect(outcomes).toEqual(codes);
});

test('what a rule does is in the journal', async () => {
  const { emulator, client } = await ruled({ id: 'once', effect: 'refuse', deviceIDs: '939504224', times: 1 });
  const { seq } = emulator.journal;
  await client.connect({ IPAddr: '192.168.0.110' }).catch(() => {});
  emulator.rules.clear();
  expect(emulator.journal.since(seq)).toMatchObject([
    { kind: 'rule', id: 'once', what: 'fired', deviceIDs: [939504224] },
    { kind: 'rule', id: 'once', what: 'removed', deviceIDs: [] },
  ]);
});
