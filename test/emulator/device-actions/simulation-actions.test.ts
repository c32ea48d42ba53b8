import { describe, expect, test } from 'vitest';
import { inShort } from '../support/status.ts';
import { visit } from '../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };
const dialler = 939342898;
const interval = 30_000;
const retry = 24_000;
const handshake = 5;
const unavailable = (reason: string) => ({ code: 14, details: expect.stringContaining(reason) });

/** An emulator with an asynchronous connection that is up, and a stream of its changes. */
async function visitConnected() {
  const visited = await visit();
  await visited.client.addAsync(door);
  visited.clock.advance(handshake);
  return { ...visited, fieldwork: visited.emulator.fieldwork, stream: await visited.client.subscribe() };
}

/** What is said to have been done at devices. */
const deeds = ({ journal }: Awaited<ReturnType<typeof visit>>['emulator']) =>
  journal.since(0).flatMap((entry) => (entry.kind === 'device' ? [`${entry.deviceID} ${entry.what}`] : []));

test('a link that is reset is noticed at once', async () => {
  const { emulator, stream } = await visitConnected();
  emulator.unplug(846, 'rst');
  expect(inShort(await stream.take(1))).toEqual(['846 DISCONNECTED']);
});

describe('a device that refuses', () => {
  test('keeps its session, and is found by a search', async () => {
    const { client, clock, fieldwork, stream } = await visitConnected();
    fieldwork.refuse(846);
    clock.advance(10 * interval);
    expect((await client.search()).map(({ deviceID }) => deviceID)).toContain(846);
    expect(stream.received).toEqual([]);
  });

  test.each(['accept', 'plug'] as const)('is dialled in vain, until %s', async (what) => {
    const { client, clock, emulator, fieldwork, stream } = await visitConnected();
    fieldwork.refuse(846);
    await client.disconnect(846);
    await expect(client.connect(door)).rejects.toMatchObject(unavailable('connection refused'));
    clock.advance(interval + handshake);
    if (what === 'plug') emulator.plug(846);
    else fieldwork.accept(846);
    clock.advance(interval + handshake);
    expect(inShort(await stream.take(5))).toEqual([
      '846 DISCONNECTED',
      '846 TRY_TO_CONNECT',
      '846 TCP_CANNOT_CONNECT',
      '846 TRY_TO_CONNECT',
      '846 TCP_CONNECTED',
    ]);
  });

  test('still dials in', async () => {
    const { client, clock, fieldwork } = await visitConnected();
    fieldwork.refuse(dialler);
    await client.setFilter({ allowAll: true });
    clock.advance(retry);
    expect((await client.devices()).map(({ deviceID }) => deviceID)).toContain(dialler);
  });
});

test('a link that flaps goes down and up as often as it is told, at its times', async () => {
  const { clock, emulator, fieldwork } = await visitConnected();
  const begun = clock.now();
  fieldwork.flap(846, { downMs: 2_000, upMs: 3_000, count: 3 });
  clock.advance(60_000);
  const times = emulator.journal
    .since(0)
    .flatMap((entry) => (entry.kind === 'device' ? [`${entry.what} ${entry.time - Math.floor(begun)}`] : []));
  expect(times).toEqual(['unplug 0', 'plug 2000', 'unplug 5000', 'plug 7000', 'unplug 10000', 'plug 12000']);
});

test('a device that flaps is told as often as its session is lost', async () => {
  const { clock, fieldwork, stream } = await visitConnected();
  fieldwork.flap(846, { downMs: 1_000, upMs: interval, count: 2 });
  clock.advance(3 * interval);
  expect(inShort(await stream.take(6))).toEqual([
    '846 DISCONNECTED',
    '846 TRY_TO_CONNECT',
    '846 TCP_CONNECTED',
    '846 DISCONNECTED',
    '846 TRY_TO_CONNECT',
    '846 TCP_CONNECTED',
  ]);
});

