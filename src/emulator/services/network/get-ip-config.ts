import type { ConnectionMode } from '../../../gen/connect_pb.ts';
import { EthernetBaseband, type GetIPConfigRequest } from '../../../gen/network_pb.ts';
import { commandedDevice } from '../../gateway-process/command.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';
import type { CallContext } from '../../server/serve.ts';
import type { Device } from '../../world/device.ts';

/** Asks a connected device for its network settings, which say who dials whom and where (gateway-behaviour F50). */
export const getIPConfig =
  (gateway: EmulatedGateway) =>
  async ({ deviceID }: GetIPConfigRequest, context: CallContext) => ({
    config: toIPConfig(await commandedDevice(gateway, deviceID, context)),
  });

/** The network of a device is a plain one: 24 bits, the router at address 1. */
const toIPConfig = ({ useDHCP, IPAddr, port, connectionMode, serverAddr, serverPort, SSLServerPort }: Device) => ({
  useDHCP,
  IPAddr,
  gateway: IPAddr.replace(/\d+$/, '1'),
  subnetMask: '255.255.255.0',
  port,
  connectionMode: connectionMode as ConnectionMode,
  serverAddr,
  serverPort,
  SSLServerPort,
  MTUSize: 1500,
  baseband: EthernetBaseband.BASEBAND_100BASE_T,
});
