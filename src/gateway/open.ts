import type { Connection } from './ask.ts';
import { deviceGateway } from './device-gateway.ts';
import type { Gateway } from './gateway.ts';
import { type Endpoint, openTransport } from './transport.ts';

/**
 * Dials a gateway and puts the calls of the suite in front of it.
 *
 * @throws GsdkError when the gateway cannot be reached or is not trusted
 */
export async function openGateway(endpoint: Endpoint, run: Pick<Connection, 'signal' | 'onCall'>): Promise<Gateway> {
  const { transport, close } = await openTransport(endpoint, run.signal);
  return deviceGateway(transport, { ...run, endpoint, close });
}
