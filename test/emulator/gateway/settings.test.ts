import type { ServiceError } from '@grpc/grpc-js';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type EmulatorOptions, type GatewayVersion, gatewayVersions } from '../../../src/emulator/index.ts';
import { statusDetails, stranger } from '../../support/stranger.ts';
import { inShort } from '../support/status.ts';
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
