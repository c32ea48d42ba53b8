import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFleetFile, toFleetFile } from '../../../src/emulator/fleet-file/fleet-file.ts';
import { toFleetRow } from '../../../src/emulator/fleet-file/records.ts';
import { toFleet, tutorialFleet } from '../../../src/emulator/index.ts';
import type { FleetDevice } from '../../../src/emulator/world/device.ts';
import { always } from '../../support/always.ts';

const fleetOf = (text: string) => readFleetFile(text, 'fleet.yaml').fleet ?? [];

describe('a fleet as a file', () => {
  const device: fc.Arbitrary<FleetDevice> = fc.record(
    {
      deviceID: fc.integer({ min: 1, max: 2 ** 32 - 1 }),
      type: fc.oneof(fc.constantFrom(8, 35, 47), fc.integer({ min: 100, max: 99_999 })),
      IPAddr: fc.ipV4(),
      name: fc.string({ minLength: 1, unit: 'grapheme' }),
      port: fc.integer({ min: 1, max: 65_535 }),
      useSSL: fc.boolean(),
      connectionMode: fc.constantFrom(0, 1),
      group: fc.string({ minLength: 1 }),
      labels: fc.dictionary(fc.stringMatching(/^[a-z_.-]{1,9}$/), fc.string()),
      handshakeMs: fc.nat(),
      answerMs: fc.nat(),
      answers: fc.boolean(),
      rs485SlaveDeviceIDs: fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 3 }),
    },
    { requiredKeys: ['deviceID', 'type', 'IPAddr'] },
  );
  const fleets = fc.uniqueArray(device, {
    maxLength: 6,
    comparator: (one, other) =>
      one.deviceID === other.deviceID ||
      one.IPAddr === other.IPAddr ||
      (one.rs485SlaveDeviceIDs ?? []).some((slave) => other.rs485SlaveDeviceIDs?.includes(slave)),
  });
  const rows = (fleet: readonly FleetDevice[]) => fleet.map(toFleetRow);

  test('read again is the same fleet, whatever is in it', () => {
    always(fleets, (fleet) => expect(rows(fleetOf(toFleetFile(fleet)))).toEqual(rows(fleet)), 40);
  });

  test('as records read again too', () => {
    always(fleets, (fleet) => {
      const records = rows(fleet).map((fields) => ({ fields: JSON.parse(JSON.stringify(fields)), where: 'x' }));
      expect(rows(toFleet(records))).toEqual(rows(fleet));
    });
  });

  test('has a device a line, and what is as of any device is left out', () => {
    expect(toFleetFile(tutorialFleet.slice(2, 4)).split('\n')).toEqual([
      '# yaml-language-server: $schema=fleet.schema.json',
      'devices:',
      '  - { deviceID: 846, type: BIOLITE_N2, IPAddr: 192.168.0.117 }',
      '  - { deviceID: 939342898, type: BIOSTATION_A2, IPAddr: 192.168.0.121, connectionMode: DEVICE_TO_SERVER, useSSL: true, serverAddr: 192.168.0.2 }',
      '',
    ]);
  });
});
