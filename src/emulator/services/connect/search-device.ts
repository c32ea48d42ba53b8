import { status } from '@grpc/grpc-js';
import type { ConnectionMode, SearchDeviceRequest } from '../../../gen/connect_pb.ts';
import type { Type } from '../../../gen/device_pb.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';
import type { CallContext } from '../../server/serve.ts';
import type { Device } from '../../world/device.ts';
import { RpcError } from '../rpc-error.ts';

/**
 * Waits `timeout` ms and answers with every device that answers then, managed or not, in any mode (gateway-behaviour F46).
 * Nothing found is an error, not an empty list (F47).
 */
export const searchDevice =
  ({ world, clock }: EmulatedGateway) =>
  async ({ timeout }: SearchDeviceRequest, { signal }: CallContext) => {
    await clock.wait(timeout, signal);
    const found = [...world.devices.values()].filter((device) => device.answers);
    if (found.length === 0) throw new RpcError(status.NOT_FOUND, 'No device found in the subnet');
    return { deviceInfos: found.map(toSearchInfo) };
  };

const toSearchInfo = ({ deviceID, type, useDHCP, connectionMode, IPAddr, port, useSSL, serverAddr }: Device) => ({
  deviceID,
  type: type as Type,
  useDHCP,
  connectionMode: connectionMode as ConnectionMode,
  IPAddr,
  port,
  useSSL,
  serverAddr,
});
