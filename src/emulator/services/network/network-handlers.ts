import type { Network } from '../../../gen/network_pb.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';
import type { Handlers } from '../../server/serve.ts';
import { getIPConfig } from './get-ip-config.ts';

/** The `gsdk.network.Network` service, answered by a gateway process. */
export const networkHandlers = (gateway: EmulatedGateway): Handlers<typeof Network> => ({
  getIPConfig: getIPConfig(gateway),
});
