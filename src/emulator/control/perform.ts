import type { JsonObject } from '@bufbuild/protobuf';
import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import { parseScenario } from '../scenario/scenario.ts';
import { deviceMessage, gatewayMessage } from './messages.ts';
import { refused } from './refused.ts';
import type { ControlTargets } from './targets.ts';

/** Does one thing, now, and tells what gateway and devices are like afterwards. */
export const perform =
  ({ emulator, site, host }: ControlTargets) =>
  async ({ step }: { step?: JsonObject | undefined }) => {
    const { journal, world, clock } = emulator;
    const sinceSeq = journal.seq;
    const deviceIDs = refused(() => {
      const scenario = { steps: [{ ...step, at: '0s' }] };
      const { steps } = parseScenario(scenario, emulator, 'the request');
      return steps.flatMap(({ verb, values }) => {
        verb.run(emulator, values as never);
        return Array.isArray(values.deviceIDs) ? (values.deviceIDs as number[]) : [];
      });
    });
    await host.settled();
    return {
      sinceSeq,
      time: timestampFromMs(Math.floor(clock.now())),
      gateway: gatewayMessage(site),
      devices: deviceIDs.map((deviceID) => deviceMessage(site, world, deviceID)),
    };
  };
