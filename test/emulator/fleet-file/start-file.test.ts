import { describe, expect, test } from 'vitest';
import { readFleetFile } from '../../../src/emulator/fleet-file/fleet-file.ts';
import { startFile } from '../../../src/emulator/fleet-file/start-file.ts';

describe('the file to begin with', () => {
  test('is a fleet', () => {
    expect(readFleetFile(startFile, 'fleet.yaml').fleet).toHaveLength(22);
  });

  test('is one too with what stands in comments', () => {
    const whole = startFile.replaceAll(/^#(?=\w| {2})/gm, '');
    const { fleet, ...gateway } = readFleetFile(whole, 'fleet.yaml');
    expect(Object.keys(gateway)).toEqual(['gatewayVersion', 'gatewayConfig', 'assumptions']);
  });
});
