import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { gatewayMessage } from './messages.ts';
import type { ControlTargets } from './targets.ts';

/** Makes gateway and world what they were at the start. */
export const reset =
  ({ emulator, site, host }: ControlTargets) =>
  async () => {
    emulator.reset();
    await host.settled();
    return { time: timestampFromMs(Math.floor(emulator.clock.now())), gateway: gatewayMessage(site) };
  };
