import { X509Certificate } from 'node:crypto';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import { checkServerIdentity, connect as connectTls, type DetailedPeerCertificate } from 'node:tls';
import { type CertificateDetails, toCertificateDetails } from '../transport/certificate.ts';
import type { Endpoint } from '../transport/endpoint.ts';
import { toHandshakeOptions, toServerName } from '../transport/tls-socket.ts';

/** The addresses of a host. @throws Node's error when it is not known, the reason of the limit when that is reached */
export async function resolveAddresses({ host }: Endpoint, limit: AbortSignal): Promise<string[]> {
  const found = await Promise.race([abortOf(limit), lookup(host, { all: true })]);
  return found.map(({ address }) => address);
}

/** Whether something accepts a connection; resolves to its address. @throws as {@link resolveAddresses} */
export async function connectTcp({ host, port }: Endpoint, limit: AbortSignal): Promise<string> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect', { signal: limit });
    return `${socket.remoteAddress} port ${socket.remotePort}`;
  } catch (error) {
    limit.throwIfAborted();
    throw error;
  } finally {
    socket.destroy();
  }
}

/** What was seen in a handshake. */
export interface Handshake {
  tlsVersion: string;
  certificate: CertificateDetails | undefined;
  /** The certificate and those above it, as far as they were shown or are known. */
  chain: X509Certificate[];
  /** The code with which Node would refuse the chain of certificates; names are left aside. */
  chainError: string | undefined;
  /** Why the certificate is not for the name that the gateway is called by. */
  nameError: Error | undefined;
}

/**
 * Shakes hands and lets go: nothing is verified, so that it can be told what is wrong, and nothing is sent. No protocol
 * is asked for, so that the certificate is seen of a server that has another.
 *
 * @throws as {@link resolveAddresses}
 */
export async function performHandshake(endpoint: Endpoint, limit: AbortSignal): Promise<Handshake> {
  const { ALPNProtocols: _, ...options } = toHandshakeOptions(endpoint);
  const { ca } = endpoint;
  const socket = connectTls({
    ...{ ...options, rejectUnauthorized: false, checkServerIdentity: () => undefined },
    ...(ca !== undefined && { ca }),
  });
  try {
    await once(socket, 'secureConnect', { signal: limit });
    const error: unknown = socket.authorizationError;
    const peer = socket.getPeerCertificate(true);
    return {
      tlsVersion: socket.getProtocol() ?? 'unknown',
      certificate: toCertificateDetails(peer),
      chain: chainOf(peer),
      chainError: socket.authorized || !error ? undefined : codeOf(error),
      nameError: checkServerIdentity(toServerName(endpoint), peer),
    };
  } catch (error) {
    limit.throwIfAborted();
    throw error;
  } finally {
    socket.on('error', () => {});
    socket.destroy();
  }
}

/** A root is its own issuer; beyond what is known there is an empty object, or nothing. */
function chainOf({ raw, issuerCertificate: issuer }: DetailedPeerCertificate): X509Certificate[] {
  if (!raw) return [];
  const isEnd = !issuer?.raw || issuer.raw.equals(raw);
  return [new X509Certificate(raw), ...(isEnd ? [] : chainOf(issuer))];
}

/** Node says that it is an error, and hands out its code. */
const codeOf = (error: unknown) =>
  error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.message) : String(error);

function abortOf(limit: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    limit.addEventListener('abort', () => reject(limit.reason), { once: true });
    if (limit.aborted) reject(limit.reason);
  });
}
