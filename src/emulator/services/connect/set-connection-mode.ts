import { status } from '@grpc/grpc-js';
import type { SetConnectionModeMultiRequest, SetConnectionModeRequest } from '../../../gen/connect_pb.ts';
import { ConnectionMode } from '../../../gen/connect_pb.ts';
import { commandedDevice } from '../../gateway-process/command.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';
import type { CallContext } from '../../server/serve.ts';
import { onEach } from '../on-each.ts';
import { RpcError } from '../rpc-error.ts';

/** Tells a connected device who is to dial whom; the setting is the device's own (gateway-behaviour F49 to F51, F56). */
export const setConnectionMode =
  (gateway: EmulatedGateway) =>
  async ({ deviceID, connectionMode }: SetConnectionModeRequest, context: CallContext) => {
    await setMode(gateway, deviceID, { connectionMode, context });
    return {};
  };

/** The same for several devices (gateway-behaviour F67 to F75). */
export const setConnectionModeMulti =
  (gateway: EmulatedGateway) =>
  ({ deviceIDs, connectionMode }: SetConnectionModeMultiRequest, context: CallContext) =>
    onEach(deviceIDs, gateway.assumptions, (deviceID) => setMode(gateway, deviceID, { connectionMode, context }));

async function setMode(
  gateway: EmulatedGateway,
  deviceID: number,
  { connectionMode, context }: { connectionMode: ConnectionMode; context: CallContext },
): Promise<void> {
  const { world, sessions, assumptions, settings } = gateway;
  if (!modes.includes(connectionMode)) {
    throw new RpcError(status.INVALID_ARGUMENT, `invalid connection mode: ${connectionMode}`);
  }
  const device = await commandedDevice(gateway, deviceID, context);
  if (device.connectionMode === connectionMode) return;
  device.connectionMode = connectionMode;
  if (connectionMode === ConnectionMode.DEVICE_TO_SERVER) {
    device.serverAddr = world.gatewayIPAddr;
    device.serverPort = settings.serverPort;
    device.SSLServerPort = settings.SSLServerPort;
  }
  if (assumptions.modeChangeEndsSession) sessions.end(deviceID);
}

const modes: readonly number[] = Object.values(ConnectionMode);
