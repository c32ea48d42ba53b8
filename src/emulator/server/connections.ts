import { constants, type Http2Server, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Socket } from 'node:net';
import { type Server, ServerCredentials } from '@grpc/grpc-js';
import type { ConnectionEnd, ResetCode } from '../faults/faults.ts';

/** The open connections in front of a gRPC server, for those who want to break them. */
export class Connections {
  readonly #sockets = new Set<Socket>();
  readonly #sessions = new Map<ServerHttp2Session, Socket>();
  readonly #streams = new Map<ServerHttp2Stream, string | undefined>();

  /** Remembers a connection, from its very first byte on. */
  track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  /** The way of connections whose TLS is done into a gRPC server. */
  feed(server: Server): (socket: Socket) => void {
    const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
    const http2Server = http2ServerOf(server);
    http2Server.on('stream', (stream: ServerHttp2Stream, headers) => {
      this.#streams.set(stream, headers[':path']);
      stream.once('close', () => this.#streams.delete(stream));
    });
    return (socket) => {
      http2Server.once('session', (session) => {
        this.#sessions.set(session, socket);
        session.once('close', () => this.#sessions.delete(session));
      });
      injector.injectConnection(socket);
    };
  }

  /** Ends all connections. */
  drop(how: ConnectionEnd): void {
    for (const socket of this.#sockets) {
      // Of the two that are kept of a connection, only the one below TLS can be reset.
      if (how === 'rst' && !('encrypted' in socket)) socket.resetAndDestroy();
      else socket.destroy();
    }
  }

  /**
   * Tells all clients by GOAWAY to come no more on these connections; what is open on them stays.
   * @returns what ends these connections, if they have not ended by themselves
   */
  goAway(): () => void {
    const sockets = [...this.#sessions.values()];
    for (const session of this.#sessions.keys()) session.close();
    return () => {
      for (const socket of sockets) socket.destroy();
    };
  }

  /** Resets all open streams of a method, given by its path. */
  reset(path: string, code: ResetCode): void {
    for (const [stream, streamPath] of this.#streams) {
      if (streamPath === path) stream.close(constants[`NGHTTP2_${code}`]);
    }
  }
}

/** grpc-js makes an HTTP/2 server of its own for an injector, and has no other way to its sessions and streams. */
function http2ServerOf(server: Server): Http2Server {
  const { http2Servers } = server as unknown as { http2Servers: Map<Http2Server, unknown> };
  const [http2Server] = http2Servers.keys();
  if (!http2Server) throw new Error('grpc-js has no HTTP/2 server where it had one');
  return http2Server;
}
