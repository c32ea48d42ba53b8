import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FoundDevice } from '../../../src/gateway/gateway.ts';
import { findDuplicates, searchRepeatedly } from '../../../src/gateway/operations/search.ts';
import { always } from '../../support/always.ts';
import { fakeGateway, inTurn } from '../../support/fake-gateway.ts';

const found = (deviceID: number, IPAddr = `10.0.0.${deviceID}`, others: Partial<FoundDevice> = {}): FoundDevice => ({
  ...{ deviceID, type: 'BIOSTATION_2', useDHCP: false, connectionMode: 'SERVER_TO_DEVICE', IPAddr, port: 51_211 },
  ...{ useSSL: false, serverAddr: '', ...others },
});
const ids = (devices: readonly FoundDevice[]) => devices.map(({ deviceID }) => deviceID);
const answers = (...rounds: FoundDevice[][]) =>
  fakeGateway([], { search: inTurn(...rounds.map((devices) => ({ devices, isSilent: devices.length === 0 }))) })
    .gateway;

describe('several searches', () => {
  test('are put together by ID: each device once, as it answered last', async () => {
    const gateway = answers([found(2), found(7)], [found(1), found(7, '10.0.0.7', { useSSL: true })]);
    const { devices, isSilent } = await searchRepeatedly(gateway, 1000, 2);
    expect(ids(devices)).toEqual([1, 2, 7]);
    expect(devices[2]?.useSSL).toBe(true);
    expect(isSilent).toBe(false);
  });

  test('keep both addresses of an ID that answered from two', async () => {
    const { devices } = await searchRepeatedly(answers([found(7)], [found(7, '10.0.0.70')]), 1000, 2);
    expect(devices.map(({ IPAddr }) => IPAddr)).toEqual(['10.0.0.7', '10.0.0.70']);
  });

  test('are silent only if all of them were', async () => {
    expect((await searchRepeatedly(answers([], [], []), 1000, 3)).isSilent).toBe(true);
    expect((await searchRepeatedly(answers([], [found(1)], []), 1000, 3)).isSilent).toBe(false);
  });

  test('are as many and as long as asked for', async () => {
    const durations: number[] = [];
    const search = async (durationMs: number) => {
      durations.push(durationMs);
      return { devices: [], isSilent: true };
    };
    await searchRepeatedly(fakeGateway([], { search }).gateway, 1500, 4);
    expect(durations).toEqual([1500, 1500, 1500, 1500]);
  });
});

describe('duplicates', () => {
  test('are those who share an IP address, whatever their ports', () => {
    expect(ids(findDuplicates([found(1), found(2, '10.0.0.1', { port: 51_212 }), found(3)]))).toEqual([1, 2]);
  });

  test('are those who share an ID', () => {
    expect(findDuplicates([found(1), found(1, '10.0.0.9'), found(3)])).toHaveLength(2);
  });

  test.each(['', '0.0.0.0'])('are not those who have no address: %j', (IPAddr) => {
    expect(findDuplicates([found(1, IPAddr), found(2, IPAddr)])).toEqual([]);
  });

  test('each have a partner among them, and nobody who is left out has one', () => {
    const device = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }));
    always(fc.array(device), (pairs) => {
      const all = pairs.map(([id, host]) => found(id, `10.0.0.${host}`));
      const twins = findDuplicates(all);
      for (const one of all) {
        const hasPartner = all.some(
          (other) => other !== one && (other.deviceID === one.deviceID || other.IPAddr === one.IPAddr),
        );
        expect(twins.includes(one)).toBe(hasPartner);
      }
    });
  });
});
