import type { TLSSocket } from 'node:tls';
import type { Transport } from '@connectrpc/connect';
import { createGrpcTransport } from '@connectrpc/connect-node';
import { formatHostPort } from '../../base/address.ts';
import { classify } from '../../errors/classify.ts';
import { type CertificateDetails, toCertificateDetails } from './certificate.ts';
import { createConnectDeadline, toConnectContext } from './connect-deadline.ts';
import type { Endpoint } from './endpoint.ts';
import { Http2Connection } from './http2-connection.ts';
import { fetchPinnedCertificate } from './pinned-certificate.ts';
import { createTlsSocket } from './tls-socket.ts';

/** A connection that is up, for one logical operation. */
export interface OpenTransport {
  transport: Transport;
  /** How the connection is secured that was dialled last, while it is up. */
  secured(): { tlsVersion: string; certificate: CertificateDetails | undefined } | undefined;
  /** Ends the connection and whatever runs on it. Without it a silent peer keeps the process alive. */
  close(): void;
}

/**
 * Dials a gateway over TLS, verifying it always.
 *
 * @throws GsdkError when the gateway cannot be reached, is not trusted, or does not answer in time
 */
export async function openTransport(endpoint: Endpoint, signal: AbortSignal): Promise<OpenTransport> {
  const baseUrl = `https://${formatHostPort(endpoint)}`;
  const limit = createConnectDeadline(endpoint, signal);
  let trusted = endpoint;
  let socket: TLSSocket | undefined;
  const createConnection = () => {
    socket = createTlsSocket(trusted);
    return socket;
  };
  const connection = new Http2Connection(baseUrl, { createConnection, dialsOnce: endpoint.dialsOnce === true });
  try {
    const { pin } = endpoint;
    if (pin !== undefined) trusted = { ...endpoint, leaf: await fetchPinnedCertificate(endpoint, pin, limit.signal) };
    await connectWithin(connection, limit.signal);
  } catch (error) {
    connection.close();
    throw classify(error, toConnectContext(endpoint, signal));
  } finally {
    limit.release();
  }
  const secured = () => {
    const tlsVersion = socket?.getProtocol();
    return socket && tlsVersion
      ? { tlsVersion, certificate: toCertificateDetails(socket.getPeerCertificate(true)) }
      : undefined;
  };
  const transport = createGrpcTransport({ baseUrl, sessionManager: connection, acceptCompression: [] });
  return { transport, secured, close: () => connection.close() };
}

/** Rejects when the deadline is reached: the connection has none of its own. */
function connectWithin(connection: Http2Connection, deadline: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(deadline.reason);
    deadline.addEventListener('abort', onAbort);
    if (deadline.aborted) onAbort();
    connection.connect().then(() => resolve(), reject);
  });
}
