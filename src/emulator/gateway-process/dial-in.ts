import { Status } from '../../gen/connect_pb.ts';
import type { Device } from '../world/device.ts';
import type { EmulatedGateway } from './device-gateway.ts';
import type { GatewaySettings } from './settings.ts';

/**
 * Answers a device that has dialled the gateway: lets it in, or notes it as pending (gateway-behaviour F37 to F42).
 * @returns whether the device has a session now
 */
export function answerDialIn(gateway: EmulatedGateway, device: Device): boolean {
  const { managed, acceptFilter, pending, sessions } = gateway;
  const { deviceID, type, connectionMode, IPAddr, useSSL } = device;
  if (managed.isConnected(deviceID)) return true;
  if (!isAtPort(gateway.settings, device)) return false;
  if (!acceptFilter.accepts(deviceID)) {
    refuse(gateway, device);
    return false;
  }
  pending.accepted(deviceID);
  managed.add({ deviceID, type, connectionMode, IPAddr, port: 0, useSSL, autoReconnect: false });
  sessions.open(device, useSSL);
  return true;
}

/** Whether the device dials where the gateway listens: plain and TLS connections have a port each (F45). */
const isAtPort = (settings: GatewaySettings, { useSSL, serverPort, SSLServerPort }: Device) =>
  useSSL ? SSLServerPort === settings.SSLServerPort : serverPort === settings.serverPort;

function refuse({ clock, pending, managed, statusFeed, assumptions }: EmulatedGateway, device: Device): void {
  const { deviceID, useSSL } = device;
  const timestamp = Math.floor(clock.now() / 1000);
  const isNew = pending.refused(device, timestamp);
  if (assumptions.refusedDialStatus === 'NONE') return;
  const status = useSSL ? Status.TLS_NOT_ALLOWED : Status.TCP_NOT_ALLOWED;
  if (managed.get(deviceID)) managed.notConnected(deviceID, status);
  else if (isNew) statusFeed.publish({ deviceID, status, timestamp });
}
