import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Server as TLSServer } from 'node:tls';
import type { Server } from '@grpc/grpc-js';
import type { ConnectionEnd } from '../faults/faults.ts';
import type { Certificates, TLSVersion } from './certificates.ts';
import { Connections } from './connections.ts';

/** How a gateway listens. */
export interface ListenerOptions {
  readonly certificates: Certificates;
  /** Zero for any free port. */
  readonly port: number;
  readonly tlsMax: TLSVersion;
}

/** A port in front of a gRPC server. */
export interface Listener {
  readonly port: number;
  /** What has come in and is still open. */
  readonly connections: Connections;
  /** Ends all connections and feeds those that come to another server, as a process does that is started again. */
  replace(server: Server): void;
  /** Ends all connections and refuses all that come, as when no process is there. */
  shut(how: ConnectionEnd): void;
  /** Takes connections again, for another server. @throws the error of Node's `listen`, if the port is taken by now */
  reopen(server: Server): Promise<void>;
  /** Shows another certificate on the connections that come. */
  certify(certificates: Certificates): void;
  /** Drops all connections, as a process that ends does, and resolves when the port is free. */
  close(): Promise<void>;
}

/**
 * Opens a TLS port on the IPv4 loopback and feeds its connections to a gRPC server. TLS is ours and not grpc-js's,
 * so that its version belongs to this instance instead of the whole process (gateway-behaviour F61, F62).
 * @throws the error of Node's `listen`, EADDRINUSE for instance
 */
export async function listen(server: Server, options: ListenerOptions): Promise<Listener> {
  const connections = new Connections();
  const tlsServer = tlsServerOf(options);
  let current = server;
  let enter = connections.feed(server);
  const serveWith = (next: Server) => {
    current.forceShutdown();
    current = next;
    enter = connections.feed(next);
  };
  tlsServer.on('connection', (socket) => connections.track(socket));
  tlsServer.on('secureConnection', (socket) => {
    connections.track(socket);
    enter(socket);
  });
  await opened(tlsServer, options.port);
  const { port } = tlsServer.address() as AddressInfo;

  return {
    port,
    connections,
    replace(next) {
      connections.drop('fin');
      serveWith(next);
    },
    shut(how) {
      tlsServer.close();
      connections.drop(how);
    },
    async reopen(next) {
      serveWith(next);
      await opened(tlsServer, port);
    },
    certify(certificates) {
      tlsServer.setSecureContext(contextOf({ ...options, certificates }));
    },
    async close() {
      const closed = once(tlsServer, 'close');
      tlsServer.close();
      connections.drop('fin');
      await closed;
      current.forceShutdown();
    },
  };
}

const tlsServerOf = (options: ListenerOptions) => createServer({ ...contextOf(options), ALPNProtocols: ['h2'] });

const contextOf = ({ certificates, tlsMax }: ListenerOptions) => ({
  cert: certificates.certificate,
  key: certificates.key,
  minVersion: 'TLSv1.2' as const,
  maxVersion: tlsMax,
});

async function opened(server: TLSServer, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}
