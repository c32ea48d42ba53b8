import { type ClientHttp2Session, type ClientHttp2Stream, connect, constants } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import { Code, ConnectError } from '@connectrpc/connect';
import type { GrpcTransportOptions } from '@connectrpc/connect-node';

type SessionManager = NonNullable<GrpcTransportOptions['sessionManager']>;

/** Options for an HTTP/2 connection. */
export interface Http2ConnectionOptions {
  /** Opens the socket of each new session. */
  createConnection(): TLSSocket;
  /** Whether only one session is ever opened. That session ends as soon as the gateway sends GOAWAY. */
  dialsOnce: boolean;
}

/**
 * The maximum number of sessions that one request opens. A session can end between its handshake and its first request.
 * The session manager of the client library then tries again without a limit.
 */
const maxDials = 2;

/**
 * Sends the requests of a gRPC transport over HTTP/2, one session at a time. If the gateway has ended the session,
 * the next request opens a new one.
 *
 * Streams are reset and sessions are destroyed on the next turn of the event loop, never immediately. Promises also
 * settle inside the callback in which Node removes a stream that the gateway has reset. If another stream is reset
 * there, Node writes empty frames for the removed stream without end: memory grows, and no timer or signal handler
 * runs. The same happens when a stream is reset after GOAWAY, so then the whole session is destroyed.
 */
export class Http2Connection implements SessionManager {
  readonly authority: string;
  readonly #options: Http2ConnectionOptions;
  readonly #sessions = new Set<ClientHttp2Session>();
  readonly #sockets = new Set<TLSSocket>();
  /** Sessions that the gateway ends by GOAWAY. Streams that are open may still be answered. */
  readonly #leaving = new WeakSet<ClientHttp2Session>();
  #current: { dialing: Promise<void>; session: ClientHttp2Session } | undefined;
  #closed: ConnectError | undefined;

  constructor(baseUrl: string, options: Http2ConnectionOptions) {
    this.authority = new URL(baseUrl).origin;
    this.#options = options;
  }

  /** Resolves to a session that takes requests. @throws the error of the dial */
  async connect(): Promise<ClientHttp2Session> {
    for (let dials = 0; dials < maxDials; dials++) {
      const { dialing, session } = this.#usableOrNew();
      await dialing;
      if (isUsable(session)) return session;
    }
    throw new ConnectError('the session was closed before it was used', Code.Canceled);
  }

  async request(...[method, path, headers, options]: Parameters<SessionManager['request']>) {
    const session = await this.connect();
    const stream = session.request({ ...headers, ':method': method, ':path': path }, options);
    failUnanswered(stream);
    return withDeferredClose(stream, (code) => {
      if (this.#leaving.has(session)) session.destroy(goAwayError(), constants.NGHTTP2_CANCEL);
      else stream.close(code);
    });
  }

  notifyResponseByteRead(): void {}

  /** Ends all sessions with their streams, and refuses further requests. */
  close(reason = new ConnectError('the connection is closed', Code.Canceled)): void {
    this.#closed ??= reason;
    for (const session of this.#sessions) {
      setImmediate(() => session.destroy(reason, constants.NGHTTP2_CANCEL));
    }
    // After GOAWAY Node waits for the gateway to close the socket. A gateway that does not would hold the process.
    for (const socket of this.#sockets) socket.unref();
  }

  #usableOrNew() {
    if (this.#closed) throw this.#closed;
    if (this.#current && isUsable(this.#current.session)) return this.#current;
    if (this.#current && this.#options.dialsOnce) {
      throw new ConnectError('the connection has ended and is not dialed again', Code.Canceled);
    }
    const session = this.#openSession();
    this.#current = { session, dialing: connected(session) };
    return this.#current;
  }

  #openSession(): ClientHttp2Session {
    const { createConnection, dialsOnce } = this.#options;
    const socket = createConnection();
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
    const session = connect(this.authority, { createConnection: () => socket });
    this.#sessions.add(session);
    // Streams report the error as well. An `error` event without a listener ends the process.
    session.on('error', () => {});
    session.once('close', () => this.#sessions.delete(session));
    session.once('goaway', () => {
      this.#leaving.add(session);
      if (dialsOnce) this.close(goAwayError());
    });
    return session;
  }
}

const isUsable = (session: ClientHttp2Session) => !session.closed && !session.destroyed;

/** Resolves when the session is up. */
function connected(session: ClientHttp2Session): Promise<void> {
  return new Promise((resolve, reject) => {
    session.once('connect', () => resolve());
    session.once('error', reject);
    session.once('close', () => reject(new ConnectError('the session closed during the dial', Code.Canceled)));
  });
}

/**
 * Returns the stream as the client library sees it: `close` runs on the next turn of the event loop. The stream itself
 * keeps its own `close`, which Node calls when the socket is gone.
 */
function withDeferredClose(stream: ClientHttp2Stream, onClose: (code?: number) => void): ClientHttp2Stream {
  const close: ClientHttp2Stream['close'] = (code) => void setImmediate(() => onClose(code));
  return new Proxy(stream, {
    get(target, key) {
      const value = key === 'close' ? close : Reflect.get(target, key);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

/**
 * Fails a stream that was reset with NO_ERROR before any headers. Neither Node nor the client library does, and a call
 * without a deadline would never end.
 */
function failUnanswered(stream: ClientHttp2Stream): void {
  let isAnswered = false;
  stream.once('response', () => {
    isAnswered = true;
  });
  stream.once('close', () => {
    if (!isAnswered && stream.rstCode === constants.NGHTTP2_NO_ERROR) stream.emit('error', unansweredError());
  });
}

const unansweredError = () => new ConnectError('the stream closed without an answer', Code.Canceled);

const goAwayError = () => new ConnectError('the gateway let the connection go (GOAWAY)', Code.Canceled);
