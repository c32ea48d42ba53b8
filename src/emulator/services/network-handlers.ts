import type { Network } from '../../gen/network_pb.ts';
import type { DeviceGateway } from '../gateway/device-gateway.ts';
import type { Handlers } from '../server/serve.ts';
import { getIPConfig } from './get-ip-config.ts';

/** The `gsdk.network.Network` service, answered by a gateway process. */
export const networkHandlers = (gateway: DeviceGateway): Handlers<typeof Network> => ({
  getIPConfig: getIPConfig(gateway),
});
