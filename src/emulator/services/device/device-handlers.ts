import type { Device } from '../../../gen/device_pb.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';
import type { Handlers } from '../../server/serve.ts';
import { getCapabilityInfo } from './get-capability-info.ts';
import { getInfo } from './get-info.ts';

/** The `gsdk.device.Device` service, answered by a gateway process. */
export const deviceHandlers = (gateway: EmulatedGateway): Handlers<typeof Device> => ({
  getInfo: getInfo(gateway),
  getCapabilityInfo: getCapabilityInfo(gateway),
});
