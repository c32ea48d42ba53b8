import { createDeviceGateway } from './device-gateway.ts';
import type { Gateway } from './gateway.ts';
import type { Connection } from './grpc/call.ts';
import { type ServiceNames, withEitherServiceName } from './grpc/service-names.ts';
import type { Endpoint } from './transport/endpoint.ts';
import { openTransport } from './transport/transport.ts';

/** What a connection is dialled for. */
interface Run extends Pick<Connection, 'signal' | 'onCall'> {
  /** What is known of the names of the gateway's services; shared by the connections to one gateway. */
  packageNames?: ServiceNames;
}

const newNames = (): ServiceNames => ({ areOld: false, onChange() {} });

/**
 * Dials a gateway and puts the calls of the suite in front of it.
 *
 * @throws GsdkError when the gateway cannot be reached or is not trusted
 */
export async function openGateway(endpoint: Endpoint, { packageNames = newNames(), ...run }: Run): Promise<Gateway> {
  const { transport, secured, close } = await openTransport(endpoint, run.signal);
  const identity = () => {
    const connection = secured();
    return connection && { ...connection, hasOldNames: packageNames.areOld };
  };
  return createDeviceGateway(withEitherServiceName(transport, packageNames), { ...run, endpoint, identity, close });
}
