import { deviceGateway } from './device-gateway.ts';
import type { Gateway } from './gateway.ts';
import { type Endpoint, openTransport } from './transport.ts';

/**
 * Dials a gateway and puts the calls of the suite in front of it.
 *
 * @param signal ends whatever is under way when it aborts
 * @throws GsdkError when the gateway cannot be reached or is not trusted
 */
export async function openGateway(endpoint: Endpoint, signal: AbortSignal): Promise<Gateway> {
  const { transport, close } = await openTransport(endpoint, signal);
  return deviceGateway(transport, { endpoint, signal, close });
}
