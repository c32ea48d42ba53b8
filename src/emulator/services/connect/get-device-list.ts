import type { ConnectionMode, Status } from '../../../gen/connect_pb.ts';
import type { Type } from '../../../gen/device_pb.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';

/** Lists the managed devices, connected or not, with numbers that no table knows left as they are (gateway-behaviour F02 to F06). */
export const getDeviceList =
  ({ managed }: EmulatedGateway) =>
  async () => ({
    deviceInfos: managed.all().map(({ isConnected, ...device }) => ({
      ...device,
      type: device.type as Type,
      connectionMode: device.connectionMode as ConnectionMode,
      status: device.status as Status,
    })),
  });
