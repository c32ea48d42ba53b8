import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { afterAll } from 'vitest';

/** A port in front of another one, which counts who comes and can be pulled out like a cable. */
export interface TcpProxy {
  address: string;
  /** How many connections have been made so far. */
  readonly connections: number;
  /** Resolves when somebody comes the next time. */
  nextConnection(): Promise<unknown>;
  /** Ends all connections at once, without a word of the protocol above. */
  cut(): void;
}

/** Opens a proxy on the loopback until the last test of the file. Not to be called within a test. */
export async function tcpProxy(port: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((inner) => {
    connections++;
    const outer = connect(port, '127.0.0.1');
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(one);
      one.on('error', () => {});
      one.once('close', () => other.destroy());
      one.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  afterAll(() => {
    server.close();
    cut();
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    get connections() {
      return connections;
    },
    nextConnection: () => once(server, 'connection'),
    cut,
  };
}
