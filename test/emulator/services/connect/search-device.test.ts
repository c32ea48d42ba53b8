import { expect, test } from 'vitest';
import { steppedClock } from '../../support/stepped-clock.ts';
import { startUnixMs, visit } from '../../support/visit.ts';

test('F46 a search finds devices of both modes with their settings, connected or not', async () => {
  const { client } = await visit();
  await client.connect({ IPAddr: '192.168.0.117' });
  const found = await client.search();
  expect(found).toHaveLength(9);
  expect(found.filter(({ deviceID }) => [846, 939342898].includes(deviceID))).toEqual([
    {
      deviceID: 846,
      type: 18,
      useDHCP: false,
      connectionMode: 0,
      IPAddr: '192.168.0.117',
      port: 51211,
      useSSL: false,
      serverAddr: '',
    },
    {
      deviceID: 939342898,
      type: 9,
      useDHCP: false,
      connectionMode: 1,
      IPAddr: '192.168.0.121',
      port: 51211,
      useSSL: true,
      serverAddr: '192.168.0.2',
    },
  ]);
});

test('F46 a search takes as long as it was told to, and finds what answers by then', async () => {
  const clock = steppedClock(startUnixMs);
  const { client, world } = await visit({ clock });
  world.device(846).answers = false;
  const search = client.search(5_000);
  expect(await clock.nextWait()).toBe(5_000);
  world.device(846).answers = true;
  clock.advance(5_000);
  expect((await search).map(({ deviceID }) => deviceID)).toContain(846);
});

test('F46 a device without power is not found', async () => {
  const { client, world } = await visit();
  world.device(846).answers = false;
  expect((await client.search()).map(({ deviceID }) => deviceID)).not.toContain(846);
});

test('F46 a type that no table knows is passed on', async () => {
  const { client } = await visit({ fleet: [{ deviceID: 7, type: 153, IPAddr: '10.0.0.7', useDHCP: true }] });
  expect(await client.search()).toMatchObject([{ deviceID: 7, type: 153, useDHCP: true }]);
});

test.each([
  ['an empty world', []],
  ['a world without power', [{ deviceID: 7, type: 8, IPAddr: '10.0.0.7', answers: false }]],
])('F47 nothing found, as in %s, is NOT_FOUND', async (_, fleet) => {
  const { client } = await visit({ fleet });
  await expect(client.search()).rejects.toMatchObject({ code: 5, details: 'No device found in the subnet' });
});
