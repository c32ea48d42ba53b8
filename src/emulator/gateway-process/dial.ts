import { status } from '@grpc/grpc-js';
import { ConnectionMode } from '../../gen/connect_pb.ts';
import { RpcError } from '../services/rpc-error.ts';
import type { Device } from '../world/device.ts';
import type { World } from '../world/world.ts';

/** Where and how a gateway dials. */
export interface Endpoint {
  readonly IPAddr: string;
  readonly port: number;
  readonly useSSL: boolean;
}

/** How long a dial takes, won or lost, in emulated milliseconds; a dial into the void takes `timeoutMs`. */
export function dialTimeMs(world: World, { IPAddr, port }: Endpoint, timeoutMs: number): number {
  const device = world.host(IPAddr)?.get(port);
  return isHostUp(world, IPAddr) ? (device?.handshakeMs ?? 0) : timeoutMs;
}

/**
 * The device that opens a session at an address (gateway-behaviour F19), or why none does, in the words of a Go
 * dialer: nobody answers (F20), the port is closed, because no device has it or the device dials by itself (F22),
 * or one side wants TLS and the other does not (F52, F53; assumed texts).
 */
export function dial(world: World, endpoint: Endpoint): Device | string {
  const { IPAddr, port } = endpoint;
  if (!isHostUp(world, IPAddr)) return timedOut(endpoint);
  return answerOf(world.host(IPAddr)?.get(port), endpoint);
}

/** The same of the device that has the address, if one has, at a host that is up. */
export function answerOf(device: Device | undefined, endpoint: Endpoint): Device | string {
  const { useSSL } = endpoint;
  if (!device?.answers || device.refuses || device.connectionMode === ConnectionMode.DEVICE_TO_SERVER) {
    return refusedAt(endpoint);
  }
  if (useSSL && !device.useSSL) return 'tls: first record does not look like a TLS handshake';
  if (!useSSL && device.useSSL) return 'EOF';
  return device;
}

/** The error of a `Connect` that came to no session; observed in real gateways. */
export const cannotConnect = (reason: string): RpcError =>
  new RpcError(status.UNAVAILABLE, `Cannot connect to the device: ${reason}`);

/** What the dialer says when nobody answers. */
export const timedOut = (endpoint: Endpoint): string => `${route(endpoint)}: i/o timeout`;

/** What it says when the port is closed. */
export const refusedAt = (endpoint: Endpoint): string => `${route(endpoint)}: connect: connection refused`;

const route = ({ IPAddr, port }: Endpoint) => `dial tcp 0.0.0.0:0->${IPAddr}:${port}`;

function isHostUp(world: World, IPAddr: string): boolean {
  for (const device of world.host(IPAddr)?.values() ?? []) if (device.answers) return true;
  return false;
}
