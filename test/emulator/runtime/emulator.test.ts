import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { realClock, startEmulator } from '../../../src/emulator/index.ts';
import { visit, visitor } from '../support/visit.ts';

const door = { IPAddr: '192.168.0.117' };

test('a started emulator answers at once and manages nothing', async () => {
  const { client } = await visit();
  expect(await client.devices()).toEqual([]);
});

test('ten instances in a process share nothing', async () => {
  const visits = await Promise.all(
    Array.from({ length: 10 }, (_, index) => visit({ fleet: [{ deviceID: index + 1, type: 18, ...door }] })),
  );
  const IDs = await Promise.all(visits.map(({ client }) => client.connect(door)));
  expect(IDs).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  await visits[0]?.client.disconnectAll();
  const managed = await Promise.all(visits.map(async ({ client }) => (await client.devices()).length));
  expect(managed).toEqual([0, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
  expect(new Set(visits.map(({ emulator }) => emulator.caCertificate)).size).toBe(10);
});

test('a hundred instances in a process, each with its own devices, faults and journal', async () => {
  const visits = await Promise.all(
    Array.from({ length: 100 }, (_, index) => visit({ fleet: [{ deviceID: index + 1, type: 18, ...door }] })),
  );
  visits[0]?.emulator.faults.crash();
  await Promise.all(visits.slice(1).map(({ client }) => client.connect(door)));
  expect(visits.map(({ emulator }) => emulator.journal.entries.filter(({ kind }) => kind === 'added'))).toEqual(
    visits.map((_, index) => (index === 0 ? [] : [expect.objectContaining({ deviceID: index + 1 })])),
  );
  expect(new Set(visits.map(({ emulator }) => emulator.port)).size).toBe(100);
}, 60_000);

test('closing ends ten open streams and frees the port', async () => {
  const { emulator, client } = await visit();
  const others = Array.from({ length: 4 }, () => visitor(emulator));
  const streams = await Promise.all([client, ...others, client, ...others].map((visitor) => visitor.subscribe()));
  await emulator.close();
  expect((await Promise.all(streams.map(({ ended }) => ended))).map(({ code }) => code)).toEqual(Array(10).fill(14));
  const next = await startEmulator({ port: emulator.port });
  onTestFinished(() => next.close());
  expect(await visitor(next).devices()).toEqual([]);
});

test('closing does not wait for a call in flight, nor for a connection that says nothing', async () => {
  const { emulator, client } = await visit({ clock: realClock() });
  connectSocket(emulator.port, '127.0.0.1').on('error', () => {});
  const stream = await client.subscribe();
  const search = expect(client.search(4_000)).rejects.toMatchObject({ code: 14 });
  await client.devices();
  await emulator.close();
  await search;
  expect((await stream.ended).code).toBe(14);
});

test('closing again is the same as closing once', async () => {
  const { emulator } = await visit();
  await Promise.all([emulator.close(), emulator.close()]);
  await emulator.close();
  await expect(visitor(emulator).devices()).rejects.toMatchObject({ code: 14 });
});

test('a port that is taken is an error', async () => {
  const { emulator } = await visit();
  await expect(startEmulator({ port: emulator.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('a fleet that cannot be is an error before anything is started', async () => {
  await expect(startEmulator({ fleet: [{ deviceID: 0, type: 1, ...door }] })).rejects.toThrow(RangeError);
});

/** A clock on which every RPC that waits runs into a bug. */
const brokenClock = (bug: unknown) => ({
  ...realClock(),
  wait: async () => {
    throw bug;
  },
});
const internal = { code: 13, details: 'internal error' };

test('a bug is told to its owner, and to the client no more than INTERNAL', async () => {
  const bugs: unknown[] = [];
  const broken = new Error('broken');
  const { client } = await visit({ onBug: (bug) => bugs.push(bug), clock: brokenClock(broken) });
  await expect(client.search()).rejects.toMatchObject(internal);
  expect(bugs).toEqual([broken]);
});

test('a bug that nobody asked for is a process warning, whatever was thrown', async () => {
  const { client } = await visit({ clock: brokenClock(Object.create(null)) });
  const warning = once(process, 'warning');
  await expect(client.search()).rejects.toMatchObject(internal);
  expect((await warning)[0]).toMatchObject({ message: expect.stringContaining('bug in the emulator') });
});
