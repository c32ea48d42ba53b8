import type { Type } from '../../../gen/device_pb.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';

/** Lists the devices that dialled in and were refused (gateway-behaviour F41). */
export const getPendingList =
  ({ pending }: EmulatedGateway) =>
  async () => ({ deviceInfos: pending.all().map((device) => ({ ...device, type: device.type as Type })) });
