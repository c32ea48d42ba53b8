import { isIPv4 } from 'node:net';
import { status } from '@grpc/grpc-js';
import type { ConnectRequest } from '../../../gen/connect_pb.ts';
import type { BehaviorSwitches } from '../../fidelity/behavior-switches.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';
import { cannotConnect, type Endpoint } from '../../gateway-process/dial.ts';
import { beginDial } from '../../gateway-process/dial-attempt.ts';
import type { CallContext } from '../../server/serve.ts';
import { type Device, defaultDevicePort } from '../../world/device.ts';
import { RpcError } from '../rpc-error.ts';

/**
 * Opens a synchronous connection and answers with the ID of whatever device was there, once the session is up
 * (gateway-behaviour F16 to F22, F31). A call that is cancelled on the way connects nothing (assumed).
 */
export const connect =
  (gateway: EmulatedGateway) =>
  async ({ connectInfo }: ConnectRequest, { rpc, signal }: CallContext) => {
    const { world, clock, assumptions, faults } = gateway;
    const endpoint = toEndpoint(connectInfo, assumptions);
    const trouble = faults.dial(rpc, endpoint);
    const attempt = beginDial(endpoint, { world, timeoutMs: assumptions.dialTimeoutMs, trouble });
    await clock.wait(attempt.takesMs, signal);
    const device = attempt.end();
    if (typeof device === 'string') throw cannotConnect(device);
    const error = faults.command(rpc, device.deviceID);
    if (error) throw error;
    openSession(gateway, device, endpoint);
    return { deviceID: device.deviceID };
  };

function toEndpoint(connectInfo: ConnectRequest['connectInfo'], { connectNonIPv4 }: BehaviorSwitches): Endpoint {
  const { IPAddr = '', port = 0, useSSL = false } = connectInfo ?? {};
  if (!isIPv4(IPAddr)) {
    if (connectNonIPv4 === 'UNAVAILABLE') throw cannotConnect(`dial tcp: lookup ${IPAddr}: no such host`);
    throw new RpcError(status.INVALID_ARGUMENT, `invalid IPv4 address: ${JSON.stringify(IPAddr)}`);
  }
  if (port < 0 || port > 65535) throw cannotConnect(`dial tcp: address ${port}: invalid port`);
  return { IPAddr, port: port === 0 ? defaultDevicePort : port, useSSL };
}

function openSession(gateway: EmulatedGateway, device: Device, endpoint: Endpoint): void {
  const { managed, sessions, asyncConnections, assumptions } = gateway;
  const { deviceID, type, connectionMode } = device;
  if (managed.isConnected(deviceID)) {
    if (assumptions.connectAgain === 'SAME_ID') return;
    throw new RpcError(status.ALREADY_EXISTS, 'Already connected');
  }
  if (!assumptions.connectKeepsAsync) asyncConnections.delete(deviceID);
  managed.add({ deviceID, type, connectionMode, ...endpoint, autoReconnect: false });
  sessions.open(device, endpoint.useSSL);
}
