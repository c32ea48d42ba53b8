import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type Emulator, type EmulatorOptions, scaledClock, startEmulator } from '../../src/emulator/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** An embedded gateway in the process of the test, and how another process finds it. */
export interface EmulatedGateway extends Emulator {
  caFile: string;
  env: { GSDK_GATEWAY: string; GSDK_CA_FILE: string; GSDK_EMULATOR_CONTROL: string };
}

/**
 * Starts an embedded gateway for a test file, closed after the last test. Its time is a thousand times
 * as fast, so that a search of 5 s takes 5 ms; it can be handled from outside. Not to be called within a test.
 */
export async function emulatedGateway(options: EmulatorOptions = {}): Promise<EmulatedGateway> {
  const folder = temporaryFolder();
  const caFile = join(folder, 'ca.crt');
  const controlFile = join(folder, 'control.json');
  const emulator = await startEmulator({ clock: scaledClock(1000), control: true, ...options });
  afterAll(() => emulator.close());
  writeFileSync(caFile, emulator.caCertificate);
  writeFileSync(controlFile, JSON.stringify({ emulator: emulator.control }));
  const env = { GSDK_GATEWAY: emulator.address, GSDK_CA_FILE: caFile, GSDK_EMULATOR_CONTROL: controlFile };
  return { ...emulator, caFile, env };
}
