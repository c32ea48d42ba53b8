import { selectDevices } from '../input/selectors.ts';
import { deviceMessage } from './messages.ts';
import { toControlError } from './refused.ts';
import type { ControlTargets } from './targets.ts';

/** Tells what devices are like; an empty selector means all of them. */
export const listDevices =
  ({ emulator, site }: ControlTargets) =>
  async ({ selector }: { selector: string }) => {
    const { world, seed } = emulator;
    const devices = toControlError(() => selectDevices(selector || '@all', world, seed));
    return { devices: devices.map(({ deviceID }) => deviceMessage(site, world, deviceID)) };
  };
