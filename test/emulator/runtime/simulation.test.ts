import { expect, test } from 'vitest';
import { inShort } from '../support/status.ts';
import { visit, visitor } from '../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };
const caller = 939342898;
const interval = 30_000;
const retry = 24_000;
const handshake = 5;

/** An emulator with an asynchronous connection that is up. */
async function visitConnected(options = {}) {
  const visited = await visit(options);
  await visited.client.addAsync(door);
  visited.clock.advance(handshake);
  return visited;
}

test('F66 a link that is closed in order is noticed at once', async () => {
  const { client, emulator } = await visitConnected();
  const stream = await client.subscribe();
  emulator.unplug(846, 'fin');
  expect(inShort(await stream.take(1))).toEqual(['846 DISCONNECTED']);
});

test('F66 a link that is lost in silence is noticed after 10 s', async () => {
  const { client, emulator, clock } = await visitConnected();
  emulator.unplug(846, 'silent');
  clock.advance(9_999);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
  clock.advance(1);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 0 }]);
});

test('F66 a link that is back before it was missed has cost nothing', async () => {
  const { client, emulator, clock } = await visitConnected();
  const stream = await client.subscribe();
  emulator.unplug(846, 'silent');
  clock.advance(9_999);
  emulator.plug(846);
  clock.advance(interval);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
  expect(stream.received).toEqual([]);
});

test('F66 a loss that was not noticed is over with its session', async () => {
  const { client, emulator, clock } = await visitConnected();
  emulator.unplug(846, 'silent');
  await client.disconnect(846);
  emulator.plug(846);
  await client.connect(door);
  clock.advance(interval);
  expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
});

test('F25 an asynchronous connection that is lost is up again once the device is back', async () => {
  const { client, emulator, clock } = await visitConnected();
  const stream = await client.subscribe();
  emulator.unplug(846, 'fin');
  clock.advance(interval + 5_000);
  emulator.plug(846);
  clock.advance(interval + handshake);
  expect(inShort(await stream.take(5))).toEqual([
    '846 DISCONNECTED',
    '846 TRY_TO_CONNECT',
    '846 TCP_CANNOT_CONNECT',
    '846 TRY_TO_CONNECT',
    '846 TCP_CONNECTED',
  ]);
});

test('F32 a synchronous connection that is lost leaves the list for good', async () => {
  const { client, emulator, clock } = await visit();
  await client.connect(door);
  emulator.unplug(846, 'fin');
  emulator.plug(846);
  clock.advance(10 * interval);
  expect(await client.devices()).toEqual([]);
});

test('F34 a device that dials in does so again when it is back', async () => {
  const { client, emulator, clock } = await visit();
  await client.setFilter({ allowAll: true });
  clock.advance(retry);
  emulator.unplug(caller, 'fin');
  clock.advance(10 * retry + 1);
  expect(await client.devices()).toEqual([]);
  emulator.plug(caller);
  expect(await client.devices()).toMatchObject([{ deviceID: caller, status: 2 }]);
});

test('a device that was set to dial in by hand begins when it is plugged in again', async () => {
  const { client, emulator } = await visit({ fleet: [{ ...door, type: 18, serverAddr: '192.168.0.2' }] });
  emulator.world.device(846).connectionMode = 1;
  emulator.plug(846);
  expect(await client.pending()).toMatchObject([{ deviceID: 846 }]);
});

test('a device that is not in the fleet cannot be unplugged', async () => {
  const { emulator } = await visit();
  expect(() => emulator.unplug(1, 'fin')).toThrow('no device 1 in the fleet');
  expect(() => emulator.plug(1)).toThrow('no device 1 in the fleet');
});

test('F59 a restarted gateway has forgotten what it managed, the filter and who was pending', async () => {
  const { emulator, client, clock } = await visitConnected({ fleet: [{ ...door, type: 18 }] });
  await client.connect(door);
  await client.setFilter({ allowAll: true });
  emulator.restartGateway();
  clock.advance(10 * interval);
  const again = visitor(emulator);
  expect(await again.devices()).toEqual([]);
  expect(await again.filter()).toMatchObject({ allowAll: false, deviceIDs: [] });
  expect(await again.pending()).toEqual([]);
});

test('F57 a restarted gateway has forgotten the slaves', async () => {
  const slaves = { deviceID: 846, rs485SlaveDeviceIDs: [11], wiegandSlaveDeviceIDs: [] };
  const { emulator, client, clock } = await visitConnected({
    fleet: [{ ...door, type: 18, rs485SlaveDeviceIDs: [11] }],
    assumptions: { restartForgets: false },
  });
  await client.setSlaves(slaves);
  emulator.restartGateway();
  clock.advance(handshake);
  const again = visitor(emulator);
  expect(await again.devices()).toMatchObject([{ deviceID: 846, status: 1 }]);
  expect(await again.slaves()).toEqual([]);
});

test('F59 assumption restartForgets: asynchronous connections come up again, and the filter is what it was', async () => {
  const { emulator, client, clock } = await visitConnected({ assumptions: { restartForgets: false } });
  await client.connect({ IPAddr: '192.168.0.104' });
  await client.setFilter({ deviceIDs: [caller] });
  clock.advance(retry);
  emulator.restartGateway();
  const again = visitor(emulator);
  expect(await again.devices()).toMatchObject([{ deviceID: 846, status: 0, autoReconnect: true }]);
  clock.advance(retry);
  expect((await again.devices()).map(({ deviceID, status }) => [deviceID, status])).toEqual([
    [846, 1],
    [caller, 2],
  ]);
});

test('F56 the settings of devices survive a restart of the gateway', async () => {
  const { emulator, client } = await visitConnected();
  await client.connect({ IPAddr: '192.168.0.104' });
  await client.enableSSL(846);
  await client.setMode(544114231, 1);
  emulator.restartGateway();
  const again = visitor(emulator);
  const found = await again.search();
  expect(found.find(({ deviceID }) => deviceID === 846)).toMatchObject({ useSSL: true });
  expect(found.find(({ deviceID }) => deviceID === 544114231)).toMatchObject({ connectionMode: 1 });
  expect(await again.connect({ ...door, useSSL: true })).toBe(846);
});

test('F34 devices that had dialled in dial the restarted gateway', async () => {
  const { emulator, client, clock } = await visit();
  await client.setFilter({ allowAll: true });
  clock.advance(retry);
  emulator.restartGateway();
  clock.advance(retry - 1);
  const again = visitor(emulator);
  expect(await again.pending()).toEqual([]);
  clock.advance(1);
  expect(await again.pending()).toMatchObject([{ deviceID: caller }]);
});

test('a restart drops all connections of clients, which come back at the same address', async () => {
  const { emulator, client } = await visit();
  const stream = await client.subscribe();
  emulator.restartGateway();
  expect((await stream.ended).code).toBe(14);
  expect(await visitor(emulator).devices()).toEqual([]);
  await emulator.close();
  await expect(visitor(emulator).devices()).rejects.toMatchObject({ code: 14 });
});

test('what the old process had planned does not happen', async () => {
  const { emulator, client, clock } = await visit();
  await client.addAsync(door);
  emulator.restartGateway();
  const again = visitor(emulator);
  const stream = await again.subscribe();
  clock.advance(interval);
  expect(await again.devices()).toEqual([]);
  expect(stream.received).toEqual([]);
});

test('a closed emulator cannot be restarted', async () => {
  const { emulator } = await visit();
  await emulator.close();
  expect(() => emulator.restartGateway()).toThrow('the emulator is closed');
});
