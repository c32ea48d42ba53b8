import type { Type } from '../../gen/device_pb.ts';
import type { DeviceGateway } from '../gateway/device-gateway.ts';

/** Lists the devices that dialled in and were refused (gateway-behaviour F41). */
export const getPendingList =
  ({ pending }: DeviceGateway) =>
  async () => ({ deviceInfos: pending.all().map((device) => ({ ...device, type: device.type as Type })) });
