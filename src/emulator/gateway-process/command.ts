import { status } from '@grpc/grpc-js';
import type { CallContext } from '../server/serve.ts';
import { RpcError } from '../services/rpc-error.ts';
import type { Device } from '../world/device.ts';
import type { EmulatedGateway } from './device-gateway.ts';

/**
 * The device that a command is for, ready to take it.
 * @throws RpcError NOT_FOUND without a session (F49, F52), after a while if the device does not answer (F65), and what
 *   a fault lets it answer
 */
export async function commandedDevice(
  { world, clock, managed, assumptions, settings, faults }: EmulatedGateway,
  deviceID: number,
  { rpc, signal }: CallContext,
): Promise<Device> {
  if (!managed.isConnected(deviceID)) throw cannotGetConnection();
  const device = world.device(deviceID);
  const isInTime = device.answers && device.answerMs < settings.commandTimeoutMs;
  if (!isInTime) {
    await clock.wait(settings.commandTimeoutMs, signal);
    throw new RpcError(status[assumptions.commandTimeoutCode], 'Cannot get response: i/o timeout');
  }
  if (device.answerMs > 0) await clock.wait(device.answerMs, signal);
  const error = faults.command(rpc, deviceID);
  if (error) throw error;
  return device;
}

/** The error of a command for a device without a session; observed in real gateways. */
export const cannotGetConnection = (): RpcError => new RpcError(status.NOT_FOUND, 'Cannot get connection');
