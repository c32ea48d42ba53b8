import { expect, test } from 'vitest';
import { parseScenario, play } from '../../../src/emulator/index.ts';
import { actions } from '../../../src/emulator/scenario/actions.ts';
import type { StrangerStream } from '../../support/stranger.ts';
import { inShort } from '../support/status.ts';
import { startUnixMs, visit, visitor } from '../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };
const atDoor = 'Cannot connect to the device: dial tcp 0.0.0.0:0->192.168.0.117:51211:';
const stranger = { deviceID: 5, IPAddr: '10.0.0.5' };

/** What a client meets of a scenario: it has 846 connected, and is subscribed. */
async function site(...steps: object[]) {
  const visited = await visit();
  const { client, clock, emulator } = visited;
  await client.addAsync(door);
  clock.advance(5);
  const stream = await client.subscribe();
  play(emulator, parseScenario({ steps }, emulator));
  const status = async () => (await client.devices()).map((device) => device.status);
  const errorOf = (call: Promise<unknown>) =>
    call.then(
      () => 'answered',
      ({ code, details }) => ({ code, details }),
    );
  const find = async (deviceID: number) => (await client.search()).find((device) => device.deviceID === deviceID);
  return { ...visited, stream, status, errorOf, find };
}

/** A scenario of one step at 10 s, and the clock just before it. */
async function before(step: object) {
  const visited = await site({ at: '10s', ...step });
  visited.clock.advance(9_999);
  return { ...visited, happen: () => visited.clock.advance(1) };
}

/** The changes that a subscriber is told, as seconds from the start of the clock. */
const seconds = async (stream: StrangerStream, count: number) =>
  (await stream.take(count)).map(({ status, timestamp }) => [status, timestamp - Math.floor(startUnixMs / 1000)]);

