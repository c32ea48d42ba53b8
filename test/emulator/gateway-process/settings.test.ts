import type { ServiceError } from '@grpc/grpc-js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type EmulatorOptions, type GatewayVersion, gatewayVersions } from '../../../src/emulator/index.ts';
import { statusDetails, stranger } from '../../support/stranger.ts';
import { inShort } from '../support/status.ts';
import { type SteppedClock, steppedClock } from '../support/stepped-clock.ts';
import { visit } from '../support/visit.ts';

const isOld = (version: GatewayVersion) => version === '1.4';
const plain = { deviceID: 846, IPAddr: '192.168.0.117' };

/** A gateway of this version, and a client with the contract of its time. */
async function visitVersion(gatewayVersion: GatewayVersion, options: EmulatorOptions = {}) {
  const visited = await visit({ gatewayVersion, ...options });
  const client = stranger({ ...visited.emulator, isOld: isOld(gatewayVersion) });
  onTestFinished(() => client.close());
  return { ...visited, client };
}

describe.each(gatewayVersions)('gateway version %s', (version) => {
  test('answers a client of its time, from search to SSL', async () => {
    const { client, clock } = await visitVersion(version);
    const stream = await client.subscribe();
    expect(await client.search()).toHaveLength(9);
    expect(await client.connect({ IPAddr: plain.IPAddr })).toBe(846);
    await client.enableSSL(846);
    await client.addAsync({ ...plain, useSSL: true });
    clock.advance(5);
    expect(await client.devices()).toMatchObject([{ deviceID: 846, status: 2 }]);
    const attempt = version === '1.9.1' ? ['846 TRY_TO_CONNECT'] : [];
    const changes = ['846 TCP_CONNECTED', '846 DISCONNECTED', ...attempt, '846 TLS_CONNECTED'];
    expect(inShort(await stream.take(changes.length))).toEqual(changes);
  });

  test('F72 names the type of Multi errors as it did then, unless told otherwise', async () => {
    const typeOf = async (options: EmulatorOptions) => {
      const { client } = await visitVersion(version, options);
      const error = await client.multi('EnableSSLMulti', { deviceIDs: [7] }).catch((thrown: ServiceError) => thrown);
      return statusDetails(error as ServiceError).details[0]?.type.replace('type.googleapis.com/', '');
    };
    expect(await typeOf({})).toBe(isOld(version) ? 'err.MultiErrorResponse' : 'gsdk.err.MultiErrorResponse');
    expect(await typeOf({ assumptions: { errTypeName: 'old' } })).toBe('err.MultiErrorResponse');
  });

  test('F66 notices a link that is lost in silence after its time', async () => {
    const { client, clock, emulator } = await visitVersion(version);
    await client.connect(plain);
    emulator.unplug(846, 'silent');
    const noticedMs = version === '1.7.1' || version === '1.9.1' ? 10_000 : 32_000;
    clock.advance(noticedMs - 1);
    expect(await client.devices()).toHaveLength(1);
    clock.advance(1);
    expect(await client.devices()).toEqual([]);
  });

  test('does not know the names of the other time, in the words of a Go server', async () => {
    const { emulator } = await visitVersion(version);
    const other = stranger({ ...emulator, isOld: !isOld(version) });
    onTestFinished(() => other.close());
    const prefix = isOld(version) ? 'gsdk.' : '';
    for (const [service, method] of [
      ['connect.Connect', 'GetDeviceList'],
      ['device.Device', 'GetInfo'],
      ['network.Network', 'GetIPConfig'],
    ] as const) {
      const details = `unknown service ${prefix}${service}`;
      await expect(other.callOf(prefix + service, method)).rejects.toMatchObject({ code: 12, details });
    }
  });

  test('resets the streams of its own subscribers', async () => {
    const { client, emulator } = await visitVersion(version);
    const stream = await client.subscribe();
    emulator.faults.dropStreams({ rst: 'INTERNAL_ERROR' });
    expect((await stream.ended).code).toBe(13);
  });
});

test('F08 before V1.9.1 a device that does not answer is told once as one that cannot be reached', async () => {
  const { client, clock, emulator } = await visitVersion('1.7.1');
  const stream = await client.subscribe();
  emulator.unplug(846, 'fin');
  await client.addAsync(plain);
  clock.advance(100_000);
  emulator.plug(846);
  clock.advance(40_000);
  expect(inShort(await stream.take(2))).toEqual(['846 TCP_CANNOT_CONNECT', '846 TCP_CONNECTED']);
});

