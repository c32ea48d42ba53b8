import type { DisconnectRequest } from '../../../gen/connect_pb.ts';
import { cannotGetConnection } from '../../gateway-process/command.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';

/**
 * Ends the sessions of the given devices (gateway-behaviour F32 to F34). One without a session makes the call fail,
 * but the others are disconnected all the same (F36, assumed).
 */
export const disconnect =
  ({ managed, sessions, assumptions }: EmulatedGateway) =>
  async ({ deviceIDs }: DisconnectRequest) => {
    const wanted = [...new Set(deviceIDs)];
    const connected = wanted.filter((deviceID) => managed.isConnected(deviceID));
    for (const deviceID of connected) sessions.end(deviceID, assumptions.redialAfterDisconnectMs);
    if (connected.length < wanted.length && assumptions.disconnectUnknown === 'NOT_FOUND') {
      throw cannotGetConnection();
    }
    return {};
  };

/** Ends all sessions (gateway-behaviour F35). */
export const disconnectAll =
  ({ managed, sessions, assumptions }: EmulatedGateway) =>
  async () => {
    for (const { deviceID } of managed.all()) sessions.end(deviceID, assumptions.redialAfterDisconnectMs);
    return {};
  };