test('a device that starts again is gone for as long as it takes', async () => {
  const { client, clock, fieldwork, stream, emulator } = await visitConnected();
  fieldwork.reboot(846, 20_000);
  expect(inShort(await stream.take(1))).toEqual(['846 DISCONNECTED']);
  clock.advance(19_999);
  await expect(client.connect(door)).rejects.toMatchObject(unavailable('i/o timeout'));
  clock.advance(1);
  expect(await client.connect(door)).toBe(846);
  expect(deeds(emulator)).toEqual(['846 reboot', '846 unplug', '846 plug']);
});

describe('a device that is moved', () => {
  test('loses its session, and answers at its new address only', async () => {
    const { client, fieldwork, stream } = await visitConnected();
    fieldwork.move(846, { IPAddr: '192.168.0.200' });
    expect(inShort(await stream.take(1))).toEqual(['846 DISCONNECTED']);
    await expect(client.connect(door)).rejects.toMatchObject(unavailable('i/o timeout'));
    expect(await client.connect({ IPAddr: '192.168.0.200' })).toBe(846);
    expect(await client.search()).toContainEqual(expect.objectContaining({ deviceID: 846, IPAddr: '192.168.0.200' }));
  });

  test('leaves its address to another one', async () => {
    const { client, fieldwork } = await visitConnected();
    fieldwork.move(846, { IPAddr: '192.168.0.200', port: 51299 });
    fieldwork.move(544114231, { IPAddr: door.IPAddr });
    expect(await client.connect(door)).toBe(544114231);
  });

  test.each([
    [{ IPAddr: '192.168.0.110' }, '192.168.0.110:51211 belongs to both 939504224 and 846'],
    [{ IPAddr: 'door1' }, 'device 846: expected an IPv4 address, got "door1"'],
    [{ IPAddr: '10.0.0.1', port: 70_000 }, 'device 846: expected a port of 1 to 65535, got 70000'],
  ])('stays where it is if it cannot be at %j', async (address, message) => {
    const { client, emulator, fieldwork } = await visitConnected();
    expect(() => fieldwork.move(846, address)).toThrow(message);
    expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
    expect(deeds(emulator)).toEqual([]);
  });
});

describe('a setting that is changed at the device', () => {
  test('useSSL ends the session, and it speaks nothing else from then on', async () => {
    const { client, fieldwork, stream } = await visitConnected();
    fieldwork.set(846, { useSSL: true });
    expect(inShort(await stream.take(1))).toEqual(['846 DISCONNECTED']);
    await expect(client.connect(door)).rejects.toMatchObject(unavailable('EOF'));
    expect(await client.connect({ ...door, useSSL: true })).toBe(846);
  });

  test('connectionMode makes it dial in at once, or not any more', async () => {
    const { client, clock, fieldwork } = await visitConnected();
    await client.deleteAsync(846);
    fieldwork.set(846, { connectionMode: 1 });
    expect(await client.pending()).toContainEqual(expect.objectContaining({ deviceID: 846 }));
    fieldwork.set(846, { connectionMode: 0 });
    await client.setFilter({ allowAll: true });
    clock.advance(10 * retry);
    expect((await client.devices()).map(({ deviceID }) => deviceID)).toEqual([dialler]);
    expect(await client.connect(door)).toBe(846);
  });

  test('serverAddr lets it dial somebody else', async () => {
    const { client, clock, fieldwork } = await visitConnected();
    await client.setFilter({ allowAll: true });
    fieldwork.set(dialler, { serverAddr: '10.9.9.9' });
    clock.advance(10 * retry);
    expect((await client.devices()).map(({ deviceID }) => deviceID)).toEqual([846]);
  });

  test('a handshake that takes longer, or what it was set to before, leaves the session alone', async () => {
    const { client, fieldwork, emulator } = await visitConnected();
    fieldwork.set(846, { handshakeMs: 8_000, useSSL: false });
    expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
    expect(emulator.world.device(846).handshakeMs).toBe(8_000);
    expect(deeds(emulator)).toEqual(['846 set']);
  });
});

