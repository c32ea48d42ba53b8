import type { JsonObject } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { parseAction } from '../scenario/scenario.ts';
import { deviceMessage, gatewayMessage } from './messages.ts';
import { toControlError } from './refused.ts';
import type { ControlTargets } from './targets.ts';

/** Does one thing, now, and tells what gateway and devices are like afterwards. */
export const perform =
  ({ emulator, site, host }: ControlTargets) =>
  async ({ step }: { step?: JsonObject | undefined }) => {
    const { journal, world, clock } = emulator;
    const sinceSeq = journal.seq;
    const deviceIDs = toControlError(() => {
      const { verb, values } = parseAction(step, emulator, 'step');
      verb.run(emulator, values as never);
      return namedDevices(values);
    });
    await host.settled();
    return {
      sinceSeq,
      time: timestampFromMs(Math.floor(clock.now())),
      gateway: gatewayMessage(site),
      devices: deviceIDs.map((deviceID) => deviceMessage(site, world, deviceID)),
    };
  };

/** The devices that a step is about, whichever way it names them. */
function namedDevices(values: Readonly<Record<string, unknown>>): number[] {
  const { deviceID, deviceIDs, devices } = values as {
    deviceID?: number;
    deviceIDs?: readonly number[];
    devices?: readonly { deviceID: number }[];
  };
  if (deviceID !== undefined) return [deviceID];
  return [...(deviceIDs ?? devices?.map((device) => device.deviceID) ?? [])];
}
