import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { switches } from '../../../src/emulator/fidelity/behavior-switches.ts';
import { toFleetRow } from '../../../src/emulator/fleet-file/records.ts';
import { fleetSchema } from '../../../src/emulator/fleet-file/schema.ts';
import type { FleetDevice } from '../../../src/emulator/world/device.ts';

describe('the schema', () => {
  test('is one, by the schema of schemas', () => {
    const ajv = new Ajv({ strict: false, validateFormats: false });
    expect(ajv.validateSchema(fleetSchema)).toBe(true);
  });

  test('has a word on each key', () => {
    const { properties } = fleetSchema as { properties: Record<string, { description?: string }> };
    for (const [key, { description }] of Object.entries(properties))
      expect([key, description]).not.toContain(undefined);
  });

  test('has all that a device can be, and every switch', () => {
    const { properties } = JSON.parse(JSON.stringify(fleetSchema));
    const device: FleetDevice = { deviceID: 1, type: 1, IPAddr: '10.0.0.1' };
    expect(Object.keys(properties.devices.items.properties)).toEqual(
      expect.arrayContaining(Object.keys(toFleetRow(device))),
    );
    expect(Object.keys(properties.assumptions.properties)).toEqual(Object.keys(switches));
  });
});
