import { createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { expect, test } from 'vitest';
import { ControlService } from '../../../src/gen/emulator/control_pb.ts';
import { controlled } from '../support/controlled.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };

/** Follows events, with the library that the commands use; `take` resolves to so many more of them, in short. */
function follower({ url, token }: { url: string; token: string }, sinceSeq = 0) {
  const transport = createConnectTransport({ baseUrl: url, httpVersion: '1.1' });
  const ending = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const client = createClient(ControlService, transport);
  const events = client.followEvents({ sinceSeq }, { headers, signal: ending.signal })[Symbol.asyncIterator]();
  const take = async (count: number) => {
    const taken: string[] = [];
    while (taken.length < count) {
      const { event } = (await events.next()).value ?? {};
      if (!event) throw new Error(`ended after ${taken.length} of ${count}`);
      taken.push([event.seq, event.kind, event.status ?? event.what].join(' ').trim());
    }
    return taken;
  };
  return { take, next: () => events.next(), cancel: () => ending.abort() };
}

test('events are told with what belongs to their kind, and nothing else', async () => {
  const { ask, client, clock, emulator } = await controlled();
  await client.addAsync(door);
  clock.advance(5);
  emulator.unplug(846, 'fin');
  emulator.faults.freeze('streams');
  emulator.rules.add({ id: 'slow', effect: 'slowHandshake', handshake: '5s', deviceIDs: [846] });
  const { events } = await ask('ListEvents');
  const at = (ms: number) => new Date(1_700_000_000_500 + ms).toISOString().replace('.000Z', 'Z');
  expect(events).toEqual([
    { seq: 1, time: at(0), kind: 'gateway', what: 'started' },
    { seq: 2, time: at(0), kind: 'added', deviceID: 846 },
    { seq: 3, time: at(0), kind: 'status', deviceID: 846, status: 'TRY_TO_CONNECT' },
    { seq: 4, time: at(5), kind: 'status', deviceID: 846, status: 'TCP_CONNECTED' },
    { seq: 5, time: at(5), kind: 'device', deviceID: 846, what: 'unplug' },
    { seq: 6, time: at(5), kind: 'status', deviceID: 846, status: 'DISCONNECTED' },
    { seq: 7, time: at(5), kind: 'fault', what: 'freeze' },
    { seq: 8, time: at(5), kind: 'rule', rule: 'slow', what: 'added' },
  ]);
  expect((await ask('ListEvents', { sinceSeq: 6 })).events).toEqual(events.slice(6));
  expect(await ask('ListEvents', { sinceSeq: 8 })).toEqual({});
});

test('who follows gets what is kept, and then each as it happens', async () => {
  const { control, emulator } = await controlled();
  const { take, cancel } = follower(control);
  expect(await take(1)).toEqual(['1 gateway started']);
  emulator.unplug(846, 'fin');
  expect(await take(1)).toEqual(['2 device unplug']);
  emulator.restartGateway();
  expect(await take(2)).toEqual(['3 gateway stopped', '4 gateway started']);
  cancel();
});

test('none is lost or told twice while what is kept is told', async () => {
  const { control, emulator } = await controlled();
  for (let count = 0; count < 2_000; count++) emulator.plug(846);
  const { take, cancel } = follower(control, 1);
  const first = await take(1);
  for (let count = 0; count < 2_000; count++) emulator.plug(846);
  const rest = await take(3_999);
  expect([...first, ...rest].map((line) => Number.parseInt(line, 10))).toEqual(
    Array.from({ length: 4_000 }, (_, index) => index + 2),
  );
  cancel();
});

test('who has gone is told nothing any more, and the emulator closes whoever listens', async () => {
  const { control, emulator } = await controlled();
  const gone = follower(control);
  const staying = follower(control);
  await gone.take(1);
  await staying.take(1);
  gone.cancel();
  await expect(gone.next()).rejects.toThrow();
  emulator.plug(846);
  expect(await staying.take(1)).toEqual(['2 device plug']);
  const ended = expect(staying.next()).rejects.toThrow();
  await emulator.close();
  await ended;
});
