import { status } from '@grpc/grpc-js';
import { expect, test } from 'vitest';
import { inShort } from '../support/status.ts';
import { visit } from '../support/visit.ts';

const doors = [
  { deviceID: 846, IPAddr: '192.168.0.117' },
  { deviceID: 544114231, IPAddr: '192.168.0.104' },
];
const handshake = 5;

/** An emulator with two asynchronous connections that are up, and a subscriber. */
async function visitSubscribed(queueSize?: number) {
  const visited = await visit();
  await visited.client.addAsync(...doors);
  visited.clock.advance(handshake);
  return { ...visited, stream: await visited.client.subscribe(queueSize) };
}

test.each(['OK', 'UNAVAILABLE', 'INTERNAL', 'RESOURCE_EXHAUSTED'] as const)(
  'dropped streams end with %s, and everything else goes on',
  async (code) => {
    const { emulator, client, stream } = await visitSubscribed();
    emulator.faults.burst({ changes: 1 });
    emulator.faults.dropStreams({ code, text: 'so be it' });
    expect(await stream.ended).toMatchObject({ code: status[code], ...(code !== 'OK' && { details: 'so be it' }) });
    const next = await client.subscribe();
    emulator.faults.burst({ changes: 1, deviceIDs: [846] });
    expect(inShort(await next.take(1))).toEqual(['846 TCP_CONNECTED']);
  },
);

test.each([
  ['CANCEL', status.CANCELLED],
  ['INTERNAL_ERROR', status.INTERNAL],
  ['ENHANCE_YOUR_CALM', status.RESOURCE_EXHAUSTED],
] as const)('streams are reset with %s, and the connection stays', async (rst, code) => {
  const { emulator, client, stream } = await visitSubscribed();
  emulator.faults.dropStreams({ rst });
  expect(await stream.ended).toMatchObject({ code });
  expect(await client.devices()).toHaveLength(2);
});

test('streams are dropped in the midst of a flood', async () => {
  const { emulator, client, stream } = await visitSubscribed(1_000_000);
  emulator.faults.burst({ changes: 2_000 });
  await stream.take(10);
  emulator.faults.dropStreams();
  expect((await stream.ended).code).toBe(status.UNAVAILABLE);
  expect(stream.received.length).toBeLessThanOrEqual(2_000);
  expect(await client.devices()).toHaveLength(2);
});

test.each([
  ['fin', 14],
  ['rst', 14],
] as const)('dropped connections (%s) are served again at once, by the same process', async (how, code) => {
  const { emulator, client, stream } = await visitSubscribed();
  emulator.faults.dropConnections(how);
  expect((await stream.ended).code).toBe(code);
  expect(await client.devices()).toHaveLength(2);
});

test('a subscriber that is registered late is not told what was before, and knows nothing of it', async () => {
  const { emulator, client, clock } = await visitSubscribed();
  emulator.faults.registerLate(200);
  const stream = await client.subscribe();
  clock.advance(199);
  emulator.faults.burst({ changes: 1, deviceIDs: [846] });
  clock.advance(1);
  await client.devices();
  emulator.faults.burst({ changes: 1, deviceIDs: [544114231] });
  expect(inShort(await stream.take(1))).toEqual(['544114231 DISCONNECTED']);
  emulator.faults.clear();
  const prompt = await client.subscribe();
  emulator.faults.burst({ changes: 1, deviceIDs: [846] });
  expect(inShort(await prompt.take(1))).toEqual(['846 TCP_CONNECTED']);
});

test('a queue is no longer than its limit, whatever was asked for', async () => {
  const { emulator, client, stream } = await visitSubscribed(1000);
  emulator.faults.limitQueues(2);
  emulator.faults.burst({ changes: 10 });
  emulator.faults.limitQueues(Number.POSITIVE_INFINITY);
  await client.disconnect(846).catch(() => {});
  const changes = await client.devices().then(() => stream.received.length);
  expect(changes).toBeLessThanOrEqual(4);
  expect(emulator.journal.entries.filter(({ kind }) => kind === 'status').length).toBeGreaterThanOrEqual(14);
});

test('lost changes reach no subscriber, and are in the journal', async () => {
  const { emulator, stream } = await visitSubscribed();
  const { seq } = emulator.journal;
  emulator.faults.loseChanges(2);
  emulator.faults.burst({ changes: 4, deviceIDs: [846] });
  expect(inShort(await stream.take(2))).toEqual(['846 DISCONNECTED', '846 TCP_CONNECTED']);
  const changes = emulator.journal.since(seq).filter(({ kind }) => kind === 'status');
  expect(changes).toHaveLength(4);
});

test('duplicated changes are told twice, and happened once', async () => {
  const { emulator, stream } = await visitSubscribed();
  const { seq } = emulator.journal;
  emulator.faults.duplicateChanges(1);
  emulator.faults.burst({ changes: 2, deviceIDs: [846] });
  expect(inShort(await stream.take(3))).toEqual(['846 DISCONNECTED', '846 DISCONNECTED', '846 TCP_CONNECTED']);
  expect(emulator.journal.since(seq).filter(({ kind }) => kind === 'status')).toHaveLength(2);
});
