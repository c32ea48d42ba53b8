import { classify } from '../../errors/classify.ts';
import { type GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import { causeChain } from '../../errors/transport-faults.ts';
import { dialCircumstances, dialLimit } from '../dial-limit.ts';
import type { Gateway } from '../gateway.ts';
import type { Dial } from '../subscription/gateway-link.ts';
import type { Endpoint } from '../transport.ts';
import { examineGateway } from './examine-gateway.ts';
import { judgeCertificate } from './judge-certificate.ts';
import { broken, type Finding, fine, type LayerName } from './layer.ts';
import { accepting, addressesOf, shakeHands } from './reach.ts';

/** What an examination stands on. */
export interface Patient {
  endpoint: Endpoint;
  /** Dials the gateway as every command does, verifying it. */
  dial: Dial;
  signal: AbortSignal;
}

/** Looks at a gateway layer by layer, from the outside in, as far as it comes. It never throws but when interrupted. */
export async function examine({ endpoint, dial, signal }: Patient): Promise<Finding[]> {
  const found: Finding[] = [];
  const at = async <T>(layer: LayerName, look: (limit: AbortSignal) => Promise<T>, say: (seen: T) => string) => {
    const limit = dialLimit(endpoint, signal);
    try {
      const seen = await look(limit.signal);
      found.push(fine(layer, say(seen)));
      return seen;
    } catch (error) {
      signal.throwIfAborted();
      found.push(broken(layer, classify(error, dialCircumstances(endpoint, signal))));
      return undefined;
    } finally {
      limit.release();
    }
  };
  const addresses = await at(
    'dns',
    (limit) => addressesOf(endpoint, limit),
    (all) => all.join(', '),
  );
  if (!addresses) return found;
  if (
    !(await at(
      'tcp',
      (limit) => accepting(endpoint, limit),
      (where) => `something listens at ${where}`,
    ))
  )
    return found;
  const handshake = await at(
    'tls',
    (limit) => shakeHands(endpoint, limit),
    ({ tlsVersion }) => tlsVersion,
  );
  if (!handshake) return found;
  const certificate = judgeCertificate(endpoint, handshake, signal);
  found.push(...certificate);
  if (certificate.every(({ ok }) => ok)) found.push(...(await examineInside(dial, signal, found)));
  return found;
}

/** The way that every command goes: what fails here, and did not before, is about what is said inside TLS. */
async function examineInside(dial: Dial, signal: AbortSignal, found: Finding[]): Promise<Finding[]> {
  let gateway: Gateway | undefined;
  const inside = await dial(signal)
    .then((dialled) => {
      gateway = dialled;
      return examineGateway(dialled);
    })
    .catch((thrown) => [broken('grpc', toGsdkError(thrown))])
    .finally(() => gateway?.close());
  signal.throwIfAborted();
  const refusal = inside.find(({ failure }) => failure && isRefusedHandshake(failure))?.failure;
  if (!refusal) return inside;
  // With TLS 1.3 a server refuses a handshake when the client has come to its end already.
  found[found.findIndex(({ layer }) => layer === 'tls')] = broken('tls', refusal);
  return [];
}

const isRefusedHandshake = (error: GsdkError) =>
  causeChain(error).some(
    ({ code }) => typeof code === 'string' && /^ERR_SSL_.*_ALERT_/.test(code) && !code.includes('APPLICATION_PROTOCOL'),
  );
