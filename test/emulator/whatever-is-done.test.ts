import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAction } from '../../src/emulator/scenario/scenario.ts';
import { visit } from './support/visit.ts';

const deviceID = fc.constantFrom(846, 939342898, 540092578, 544114231, 7, 8);
const deviceIDs = fc.uniqueArray(deviceID, { minLength: 1, maxLength: 3 });
const how = fc.constantFrom('fin', 'rst', 'silent');
const address = fc.record({ IPAddr: fc.constantFrom('10.0.0.7', '10.0.0.8', '192.168.0.117', '192.168.0.200') });

/** Something that is done at devices or to the gateway: a step without its times. */
const deed = fc.oneof(
  fc.record({ do: fc.constant('unplug'), deviceIDs, how }),
  fc.record({ do: fc.constantFrom('plug', 'refuse', 'accept', 'remove'), deviceIDs }),
  fc.record({
    do: fc.constant('flap'),
    deviceIDs,
    how,
    down: fc.constant('3s'),
    up: fc.constant('40s'),
    count: fc.nat(4),
  }),
  fc.record({ do: fc.constant('reboot'), deviceIDs, down: fc.constantFrom('0s', '20s') }),
  fc.tuple(deviceID, address).map(([ID, { IPAddr }]) => ({ do: 'move', deviceID: ID, IPAddr })),
  fc.tuple(deviceID, address).map(([ID, { IPAddr }]) => ({ do: 'add', devices: [{ deviceID: ID, IPAddr }] })),
  fc.record({ do: fc.constant('set'), deviceIDs, useSSL: fc.boolean() }),
  fc.record({
    do: fc.constant('set'),
    deviceIDs,
    connectionMode: fc.constantFrom('SERVER_TO_DEVICE', 'DEVICE_TO_SERVER'),
  }),
  fc.record({ do: fc.constant('restartGateway'), remembers: fc.boolean() }),
  fc.record({ do: fc.constant('crash'), down: fc.constantFrom('0s', '20s') }),
  fc.record({ do: fc.constant('burst'), changes: fc.integer({ min: 1, max: 50 }) }),
  fc.record({ do: fc.constantFrom('freeze', 'thaw', 'dropStreams', 'goAway', 'clear', 'rotateCertificate', 'reset') }),
);

test('whatever is done in whatever order, nothing breaks, and after a reset all is as at the start', async () => {
  const bugs: unknown[] = [];
  const { client, clock, emulator, world } = await visit({ onBug: (bug) => bugs.push(bug) });
  const fleet = structuredClone([...world.devices.values()]);
  const connectInfos = fleet.map((device) => ({
    deviceID: device.deviceID,
    IPAddr: device.IPAddr,
    useSSL: device.useSSL,
  }));
  const property = fc.asyncProperty(
    fc.array(fc.tuple(deed, fc.constantFrom(0, 5, 10_000, 60_000)), { minLength: 10, maxLength: 40 }),
    async (deeds) => {
      await client.setFilter({ allowAll: true });
      await client.addAsync(...connectInfos);
      for (const [step, advanceMs] of deeds) {
        try {
          if (step.do === 'reset') emulator.reset();
          else {
            const { verb, values } = parseAction(step, emulator, 'step');
            verb.run(emulator, values as never);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
        clock.advance(advanceMs);
      }
      clock.advance(3_600_000);
      emulator.reset();
      await emulator.settled();
      expect([...world.devices.values()]).toEqual(fleet);
      expect(emulator.journal.entries[0]).toMatchObject({ kind: 'gateway', what: 'started' });
      await expect.poll(() => client.devices().catch(() => undefined), { timeout: 10_000 }).toEqual([]);
    },
  );
  await fc.assert(property, { numRuns: 30 });
  expect(bugs).toEqual([]);
}, 120_000);
