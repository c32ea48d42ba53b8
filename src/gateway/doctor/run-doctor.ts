import { classify } from '../../errors/classify.ts';
import { type GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import { causeChain } from '../../errors/transport-faults.ts';
import type { Gateway } from '../gateway.ts';
import type { OpenConnection } from '../subscription/gateway-link.ts';
import { createConnectDeadline, toConnectContext } from '../transport/connect-deadline.ts';
import type { Endpoint } from '../transport/endpoint.ts';
import { checkCertificate } from './check-certificate.ts';
import { checkGateway } from './check-gateway.ts';
import { type CheckResult, fail, type LayerName, pass } from './layer.ts';
import { connectTcp, performHandshake, resolveAddresses } from './reach.ts';

/** What an examination stands on. */
export interface DoctorOptions {
  endpoint: Endpoint;
  /** Dials the gateway as every command does, verifying it. */
  dial: OpenConnection;
  signal: AbortSignal;
}

/** Looks at a gateway layer by layer, from the outside in, as far as it comes. It never throws but when interrupted. */
export async function runDoctor({ endpoint, dial, signal }: DoctorOptions): Promise<CheckResult[]> {
  const found: CheckResult[] = [];
  const at = async <T>(layer: LayerName, look: (limit: AbortSignal) => Promise<T>, say: (seen: T) => string) => {
    const limit = createConnectDeadline(endpoint, signal);
    try {
      const seen = await look(limit.signal);
      found.push(pass(layer, say(seen)));
      return seen;
    } catch (error) {
      signal.throwIfAborted();
      found.push(fail(layer, classify(error, toConnectContext(endpoint, signal))));
      return undefined;
    } finally {
      limit.release();
    }
  };
  const addresses = await at(
    'dns',
    (limit) => resolveAddresses(endpoint, limit),
    (all) => all.join(', '),
  );
  if (!addresses) return found;
  if (
    !(await at(
      'tcp',
      (limit) => connectTcp(endpoint, limit),
      (where) => `something listens at ${where}`,
    ))
  )
    return found;
  const handshake = await at(
    'tls',
    (limit) => performHandshake(endpoint, limit),
    ({ tlsVersion }) => tlsVersion,
  );
  if (!handshake) return found;
  const certificate = checkCertificate(endpoint, handshake, signal);
  found.push(...certificate);
  if (certificate.every(({ ok }) => ok)) found.push(...(await examineInside(dial, signal, found)));
  return found;
}

/** The way that every command goes: what fails here, and did not before, is about what is said inside TLS. */
async function examineInside(dial: OpenConnection, signal: AbortSignal, found: CheckResult[]): Promise<CheckResult[]> {
  let gateway: Gateway | undefined;
  const inside = await dial(signal)
    .then((dialled) => {
      gateway = dialled;
      return checkGateway(dialled);
    })
    .catch((thrown) => [fail('grpc', toGsdkError(thrown))])
    .finally(() => gateway?.close());
  signal.throwIfAborted();
  const refusal = inside.find(({ failure }) => failure && isRefusedHandshake(failure))?.failure;
  if (!refusal) return inside;
  // With TLS 1.3 a server refuses a handshake when the client has come to its end already.
  found[found.findIndex(({ layer }) => layer === 'tls')] = fail('tls', refusal);
  return [];
}

const isRefusedHandshake = (error: GsdkError) =>
  causeChain(error).some(
    ({ code }) => typeof code === 'string' && /^ERR_SSL_.*_ALERT_/.test(code) && !code.includes('APPLICATION_PROTOCOL'),
  );