describe('devices that are added', () => {
  test('are found, can be connected, and dial in if they are to', async () => {
    const { client, fieldwork } = await visitConnected();
    fieldwork.add([
      { deviceID: 7, type: 18, IPAddr: '10.0.0.7' },
      { deviceID: 8, type: 18, IPAddr: '10.0.0.8', connectionMode: 1 },
    ]);
    expect((await client.search()).map(({ deviceID }) => deviceID)).toEqual(expect.arrayContaining([7, 8]));
    expect(await client.connect({ IPAddr: '10.0.0.7' })).toBe(7);
    expect((await client.pending()).map(({ deviceID }) => deviceID)).toContain(8);
  });

  test('are none if one of them cannot be', async () => {
    const { emulator, fieldwork } = await visitConnected();
    const fleet = [
      { deviceID: 7, type: 18, IPAddr: '10.0.0.7' },
      { deviceID: 846, type: 18, IPAddr: '10.0.0.8' },
    ];
    expect(() => fieldwork.add(fleet)).toThrow('device 846 is in the fleet twice');
    expect(emulator.world.devices.has(7)).toBe(false);
    expect(emulator.world.host('10.0.0.7')).toBeUndefined();
    expect(deeds(emulator)).toEqual([]);
  });
});

describe('a device that is removed', () => {
  test('loses its session, is not found, and does not answer; its entry stays', async () => {
    const { client, clock, fieldwork, stream } = await visitConnected();
    fieldwork.remove(846);
    clock.advance(interval + 5_000);
    expect(inShort(await stream.take(3))).toEqual(['846 DISCONNECTED', '846 TRY_TO_CONNECT', '846 TCP_CANNOT_CONNECT']);
    expect((await client.search()).map(({ deviceID }) => deviceID)).not.toContain(846);
    expect(await client.devices()).toMatchObject([{ deviceID: 846 }]);
  });

  test('dials in no more, and comes back from nothing that had begun', async () => {
    const { client, clock, fieldwork, emulator } = await visitConnected();
    await client.setFilter({ allowAll: true });
    clock.advance(retry);
    fieldwork.remove(dialler);
    fieldwork.flap(846, { downMs: 1_000, upMs: 1_000, count: 3 });
    fieldwork.reboot(544114231, 1_000);
    fieldwork.remove(846);
    fieldwork.remove(544114231);
    clock.advance(10 * interval);
    expect((await client.devices()).map(({ deviceID }) => deviceID)).toEqual([846]);
    expect(deeds(emulator).filter((deed) => deed.endsWith(' plug'))).toEqual([]);
  });
});

test.each([
  ['refuse', []],
  ['accept', []],
  ['flap', [{ downMs: 1, upMs: 1, count: 1 }]],
  ['reboot', [1]],
  ['move', [{ IPAddr: '10.0.0.1' }]],
  ['set', [{ useSSL: true }]],
  ['remove', []],
] as const)('%s of a device that is not there is an error that names it, and nothing happens', async (what, others) => {
  const { emulator } = await visit();
  const act = emulator.fieldwork[what] as (deviceID: number, ...others: unknown[]) => void;
  expect(() => act(7, ...others)).toThrow('no device 7 in the fleet');
  expect(deeds(emulator)).toEqual([]);
});

test('while no gateway process runs, work goes on at the devices', async () => {
  const { client, clock, emulator, fieldwork } = await visitConnected();
  emulator.faults.crash();
  fieldwork.move(846, { IPAddr: '10.0.0.1' });
  fieldwork.set(dialler, { useSSL: false });
  fieldwork.remove(544114231);
  emulator.restartGateway();
  await expect.poll(() => client.devices().catch(() => undefined)).toEqual([]);
  await client.setFilter({ allowAll: true });
  clock.advance(retry);
  expect(await client.connect({ IPAddr: '10.0.0.1' })).toBe(846);
  expect(await client.devices()).toContainEqual(expect.objectContaining({ deviceID: dialler, useSSL: false }));
});
