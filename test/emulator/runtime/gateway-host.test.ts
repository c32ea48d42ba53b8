import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { isPortOpen } from '../../support/ports.ts';
import { visit, visitor } from '../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };
const caller = 939342898;
const handshake = 5;

async function visitSubscribed(options = {}) {
  const visited = await visit(options);
  await visited.client.addAsync(door);
  visited.clock.advance(handshake);
  return { ...visited, stream: await visited.client.subscribe() };
}

test.each(['fin', 'rst'] as const)(
  'a crash (%s) ends the connections, and the port refuses until the time is over',
  async (how) => {
    const { emulator, client, clock, stream } = await visitSubscribed();
    emulator.faults.crash({ how, downMs: 2_000 });
    expect((await stream.ended).code).toBe(14);
    expect(await isPortOpen(emulator.port)).toBe(false);
    clock.advance(1_999);
    expect(await isPortOpen(emulator.port)).toBe(false);
    clock.advance(1);
    expect(await isPortOpen(emulator.port)).toBe(true);
    await expect.poll(() => client.devices().catch(() => 'refused')).toEqual([]);
  },
);

test('a connection is reset by a crash that is to reset it, below TLS', async () => {
  const { emulator } = await visit();
  const socket = connect(emulator.port, '127.0.0.1');
  await once(socket, 'connect');
  await new Promise((resolve) => setTimeout(resolve, 20));
  const ended = once(socket, 'error');
  emulator.faults.crash({ how: 'rst' });
  expect((await ended)[0]).toMatchObject({ code: 'ECONNRESET' });
});

test.each([
  [true, [{ deviceID: 846, autoReconnect: true, status: 1 }]],
  [false, []],
])('a gateway that comes back remembers (%s), however the assumption is set', async (remembers, devices) => {
  for (const restartForgets of [true, false]) {
    const { emulator, client, clock } = await visitSubscribed({ assumptions: { restartForgets } });
    emulator.faults.crash({ downMs: 1_000, remembers });
    clock.advance(1_000 + handshake);
    await expect.poll(() => client.devices().catch(() => 'refused')).toMatchObject(devices);
  }
});

test('nothing happens to the managed devices while no gateway process runs', async () => {
  const { emulator, clock } = await visitSubscribed();
  emulator.faults.crash();
  const { seq } = emulator.journal;
  emulator.unplug(846, 'fin');
  emulator.plug(846);
  clock.advance(600_000);
  emulator.faults.burst({ changes: 5 });
  expect(emulator.journal.since(seq)).toMatchObject([
    { kind: 'device', what: 'unplug' },
    { kind: 'device', what: 'plug' },
    { kind: 'fault', what: 'burst' },
  ]);
});

test('a device that dials in finds nobody during a crash, and goes on trying', async () => {
  const { emulator, client, clock } = await visit({ assumptions: { restartForgets: false } });
  await client.setFilter({ allowAll: true });
  clock.advance(24_000);
  expect(await client.devices()).toMatchObject([{ deviceID: caller }]);
  emulator.faults.crash({ downMs: 100_000 });
  clock.advance(100_000 + 24_000);
  await expect.poll(() => client.devices().catch(() => 'refused')).toMatchObject([{ deviceID: caller, status: 2 }]);
});

test('a crash without an end is over with a restart, and its timer does not matter any more', async () => {
  const { emulator, client, clock } = await visitSubscribed();
  emulator.faults.crash({ downMs: 1_000 });
  emulator.faults.crash();
  clock.advance(10_000);
  expect(await isPortOpen(emulator.port)).toBe(false);
  emulator.restartGateway(true);
  await expect.poll(() => client.devices().catch(() => 'refused')).toMatchObject([{ deviceID: 846 }]);
});

test('a gateway that has crashed can be closed, and starts no more', async () => {
  const { emulator, clock } = await visit();
  emulator.faults.crash({ downMs: 1_000 });
  await emulator.close();
  clock.advance(1_000);
  expect(await isPortOpen(emulator.port)).toBe(false);
  expect(() => emulator.faults.crash()).toThrow('the emulator is closed');
});

test('fifty crashes in a row, each with a stream on the way', async () => {
  const { emulator, client, clock } = await visit();
  for (let round = 0; round < 50; round++) {
    await expect
      .poll(() =>
        client.addAsync(door).then(
          () => 'added',
          () => 'refused',
        ),
      )
      .toBe('added');
    const stream = await client.subscribe();
    clock.advance(handshake);
    emulator.faults.crash({ how: round % 2 ? 'fin' : 'rst', downMs: 10 });
    expect((await stream.ended).code).toBe(14);
    clock.advance(10);
  }
  expect(emulator.journal.entries.filter(({ kind }) => kind === 'gateway')).toHaveLength(101);
}, 60_000);

test('a certificate that is rotated is shown on new connections, of several the last one', async () => {
  const { client, emulator } = await visit();
  await client.devices();
  emulator.faults.rotateCertificate({ expired: true });
  emulator.faults.rotateCertificate({ newRoot: true });
  emulator.faults.rotateCertificate({ names: ['gateway.example'] });
  await emulator.settled();
  expect(await client.devices()).toEqual([]);
  expect(await visitor({ ...emulator, serverName: 'gateway.example' }).devices()).toEqual([]);
  await expect(visitor(emulator).devices()).rejects.toMatchObject({ code: 14 });
  emulator.faults.rotateCertificate();
  await emulator.settled();
  expect(await visitor(emulator).devices()).toEqual([]);
});
