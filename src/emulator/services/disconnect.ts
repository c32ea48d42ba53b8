import { status } from '@grpc/grpc-js';
import type { DisconnectRequest } from '../../gen/connect_pb.ts';
import type { DeviceGateway } from '../gateway/device-gateway.ts';
import { RpcError } from '../rpc-error.ts';

/**
 * Ends the sessions of the given devices (gateway-behaviour F32, F33). One without a session makes the call fail,
 * but the others are disconnected all the same (F36, assumed).
 */
export const disconnect =
  ({ managed, assumptions }: DeviceGateway) =>
  async ({ deviceIDs }: DisconnectRequest) => {
    const wanted = [...new Set(deviceIDs)];
    const connected = wanted.filter((deviceID) => managed.get(deviceID)?.isConnected);
    for (const deviceID of connected) managed.disconnected(deviceID);
    if (connected.length < wanted.length && assumptions.disconnectUnknown === 'NOT_FOUND') {
      throw new RpcError(status.NOT_FOUND, 'Cannot get connection');
    }
    return {};
  };

/** Ends all sessions (gateway-behaviour F35). */
export const disconnectAll =
  ({ managed }: DeviceGateway) =>
  async () => {
    for (const { deviceID, isConnected } of managed.all()) if (isConnected) managed.disconnected(deviceID);
    return {};
  };