/** What each verb does, as a client sees it, and when on the emulated clock. */
const acts: Readonly<Record<string, () => Promise<void>>> = {
  async unplug() {
    const { happen, clock, client, status, errorOf, stream } = await before({ do: 'unplug', deviceIDs: '846' });
    happen();
    expect(await errorOf(client.callOf('gsdk.device.Device', 'GetInfo', { deviceID: 846 }))).toEqual({
      code: 4,
      details: 'Cannot get response: i/o timeout',
    });
    clock.advance(9_999);
    expect(await status()).toEqual([1]);
    clock.advance(1);
    expect(await status()).toEqual([0]);
    expect(await seconds(stream, 1)).toEqual([[0, 20]]);
    for (const how of ['fin', 'rst']) {
      const other = await before({ do: 'unplug', deviceIDs: '846', how });
      expect(await other.status()).toEqual([1]);
      other.happen();
      expect(await other.status()).toEqual([0]);
    }
  },

  async plug() {
    const { clock, client, errorOf, status, stream } = await site(
      { at: '5s', do: 'unplug', deviceIDs: [846], how: 'fin' },
      { at: '10s', do: 'plug', deviceIDs: [846] },
    );
    clock.advance(9_999);
    expect(await errorOf(client.connect(door))).toEqual({ code: 14, details: `${atDoor} i/o timeout` });
    clock.advance(1);
    clock.advance(24_999);
    expect(await status()).toEqual([0]);
    clock.advance(6);
    expect(await status()).toEqual([1]);
    expect(await seconds(stream, 3)).toEqual([
      [0, 5],
      [4, 35],
      [1, 35],
    ]);
  },

  async flap() {
    const { clock, stream } = await site({ at: '10s', do: 'flap', deviceIDs: '846', down: '1s', up: '39s', count: 2 });
    clock.advance(120_000);
    expect(await seconds(stream, 6)).toEqual([
      [0, 10],
      [4, 40],
      [1, 40],
      [0, 50],
      [4, 80],
      [1, 80],
    ]);
  },

  async refuse() {
    const { happen, client, errorOf, status } = await before({ do: 'refuse', deviceIDs: '543664528' });
    const other = { IPAddr: '192.168.0.135' };
    expect(await client.connect(other)).toBe(543664528);
    await client.disconnect(543664528);
    happen();
    expect(await errorOf(client.connect(other))).toEqual({
      code: 14,
      details: 'Cannot connect to the device: dial tcp 0.0.0.0:0->192.168.0.135:51211: connect: connection refused',
    });
    expect(await status()).toEqual([1]);
  },

  async accept() {
    const { clock, client, errorOf } = await site(
      { at: '1s', do: 'refuse', deviceIDs: '543664528' },
      { at: '10s', do: 'accept', deviceIDs: '543664528' },
    );
    clock.advance(9_999);
    expect(await errorOf(client.connect({ IPAddr: '192.168.0.135' }))).toMatchObject({ code: 14 });
    clock.advance(1);
    expect(await client.connect({ IPAddr: '192.168.0.135' })).toBe(543664528);
  },

  async reboot() {
    const { happen, clock, client, status, errorOf } = await before({ do: 'reboot', deviceIDs: '846', down: '20s' });
    happen();
    expect(await status()).toEqual([0]);
    clock.advance(19_999);
    expect(await errorOf(client.connect(door))).toEqual({ code: 14, details: `${atDoor} i/o timeout` });
    clock.advance(1);
    expect(await client.connect(door)).toBe(846);
  },

  async move() {
    const { happen, client, find, errorOf } = await before({ do: 'move', deviceID: '846', IPAddr: '10.0.0.9' });
    expect(await find(846)).toMatchObject({ IPAddr: '192.168.0.117' });
    happen();
    expect(await find(846)).toMatchObject({ IPAddr: '10.0.0.9' });
    expect(await errorOf(client.connect(door))).toEqual({ code: 14, details: `${atDoor} i/o timeout` });
    expect(await client.connect({ IPAddr: '10.0.0.9' })).toBe(846);
  },

  async set() {
    const { happen, client, find, errorOf, status } = await before({ do: 'set', deviceIDs: '846', useSSL: true });
    expect(await find(846)).toMatchObject({ useSSL: false });
    happen();
    expect(await status()).toEqual([0]);
    expect(await find(846)).toMatchObject({ useSSL: true });
    expect(await errorOf(client.connect(door))).toEqual({ code: 14, details: 'Cannot connect to the device: EOF' });
  },

  async add() {
    const { happen, client, errorOf } = await before({ do: 'add', devices: [stranger] });
    expect(await errorOf(client.connect(stranger))).toMatchObject({ code: 14 });
    happen();
    expect(await client.connect(stranger)).toBe(5);
  },

  async remove() {
    const { happen, find, status } = await before({ do: 'remove', deviceIDs: '846' });
    expect(await find(846)).toMatchObject({ deviceID: 846 });
    happen();
    expect(await find(846)).toBeUndefined();
    expect(await status()).toEqual([0]);
  },

  async restartGateway() {
    const { happen, emulator, status, stream } = await before({ do: 'restartGateway' });
    expect(await status()).toEqual([1]);
    happen();
    expect((await stream.ended).code).toBe(14);
    expect(await visitor(emulator).devices()).toEqual([]);
    const other = await before({ do: 'restartGateway', remembers: true });
    other.happen();
    expect(await visitor(other.emulator).devices()).toMatchObject([{ deviceID: 846, autoReconnect: true }]);
  },

  async crash() {
    const { happen, clock, emulator, stream } = await before({ do: 'crash', down: '20s', how: 'rst' });
    happen();
    expect((await stream.ended).code).toBe(14);
    clock.advance(19_999);
    await expect(visitor(emulator).devices()).rejects.toMatchObject({
      code: 14,
      details: expect.stringContaining('ECONNREFUSED'),
    });
    clock.advance(1);
    await emulator.settled();
    expect(await visitor(emulator).devices()).toEqual([]);
  },

  async freeze() {
    const { happen, clock, emulator, client } = await before({ do: 'freeze', for: '20s' });
    const impatient = visitor({ ...emulator, deadlineMs: 300 });
    expect(await impatient.devices()).toHaveLength(1);
    happen();
    clock.advance(19_999);
    await expect(impatient.devices()).rejects.toMatchObject({ code: 4 });
    const answer = client.devices();
    clock.advance(1);
    expect(await answer).toHaveLength(1);
  },

  async thaw() {
    const { clock, emulator, client } = await site({ at: '1s', do: 'freeze' }, { at: '10s', do: 'thaw' });
    clock.advance(9_999);
    await expect(visitor({ ...emulator, deadlineMs: 300 }).devices()).rejects.toMatchObject({ code: 4 });
    clock.advance(1);
    expect(await client.devices()).toHaveLength(1);
  },

  async dropStreams() {
    const { happen, stream, status } = await before({ do: 'dropStreams', code: 'DATA_LOSS', text: 'so be it' });
    expect(await status()).toEqual([1]);
    happen();
    expect(await stream.ended).toEqual({ code: 15, details: 'so be it' });
    const other = await before({ do: 'dropStreams', rst: 'ENHANCE_YOUR_CALM' });
    other.happen();
    expect((await other.stream.ended).code).toBe(8);
  },

  async dropConnections() {
    const { happen, stream, status } = await before({ do: 'dropConnections', how: 'rst' });
    expect(await status()).toEqual([1]);
    happen();
    expect((await stream.ended).code).toBe(14);
    expect(await status()).toEqual([1]);
  },

  async goAway() {
    const { happen, clock, emulator, stream } = await before({ do: 'goAway', grace: '20s' });
    happen();
    clock.advance(19_999);
    emulator.unplug(846, 'fin');
    expect(inShort(await stream.take(1))).toEqual(['846 DISCONNECTED']);
    clock.advance(1);
    expect((await stream.ended).code).toBe(14);
  },

  async rotateCertificate() {
    const { happen, emulator } = await before({ do: 'rotateCertificate', expired: true });
    expect(await visitor(emulator).devices()).toHaveLength(1);
    happen();
    const answer = () =>
      visitor(emulator)
        .devices()
        .then(
          () => 'answered',
          ({ details }) => String(details),
        );
    await emulator.settled();
    expect(await answer()).toContain('certificate has expired');
    emulator.faults.rotateCertificate({ newRoot: true });
    await emulator.settled();
    expect(await answer()).toContain('unable to verify the first certificate');
    emulator.faults.rotateCertificate({ names: ['gateway.supremainc.com'] });
    await emulator.settled();
    expect(await answer()).toContain("does not match certificate's altnames");
    emulator.faults.rotateCertificate();
    await emulator.settled();
    expect(await answer()).toBe('answered');
  },

  async burst() {
    const { happen, stream, client } = await before({ do: 'burst', changes: 4, deviceIDs: 'all' });
    await client.devices();
    expect(stream.received).toEqual([]);
    happen();
    expect(await seconds(stream, 4)).toEqual([0, 1, 0, 1].map((status) => [status, 10]));
  },

  async registerLate() {
    const { happen, clock, client, emulator } = await before({ do: 'registerLate', late: '2s' });
    happen();
    const late = await client.subscribe();
    clock.advance(1_999);
    emulator.unplug(846, 'fin');
    clock.advance(1);
    await client.devices();
    emulator.plug(846);
    clock.advance(30_000);
    expect(inShort(await late.take(1))).toEqual(['846 TRY_TO_CONNECT']);
  },

  async limitQueues() {
    const { happen, client, emulator, stream } = await before({ do: 'limitQueues', size: 0 });
    happen();
    emulator.faults.burst({ changes: 3 });
    emulator.faults.limitQueues(Number.POSITIVE_INFINITY);
    await client.devices();
    emulator.faults.burst({ changes: 1, deviceIDs: [846] });
    const received = await stream.take(1);
    expect(inShort(received).at(-1)).toMatch(/^846 /);
    expect(stream.received.length).toBeLessThan(4);
  },

  async loseChanges() {
    const { happen, emulator, stream } = await before({ do: 'loseChanges', count: 1 });
    happen();
    emulator.faults.burst({ changes: 2 });
    expect(inShort(await stream.take(1))).toEqual(['846 TCP_CONNECTED']);
  },

  async duplicateChanges() {
    const { happen, emulator, stream } = await before({ do: 'duplicateChanges', count: 1 });
    happen();
    emulator.faults.burst({ changes: 2 });
    expect(inShort(await stream.take(3))).toEqual(['846 DISCONNECTED', '846 DISCONNECTED', '846 TCP_CONNECTED']);
  },

  async fault() {
    const rule = { effect: 'code', code: 'ABORTED', text: 'so be it', rpc: 'GetDeviceList' };
    const { happen, client, errorOf } = await before({ do: 'fault', rule });
    expect(await errorOf(client.devices())).toBe('answered');
    happen();
    expect(await errorOf(client.devices())).toEqual({ code: 10, details: 'so be it' });
  },

  async removeFault() {
    const { clock, client, errorOf, status } = await site(
      { at: '1s', do: 'fault', rule: { id: 'a', effect: 'code', code: 'ABORTED' } },
      { at: '10s', do: 'removeFault', id: 'a' },
    );
    clock.advance(9_999);
    expect(await errorOf(client.devices())).toEqual({ code: 10, details: '' });
    clock.advance(1);
    expect(await status()).toEqual([1]);
  },

  async clearFaults() {
    const { clock, client, errorOf, status } = await site(
      { at: '1s', do: 'fault', rule: { effect: 'code', code: 'ABORTED' } },
      { at: '10s', do: 'clearFaults' },
    );
    clock.advance(9_999);
    expect(await errorOf(client.devices())).toMatchObject({ code: 10 });
    clock.advance(1);
    expect(await status()).toEqual([1]);
  },

  async clear() {
    const { clock, emulator, status } = await site(
      { at: '1s', do: 'fault', rule: { effect: 'hang' } },
      { at: '1s', do: 'freeze' },
      { at: '10s', do: 'clear' },
    );
    clock.advance(9_999);
    await expect(visitor({ ...emulator, deadlineMs: 300 }).devices()).rejects.toMatchObject({ code: 4 });
    clock.advance(1);
    expect(await status()).toEqual([1]);
  },
};

test('each verb that does something to the gateway or its devices is here', () => {
  const doing = Object.keys(actions).filter((name) => name !== 'expect');
  expect(Object.keys(acts).sort()).toEqual(doing.sort());
});

test.each(Object.entries(acts))('"do": "%s" is seen by a client at its time', async (_, act) => {
  await act();
});
