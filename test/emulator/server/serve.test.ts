import { once } from 'node:events';
import { Server } from '@grpc/grpc-js';
import { expect, onTestFinished, test } from 'vitest';
import { makeCertificates } from '../../../src/emulator/server/certificates.ts';
import { listen } from '../../../src/emulator/server/listener.ts';
import { type Handlers, serve } from '../../../src/emulator/server/serve.ts';
import { RpcError } from '../../../src/emulator/services/rpc-error.ts';
import { Connect } from '../../../src/gen/connect_pb.ts';
import { visitor } from '../support/visit.ts';

async function served(handlers: Handlers<typeof Connect>) {
  const certificates = await makeCertificates();
  const server = new Server();
  const bugs: unknown[] = [];
  serve(
    server,
    Connect,
    { getDeviceList: async () => ({}), ...handlers },
    { name: Connect.typeName, onBug: (bug) => bugs.push(bug) },
  );
  const listener = await listen(server, { certificates, port: 0, tlsMax: 'TLSv1.2' });
  onTestFinished(() => listener.close());
  // As long as a test may take: what a deadline ends looks like the end that is tested.
  const deadlineMs = 60_000;
  return {
    bugs,
    client: visitor({ address: `127.0.0.1:${listener.port}`, caCertificate: certificates.ca, deadlineMs }),
  };
}

function revokedProxy() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const odd: [string, unknown][] = [
  ['an error', new Error('secret')],
  ['undefined', undefined],
  ['a string', 'secret'],
  ['an error without a prototype', Object.create(null)],
  ['a revoked proxy', revokedProxy()],
  ['a status that is not ours', { code: 5, details: 'secret' }],
];

test.each(odd)('an unknown throw of a unary handler, %s, is answered with a neutral INTERNAL', async (_, thrown) => {
  const { bugs, client } = await served({
    searchDevice: async () => {
      throw thrown;
    },
  });
  await expect(client.search()).rejects.toMatchObject({ code: 13, details: 'internal error' });
  expect(bugs.length === 1 && Object.is(bugs[0], thrown)).toBe(true);
});

test.each(odd)(
  'an unknown throw of a streaming handler, %s, ends the stream with a neutral INTERNAL',
  async (_, thrown) => {
    const { bugs, client } = await served({
      async *subscribeStatus() {
        yield { deviceID: 846 };
        throw thrown;
      },
    });
    const stream = await client.subscribe();
    expect(await stream.ended).toMatchObject({ code: 13, details: 'internal error' });
    expect(stream.received).toHaveLength(1);
    expect(bugs.length === 1 && Object.is(bugs[0], thrown)).toBe(true);
  },
);

test.each(['Cannot get connection', 'half a surrogate \ud83d, a % sign,\na line break and 서울'])(
  'an RpcError is the answer and no bug: %j',
  async (text) => {
    const { bugs, client } = await served({
      searchDevice: async () => {
        throw new RpcError(5, text);
      },
    });
    await expect(client.search()).rejects.toMatchObject({ code: 5, details: text.replace('\ud83d,', '\ufffd,') });
    expect(bugs).toEqual([]);
  },
);

test('a response that is no message of its kind is answered with INTERNAL', async () => {
  const { client } = await served({ connect: async () => ({ deviceID: -1 }) });
  await expect(client.connect({ IPAddr: '192.168.0.117' })).rejects.toMatchObject({ code: 13 });
});

test('a request that is no message of its kind is answered with INTERNAL', async () => {
  const { client } = await served({});
  await expect(client.raw('/gsdk.connect.Connect/GetDeviceList', Buffer.from([0xff]))).rejects.toMatchObject({
    code: 13,
  });
});

test('a handler learns that its caller has gone, and its failure then is no bug', async () => {
  let isTold = false;
  const { bugs, client } = await served({
    async *subscribeStatus(_, { signal }) {
      yield { deviceID: 846 };
      await once(signal, 'abort');
      isTold = true;
      throw new Error('nobody listens');
    },
  });
  const stream = await client.subscribe();
  await stream.take(1);
  stream.cancel();
  expect(await stream.ended).toMatchObject({ code: 1 });
  await client.devices(); // sent after the cancellation, so answered after it too
  expect({ isTold, bugs }).toEqual({ isTold: true, bugs: [] });
});

test('a stream ends in order when its handler does', async () => {
  const { client } = await served({
    async *subscribeStatus() {
      yield { deviceID: 1 };
      yield { deviceID: 2 };
    },
  });
  const stream = await client.subscribe();
  expect(await stream.ended).toMatchObject({ code: 0 });
  expect(stream.received.map(({ deviceID }) => deviceID)).toEqual([1, 2]);
});

test('a client that does not read holds up its own stream, and that one only', { timeout: 60_000 }, async () => {
  const total = 10_000;
  let sent = 0;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const { client } = await served({
    async *subscribeStatus() {
      await begun;
      for (; sent < total; sent++) yield { deviceID: 846, timestamp: sent };
    },
  });
  const stalled = await client.subscribe();
  stalled.pause();
  begin();
  const settled = await standstill(
    () => sent,
    () => client.devices(),
  );
  expect(settled).toBeLessThan(total);
  stalled.resume();
  const all = await stalled.take(total);
  expect(all.at(-1)?.timestamp).toBe(total - 1);
});

/** The value at which `count` stands still over ten rounds of `round`. */
async function standstill(count: () => number, round: () => Promise<unknown>): Promise<number> {
  for (let last = -1, quiet = 0; quiet < 10; quiet = count() === last ? quiet + 1 : 0) {
    last = count();
    await round();
  }
  return count();
}
