import type { ServiceImpl } from '@connectrpc/connect';
import type { ControlService } from '../../gen/emulator/control_pb.ts';
import { listCalls, verifyCalls } from './calls.ts';
import { advanceClock, getClock, scaleClock } from './clock.ts';
import { followEvents, listEvents } from './events.ts';
import { addFaults, listFaults, removeFaults } from './faults.ts';
import { listDevices } from './list-devices.ts';
import { perform } from './perform.ts';
import { reset } from './reset.ts';
import { getScenarioStatus, runScenario, stopScenario } from './scenarios.ts';
import type { ControlTargets } from './targets.ts';

/** The `gsdk.emulator.v1.ControlService` of a running emulator. */
export const controlService = (targets: ControlTargets): ServiceImpl<typeof ControlService> => ({
  perform: perform(targets),
  listDevices: listDevices(targets),
  getClock: getClock(targets),
  advanceClock: advanceClock(targets),
  scaleClock: scaleClock(targets),
  listEvents: listEvents(targets),
  followEvents: followEvents(targets),
  listCalls: listCalls(targets),
  verifyCalls: verifyCalls(targets),
  addFaults: addFaults(targets),
  listFaults: listFaults(targets),
  removeFaults: removeFaults(targets),
  runScenario: runScenario(targets),
  getScenarioStatus: getScenarioStatus(targets),
  stopScenario: stopScenario(targets),
  reset: reset(targets),
});
