import { isIP } from 'node:net';
import { checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import { Code, ConnectError, type Transport } from '@connectrpc/connect';
import { createGrpcTransport, Http2SessionManager } from '@connectrpc/connect-node';
import { formatHostPort } from '../base/address.ts';
import { formatDuration } from '../base/duration.ts';
import { type Circumstances, classify } from '../errors/classify.ts';
import { GsdkError } from '../errors/gsdk-error.ts';

/** A gateway and how to talk to it, all files already read. */
export interface Endpoint {
  host: string;
  port: number;
  /** The path of the CA file, for messages. */
  caFile: string | undefined;
  /** PEM certificates to trust; the roots of the system when absent. */
  ca: string | undefined;
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
  /** Ends the connection and whatever runs on it. Without it a silent peer keeps the process alive. */
  close(): void;
}

/** How long TCP may be idle before the kernel probes. HTTP/2 pings are no choice: Go servers punish them. */
const keepAliveMs = 30_000;

/**
 * Dials a gateway over TLS, verifying it always.
 *
 * @throws GsdkError when the gateway cannot be reached, is not trusted, or does not answer in time
 */
export async function openTransport(endpoint: Endpoint, signal: AbortSignal): Promise<OpenTransport> {
  const baseUrl = `https://${formatHostPort(endpoint)}`;
  let isClosed = false;
  const createConnection = () => {
    // Left to itself the manager dials again for a call that was on its way when it was aborted.
    if (isClosed) throw new ConnectError('the connection is closed', Code.Canceled);
    isClosed = endpoint.dialsOnce === true;
    return tlsSocket(endpoint);
  };
  const sessionManager = new SessionManager(baseUrl, {}, { createConnection });
  const close = () => {
    isClosed = true;
    sessionManager.abort();
  };
  try {
    await dial(sessionManager, endpoint, signal);
  } catch (error) {
    close();
    throw classify(error, dialCircumstances(endpoint, signal));
  }
  return { transport: createGrpcTransport({ baseUrl, sessionManager, acceptCompression: [] }), close };
}

/**
 * A session that breaks under a call tells so once more when its socket is gone. By then the call has failed,
 * the manager has been aborted and listens no longer, and an `error` that nobody hears ends the process.
 */
class SessionManager extends Http2SessionManager {
  override async request(...request: Parameters<Http2SessionManager['request']>) {
    const stream = await super.request(...request);
    const { session } = stream;
    if (session && !session.listeners('error').includes(ignore)) session.on('error', ignore);
    return stream;
  }
}

const ignore = () => {};

/** The dial against its own timer: the manager never rejects, and has no limit of its own. */
function dial(manager: Http2SessionManager, endpoint: Endpoint, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    const { connectTimeoutMs } = endpoint;
    const onTimeout = () => reject(silentPeer(endpoint));
    const timer = Number.isFinite(connectTimeoutMs) ? setTimeout(onTimeout, connectTimeoutMs) : undefined;
    const settle = (state: string) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      if (state === 'error') reject(manager.error());
      else resolve();
    };
    signal.addEventListener('abort', onAbort);
    if (signal.aborted) onAbort();
    manager.connect().then(settle, reject);
  });
}

function tlsSocket(endpoint: Endpoint): TLSSocket {
  const { host, port, ca, cert, key } = endpoint;
  const name = endpoint.serverName ?? host;
  const socket = connect({
    host,
    port,
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    // An IP address is not a server name in TLS (RFC 6066), but a certificate may well bear it.
    ...(isIP(name) === 0 && { servername: name }),
    checkServerIdentity: (_dialled, certificate) => checkServerIdentity(name, certificate),
    ALPNProtocols: ['h2'],
    // Said, because NODE_TLS_REJECT_UNAUTHORIZED would decide it otherwise.
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  });
  socket.once('secureConnect', () => socket.setKeepAlive(true, keepAliveMs));
  return socket;
}

function silentPeer(endpoint: Endpoint): GsdkError {
  const target = formatHostPort(endpoint);
  return new GsdkError({
    class: 'TIMEOUT',
    message: `${target} did not complete the connection within ${formatDuration(endpoint.connectTimeoutMs)}`,
    hint: 'check the address; a slow network may need --connect-timeout 20s',
    stage: 'transport',
    target,
  });
}

const dialCircumstances = (endpoint: Endpoint, signal: AbortSignal): Circumstances => ({
  target: formatHostPort(endpoint),
  host: endpoint.host,
  caFile: endpoint.caFile,
  serverName: endpoint.serverName,
  rpc: 'the dial',
  isDial: true,
  timeoutMs: endpoint.connectTimeoutMs,
  isWrite: false,
  signal,
});
