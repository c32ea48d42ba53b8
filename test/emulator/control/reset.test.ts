import { expect, test } from 'vitest';
import { parseScenario, play } from '../../../src/emulator/index.ts';
import { controlled } from '../support/controlled.ts';
import { visitor } from '../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };
const dialler = 939342898;

test('whatever was done, afterwards all is as at the start, but for the time', async () => {
  const { ask, client, clock, emulator } = await controlled();
  const devices = (await ask('ListDevices')).devices;
  const before = emulator.journal.entries.map(({ kind }) => kind);
  await client.setFilter({ allowAll: true });
  await client.addAsync(door);
  clock.advance(30_000);
  emulator.fieldwork.move(846, { IPAddr: '10.0.0.1' });
  emulator.fieldwork.set(540092578, { useSSL: false, connectionMode: 1, handshakeMs: 9_000 });
  emulator.fieldwork.remove(544114231);
  emulator.fieldwork.add([{ deviceID: 7, type: 18, IPAddr: door.IPAddr }]);
  emulator.fieldwork.flap(939504224, { downMs: 1_000, upMs: 1_000, count: 100 });
  emulator.unplug(543664528, 'silent');
  emulator.rules.add({ effect: 'linkDown', deviceIDs: [547634389] });
  emulator.faults.loseChanges(1_000);
  emulator.faults.freeze();
  emulator.faults.rotateCertificate({ newRoot: true });
  play(emulator, parseScenario({ steps: [{ at: '10s', do: 'crash', down: '10s' }] }, emulator));
  const { gateway, time } = await ask('Reset');
  expect({ gateway, time }).toEqual({ gateway: { up: true }, time: '2023-11-14T22:13:50.500Z' });
  expect((await ask('ListDevices')).devices).toEqual(devices);
  expect(emulator.journal.entries.map(({ kind }) => kind)).toEqual(before);
  expect(emulator.calls.entries).toEqual([]);
  const next = visitor(emulator);
  expect(await next.devices()).toEqual([]);
  expect(await next.filter()).toMatchObject({ allowAll: false });
  clock.advance(600_000);
  expect(emulator.journal.entries.filter(({ kind }) => kind === 'device' || kind === 'fault')).toEqual([]);
  expect((await next.pending()).map(({ deviceID }) => deviceID)).toEqual([dialler]);
  const stream = await next.subscribe();
  await next.connect(door);
  expect(await stream.take(1)).toMatchObject([{ deviceID: 846, status: 1 }]);
});

test('after a crash the gateway answers again', async () => {
  const { ask, client, emulator } = await controlled();
  emulator.faults.crash();
  await ask('Reset');
  await expect.poll(() => client.devices().catch(() => undefined)).toEqual([]);
});

test('what is done after it goes as at the start', async () => {
  const { ask, client, clock, emulator } = await controlled();
  const log = async () => {
    await client.addAsync(door);
    clock.advance(5);
    emulator.unplug(846, 'rst');
    clock.advance(60_000);
    return emulator.journal.entries.map(({ seq: _, time: __, ...happening }) => happening);
  };
  const first = await log();
  await ask('Reset');
  await expect.poll(() => client.devices().catch(() => undefined)).toEqual([]);
  expect(await log()).toEqual(first);
});

test('closed is closed', async () => {
  const { emulator } = await controlled();
  await emulator.close();
  expect(() => emulator.reset()).toThrow('the emulator is closed');
});
