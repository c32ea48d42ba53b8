import { expect, test } from 'vitest';
import { defaultBehaviorSwitches } from '../../../../src/emulator/fidelity/behavior-switches.ts';
import { createEmulatedGateway } from '../../../../src/emulator/gateway-process/device-gateway.ts';
import { manualClock } from '../../../../src/emulator/index.ts';
import { connectHandlers } from '../../../../src/emulator/services/connect/connect-handlers.ts';
import { World } from '../../../../src/emulator/world/world.ts';
import { Connect } from '../../../../src/gen/connect_pb.ts';

test('all nineteen methods of the service are answered', () => {
  const gateway = createEmulatedGateway({
    world: new World([]),
    clock: manualClock(0),
    assumptions: defaultBehaviorSwitches,
  });
  const answered = Object.keys(connectHandlers(gateway)).toSorted();
  expect(answered).toEqual(Object.keys(Connect.method).toSorted());
  expect(answered).toHaveLength(19);
});
