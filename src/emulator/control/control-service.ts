import type { ServiceImpl } from '@connectrpc/connect';
import type { ControlService } from '../../gen/emulator/control_pb.ts';
import { listDevices } from './list-devices.ts';
import { perform } from './perform.ts';
import type { ControlTargets } from './targets.ts';

/** The `gsdk.emulator.v1.ControlService` of a running emulator. */
export const controlService = (targets: ControlTargets): ServiceImpl<typeof ControlService> => ({
  perform: perform(targets),
  listDevices: listDevices(targets),
});
