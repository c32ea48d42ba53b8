import { once } from 'node:events';
import { type ClientHttp2Session, connect } from 'node:http2';
import { expect, onTestFinished, test } from 'vitest';
import type { Emulator } from '../../../src/emulator/index.ts';
import { inShort } from '../support/status.ts';
import { visit, visitor } from '../support/visit.ts';

const door = { deviceID: 846, IPAddr: '192.168.0.117' };
const handshake = 5;

async function visitSubscribed() {
  const visited = await visit();
  await visited.client.addAsync(door);
  visited.clock.advance(handshake);
  return { ...visited, stream: await visited.client.subscribe() };
}

/** A bare HTTP/2 session with an open status stream, to see the frames. */
async function bareSession({ port, caCertificate }: Emulator): Promise<ClientHttp2Session> {
  const session = connect(`https://localhost:${port}`, { ca: caCertificate, host: '127.0.0.1' } as object);
  session.on('error', () => {});
  onTestFinished(() => session.destroy());
  await once(session, 'connect');
  const stream = session.request({
    ':method': 'POST',
    ':path': '/gsdk.connect.Connect/SubscribeStatus',
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  stream.on('error', () => {});
  stream.end(Buffer.alloc(5));
  await new Promise((resolve) => session.ping(resolve));
  return session;
}

test('GOAWAY without an error is sent, and the stream that was open is within what was promised', async () => {
  const { emulator } = await visitSubscribed();
  const session = await bareSession(emulator);
  const told = once(session, 'goaway');
  emulator.faults.goAway();
  expect((await told).slice(0, 2)).toEqual([0, 1]);
});

test('after GOAWAY open streams go on, and new calls are answered on a new connection', async () => {
  const { emulator, client, stream } = await visitSubscribed();
  emulator.faults.goAway();
  expect(await client.devices()).toMatchObject([{ deviceID: 846 }]);
  emulator.unplug(846, 'fin');
  expect(inShort(await stream.take(1))).toEqual(['846 DISCONNECTED']);
});

test('the grace over, what is still open is cut', async () => {
  const { emulator, client, clock, stream } = await visitSubscribed();
  emulator.faults.goAway({ graceMs: 5_000 });
  const next = await client.subscribe();
  clock.advance(4_999);
  emulator.faults.burst({ changes: 1 });
  await stream.take(1);
  clock.advance(1);
  expect((await stream.ended).code).toBe(14);
  emulator.faults.burst({ changes: 1 });
  expect(inShort(await next.take(2))).toEqual(['846 DISCONNECTED', '846 TCP_CONNECTED']);
});

test('a stream that is frozen on a connection with GOAWAY stays open and silent, and a new one is told everything', async () => {
  const { emulator, client, clock, stream } = await visitSubscribed();
  emulator.faults.goAway({ freezeStreams: true });
  const other = visitor(emulator);
  const next = await other.subscribe();
  emulator.faults.burst({ changes: 4 });
  expect(await next.take(4)).toHaveLength(4);
  clock.advance(24 * 3600 * 1000);
  await client.devices();
  expect(stream.received).toEqual([]);
  stream.cancel();
  expect((await stream.ended).code).toBe(1);
});
