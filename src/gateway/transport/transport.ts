import type { TLSSocket } from 'node:tls';
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import { createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node';
import { formatHostPort } from '../../base/address.ts';
import { classify } from '../../errors/classify.ts';
import { type CertificateDetails, toCertificateDetails } from './certificate.ts';
import { createConnectDeadline, toConnectContext } from './connect-deadline.ts';
import { fetchPinnedCertificate } from './pinned-certificate.ts';
import { createTlsSocket } from './tls-socket.ts';

/** A gateway and how to talk to it, all files already read. */
export interface Endpoint {
  host: string;
  port: number;
  /** The path of the CA file, for messages. */
  caFile: string | undefined;
  /** PEM certificates to trust; the roots of the system when absent. */
  ca: string | undefined;
  /** The SHA-256 of the certificate to trust, in the place of roots: lower-case hexadecimal of its DER. */
  pin?: string | undefined;
  /** That certificate itself, PEM, once it is known. */
  leaf?: string | undefined;
  cert: string | undefined;
  key: string | undefined;
  /** The name that the certificate must bear, when it is not the host. */
  serverName: string | undefined;
  /** The limit of the dial: name look-up, TCP, TLS and HTTP/2. Like the next one infinite for none. */
  connectTimeoutMs: number;
  /** The limit of each call after that. */
  timeoutMs: number;
  /**
   * Whether the connection is dialled again for a call when the gateway lets it go. Not where streams are: a
   * call that travels on another connection tells nothing about them.
   */
  dialsOnce?: boolean;
}

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
  let isClosed = false;
  let socket: TLSSocket | undefined;
  const createConnection = () => {
    // Left to itself the manager dials again for a call that was on its way when it was aborted.
    if (isClosed) throw new ConnectError('the connection is closed', Code.Canceled);
    isClosed = endpoint.dialsOnce === true;
    socket = createTlsSocket(trusted);
    return socket;
  };
  const sessionManager = new SessionManager(baseUrl, {}, { createConnection });
  sessionManager.endsWithGoAway = endpoint.dialsOnce === true;
  const close = () => {
    isClosed = true;
    sessionManager.abort();
  };
  try {
    const { pin } = endpoint;
    if (pin !== undefined) trusted = { ...endpoint, leaf: await fetchPinnedCertificate(endpoint, pin, limit.signal) };
    await dial(sessionManager, limit.signal);
  } catch (error) {
    close();
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
  return { transport: createGrpcTransport({ baseUrl, sessionManager, acceptCompression: [] }), secured, close };
}

/**
 * A session that breaks under a call tells so once more when its socket is gone. By then the call has failed,
 * the manager has been aborted and listens no longer, and an `error` that nobody hears ends the process.
 */
class SessionManager extends Http2SessionManager {
  /**
   * Whether the session ends as soon as the gateway lets it go. A call that crosses GOAWAY is refused by Node itself,
   * and to reset another stream of such a session afterwards keeps Node 20 writing without end.
   */
  endsWithGoAway = false;

  override async request(...request: Parameters<Http2SessionManager['request']>) {
    const stream = await super.request(...request);
    const { session } = stream;
    if (session && !session.listeners('error').includes(ignore)) {
      session.on('error', ignore);
      if (this.endsWithGoAway) session.once('goaway', () => this.abort(letGo()));
    }
    return stream;
  }
}

const letGo = () => new ConnectError('the gateway let the connection go (GOAWAY)', Code.Canceled);

const ignore = () => {};

/** The dial against a limit of ours: the manager never rejects, and has none of its own. */
function dial(manager: Http2SessionManager, limit: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(limit.reason);
    limit.addEventListener('abort', onAbort);
    if (limit.aborted) onAbort();
    const settle = (state: string) => (state === 'error' ? reject(manager.error()) : resolve());
    manager.connect().then(settle, reject);
  });
}