test('a version that cannot be played is refused', async () => {
  const gatewayVersion = '1.6' as GatewayVersion;
  await expect(visit({ gatewayVersion })).rejects.toThrow(
    'expected a gateway version of 1.4, 1.5, 1.7.1, 1.9.1, got "1.6"',
  );
});

describe('a configuration in the keys and units of the vendor', () => {
  test('F25 F33 reconnect_interval is when a lost device is dialled again, after Disconnect too', async () => {
    const { client, clock, emulator } = await visit({ gatewayConfig: { device_server: { reconnect_interval: 500 } } });
    const stream = await client.subscribe();
    await client.addAsync(plain);
    clock.advance(5);
    await client.disconnect(846);
    clock.advance(505);
    emulator.unplug(846, 'fin');
    emulator.plug(846);
    clock.advance(505);
    const up = ['846 TRY_TO_CONNECT', '846 TCP_CONNECTED'];
    const changes = [...up, '846 DISCONNECTED', ...up, '846 DISCONNECTED', ...up];
    expect(inShort(await stream.take(changes.length))).toEqual(changes);
  });

  test.each([
    ['1.9.1', { device_server: { detect_network_interval: 700 } }, 700],
    ['1.9.1', { timeout: { keep_alive: 600 } }, 600],
    ['1.5', { device_server: { detect_network_interval: 700 }, timeout: { keep_alive: 900 } }, 900],
  ] as const)('F66 V%s with %j notices a lost link after %d ms', async (gatewayVersion, gatewayConfig, noticedMs) => {
    const { client, clock, emulator } = await visit({ gatewayVersion, gatewayConfig });
    await client.connect(plain);
    emulator.unplug(846, 'silent');
    clock.advance(noticedMs - 1);
    expect(await client.devices()).toHaveLength(1);
    clock.advance(1);
    expect(await client.devices()).toEqual([]);
  });

  test('F65 timeout.cmd is how long a device may take to answer a command', async () => {
    const clock = steppedClock(0);
    const fleet = [{ ...plain, type: 18, answerMs: 300 }];
    const { client } = await visit({ clock, fleet, gatewayConfig: { timeout: { cmd: 250 } } });
    await connected(client.connect(plain), clock);
    const info = client.callOf('gsdk.device.Device', 'GetInfo', { deviceID: 846 });
    expect(await clock.nextWait()).toBe(250);
    clock.advance(250);
    await expect(info).rejects.toMatchObject({ code: 4 });
  });

  test('a device that is slow but in time answers', async () => {
    const clock = steppedClock(0);
    const { client } = await visit({ clock, fleet: [{ ...plain, type: 18, answerMs: 300 }] });
    await connected(client.connect(plain), clock);
    const info = client.callOf<{ info: { modelName: string } }>('gsdk.device.Device', 'GetInfo', { deviceID: 846 });
    expect(await clock.nextWait()).toBe(300);
    clock.advance(300);
    expect((await info).info.modelName).toBe('BIOLITE_N2');
  });

  test('F45 device_server.port and ssl_port are where devices dial in, and what they are told', async () => {
    const dialIn = { type: 18, connectionMode: 1 };
    const fleet = [
      { ...dialIn, deviceID: 1, IPAddr: '10.0.0.1' },
      { ...dialIn, deviceID: 2, IPAddr: '10.0.0.2', serverPort: 6000 },
      { ...dialIn, deviceID: 3, IPAddr: '10.0.0.3', useSSL: true, SSLServerPort: 6001 },
      { type: 18, deviceID: 4, IPAddr: '10.0.0.4' },
    ];
    const { client, clock, world } = await visit({
      fleet,
      gatewayConfig: { device_server: { port: 6000, ssl_port: 6001 } },
    });
    await client.setFilter({ allowAll: true });
    clock.advance(24_000);
    expect((await client.devices()).map(({ deviceID }) => deviceID)).toEqual([2, 3]);
    await client.connect({ IPAddr: '10.0.0.4' });
    await client.setMode(4, 1);
    expect(world.device(4)).toMatchObject({ serverPort: 6000, SSLServerPort: 6001 });
  });

  test('F64 rpc_server.max_recv_size is the largest request', async () => {
    const { client } = await visit({ gatewayConfig: { rpc_server: { max_recv_size: 100 } } });
    await expect(client.deleteAsync(...Array(200).fill(1))).rejects.toMatchObject({ code: 8 });
    expect(await client.devices()).toEqual([]);
  });
});

/** A connection that is up once the clock has been moved over its dial. */
async function connected(connecting: Promise<number>, clock: SteppedClock): Promise<void> {
  clock.advance(await clock.nextWait());
  await connecting;
}
