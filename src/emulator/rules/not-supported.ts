import { status } from '@grpc/grpc-js';
import { RpcError } from '../services/rpc-error.ts';

/**
 * The error of a command that a device does not have, as real gateways word it; what stands for start code and command
 * there is assumed.
 */
export function notSupported(rpc: string, deviceID: number): RpcError {
  const words = rpc.replace(/Multi$/, '').match(/[A-Z]+(?![a-z])|[A-Z][a-z]+/g) ?? [rpc];
  const what = words.map((word) => (word === word.toUpperCase() ? word : word.toLowerCase())).join(' ');
  const command = `BS2_CMD_${words.join('_').toUpperCase()}`;
  const packet = `{StartCode:4226 DeviceID:${deviceID} Code:256 Command:${command} }`;
  return new RpcError(status.INTERNAL, `Cannot ${what}: Packet error: BS_ERR_NOT_SUPPORTED ${packet}`);
}
