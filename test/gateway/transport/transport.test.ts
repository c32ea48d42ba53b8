import { getEventListeners, once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createClient } from '@connectrpc/connect';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { parseHostPort } from '../../../src/base/address.ts';
import type { Endpoint } from '../../../src/gateway/transport/endpoint.ts';
import { openTransport } from '../../../src/gateway/transport/transport.ts';
import { Connect } from '../../../src/gen/connect_pb.ts';
import { closingServer, http1Server, silentServer, sshServer } from '../../support/broken-servers.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { interruptedSignal } from '../../support/faults.ts';
import { testConnection } from '../../support/gateway-transport.ts';
import { freePort } from '../../support/ports.ts';

const emulator = await emulatedGateway();
const stranger = await emulatedGateway();
const expired = await emulatedGateway({ certificates: { notAfter: new Date(Date.now() - 1000) } });
const renamed = await emulatedGateway({ certificates: { names: ['gateway.example.com'] } });
const [silent, closing, http1, ssh] = await Promise.all([silentServer(), closingServer(), http1Server(), sshServer()]);

const none = new AbortController().signal;
const at = (address: string, others: Partial<Endpoint> = {}): Endpoint => ({
  ...testConnection().endpoint,
  cert: undefined,
  key: undefined,
  ca: emulator.caCertificate,
  ...(parseHostPort(address) ?? { host: '', port: 0 }),
  ...others,
});
const failing = (endpoint: Endpoint, signal = none) =>
  openTransport(endpoint, signal).then(
    () => expect.unreachable('it connected'),
    (error) => error,
  );

describe('a dial', () => {
  test.each(['127.0.0.1', 'localhost'])('reaches a gateway at %s, and calls work until it is closed', async (host) => {
    const { transport, close } = await openTransport(at(`${host}:${emulator.port}`), none);
    const client = createClient(Connect, transport);
    expect((await client.getDeviceList({})).deviceInfos).toEqual([]);
    const search = client.searchDevice({ timeout: 4_000_000 });
    close();
    await expect(search).rejects.toThrow();
  });

  test('trusts the name that it is told to expect', async () => {
    const endpoint = at(renamed.address, { ca: renamed.caCertificate, serverName: 'gateway.example.com' });
    const { close } = await openTransport(endpoint, none);
    close();
    expect(await failing({ ...endpoint, serverName: undefined })).toMatchObject({
      exitCode: 4,
      failure: { hint: expect.stringContaining('--server-name gateway.example.com') },
    });
  });

  test.each([
    ['another root', stranger.address, emulator.caCertificate, /is not signed by the root in ca.crt$/],
    ['an expired certificate', expired.address, expired.caCertificate, /has expired$/],
    ['HTTP/1 without TLS', http1, emulator.caCertificate, /does not speak TLS$/],
    ['SSH', ssh, emulator.caCertificate, /does not speak TLS$/],
  ])('meets %s: exit code 4', async (_what, address, ca, message) => {
    const failure = { stage: 'transport', target: address, message: expect.stringMatching(message) };
    expect(await failing(at(address, { ca, caFile: 'ca.crt' }))).toMatchObject({ exitCode: 4, failure });
  });

  test('without any root of ours trusts those of the system only', async () => {
    expect(await failing(at(emulator.address, { ca: undefined }))).toMatchObject({
      exitCode: 4,
      message: `the certificate of ${emulator.address} is not signed by any root of this system`,
    });
  });

  test('finds nobody: exit code 5', async () => {
    const address = `127.0.0.1:${await freePort()}`;
    expect(await failing(at(address))).toMatchObject({
      exitCode: 5,
      message: expect.stringContaining(`nothing listens at ${address}`),
    });
    expect(await failing(at(closing))).toMatchObject({ exitCode: 5, message: `${closing} closed the connection` });
  });
});

describe('the limit of a dial', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  /** Calls to set a timer of this many milliseconds, and how many of those timers were cleared. */
  function timersOf(milliseconds: number) {
    const [set, clear] = [vi.spyOn(globalThis, 'setTimeout'), vi.spyOn(globalThis, 'clearTimeout')];
    return () => {
      const timers = set.mock.results.filter((_, index) => set.mock.calls[index]?.[1] === milliseconds);
      const cleared = clear.mock.calls.map(([timer]) => timer);
      return [timers.length, timers.filter(({ value }) => cleared.includes(value)).length];
    };
  }

  test('ends a dial to a peer that says nothing, in time', async () => {
    const startMs = performance.now();
    expect(await failing(at(silent, { connectTimeoutMs: 150 }))).toMatchObject({
      exitCode: 124,
      message: `${silent} did not complete the connection within 150ms`,
      failure: { stage: 'transport', hint: expect.stringContaining('--connect-timeout') },
    });
    expect(performance.now() - startMs).toBeLessThan(2000);
  });

  test('leaves no timer and no listener behind, however the dial ends', async () => {
    const timers = timersOf(54_321);
    const { close } = await openTransport(at(emulator.address, { connectTimeoutMs: 54_321 }), none);
    close();
    expect(timers()).toEqual([1, 1]);
    await failing(at(closing, { connectTimeoutMs: 54_321 }));
    expect(timers()).toEqual([2, 2]);
    expect(getEventListeners(none, 'abort')).toEqual([]);
  });

  test('is none where none is wanted', async () => {
    const timers = timersOf(Number.POSITIVE_INFINITY);
    const { close } = await openTransport(at(emulator.address, { connectTimeoutMs: Number.POSITIVE_INFINITY }), none);
    expect(timers()).toEqual([0, 0]);
    close();
  });
});

describe('an interruption', () => {
  test('ends a dial under way', async () => {
    const controller = new AbortController();
    const dialling = failing(at(silent), controller.signal);
    const { reason } = interruptedSignal();
    controller.abort(reason);
    expect(await dialling).toBe(reason);
  });

  test('that came before ends it at once', async () => {
    const { signal, reason } = interruptedSignal();
    expect(await failing(at(emulator.address), signal)).toBe(reason);
  });
});

test('a dial that failed leaves no connection behind', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const dialling = failing(at(`127.0.0.1:${port}`, { connectTimeoutMs: 100 }));
  const [socket] = (await once(server, 'connection')) as [Socket];
  const closed = once(socket.on('error', () => {}).resume(), 'close');
  expect((await dialling).exitCode).toBe(124);
  await closed;
});
