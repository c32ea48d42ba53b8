import { onTestFinished } from 'vitest';
import { type EmulatorOptions, manualClock, startEmulator } from '../../../src/emulator/index.ts';
import { stranger } from '../../support/stranger.ts';

/** When the clocks of these tests start: half a second into a Unix second, so that rounding shows. */
export const startUnixMs = 1_700_000_000_500;

/** A fresh emulator on a manual clock and a client of it, both gone when the test is over. */
export async function visit(options: EmulatorOptions = {}) {
  const clock = manualClock(startUnixMs);
  const emulator = await startEmulator({ clock, ...options });
  onTestFinished(() => emulator.close());
  return { emulator, world: emulator.world, clock, client: visitor(emulator) };
}

/** One more client, gone when the test is over. */
export function visitor(target: Parameters<typeof stranger>[0]) {
  const client = stranger(target);
  onTestFinished(() => client.close());
  return client;
}
