import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { createServer, type TLSSocket } from 'node:tls';
import { type Server, ServerCredentials } from '@grpc/grpc-js';
import type { Certificates } from '../certificates.ts';

/** The newest TLS version that a gateway speaks. */
export type TLSVersion = 'TLSv1.2' | 'TLSv1.3';

/** How a gateway listens. */
export interface ListenerOptions {
  readonly certificates: Certificates;
  /** Zero for any free port. */
  readonly port: number;
  readonly tlsMax: TLSVersion;
}

/** An open port in front of a gRPC server. */
export interface Listener {
  readonly port: number;
  /** Drops all connections and feeds those that come to another server, as a process does that is started again. */
  replace(server: Server): void;
  /** Drops all connections, as a process that ends does, and resolves when the port is free. */
  close(): Promise<void>;
}

/**
 * Opens a TLS port on the IPv4 loopback and feeds its connections to a gRPC server. TLS is ours and not grpc-js's,
 * so that its version belongs to this instance instead of the whole process (gateway-behaviour F61, F62).
 * @throws the error of Node's `listen`, EADDRINUSE for instance
 */
export async function listen(server: Server, options: ListenerOptions): Promise<Listener> {
  const { certificates, port, tlsMax } = options;
  let current = feed(server);
  const tlsServer = createServer({
    cert: certificates.certificate,
    key: certificates.key,
    ALPNProtocols: ['h2'],
    minVersion: 'TLSv1.2',
    maxVersion: tlsMax,
  });
  const sockets = new Set<Socket>();
  const track = (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  tlsServer.on('connection', track);
  tlsServer.on('secureConnection', (socket: TLSSocket) => {
    track(socket);
    current.injector.injectConnection(socket);
  });
  tlsServer.listen(port, '127.0.0.1');
  await once(tlsServer, 'listening');

  return {
    port: (tlsServer.address() as AddressInfo).port,
    replace(next) {
      for (const socket of sockets) socket.destroy();
      current.server.forceShutdown();
      current = feed(next);
    },
    async close() {
      const closed = once(tlsServer, 'close');
      tlsServer.close();
      for (const socket of sockets) socket.destroy();
      await closed;
      current.server.forceShutdown();
    },
  };
}

/** A server, and the door through which it is handed connections whose TLS is done. */
const feed = (server: Server) => ({
  server,
  injector: server.createConnectionInjector(ServerCredentials.createInsecure()),
});
