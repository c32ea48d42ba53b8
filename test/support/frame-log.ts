import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect, createServer } from 'node:tls';
import { afterAll } from 'vitest';
import { foreignCertificates, foreignName } from './foreign-certificates.ts';

/** An entrance to a gateway that reads what clients send. */
export interface FrameLog {
  address: string;
  /** The root to trust, PEM, and the name on the certificate. */
  ca: string;
  serverName: string;
  /** The types of the HTTP/2 frames that clients have sent, in order: 6 is PING; acknowledgements are left out. */
  readonly types: readonly number[];
}

const prefaceLength = 24;
const headLength = 9;

/** Opens it in front of a gateway until the last test of the file. Not to be called within a test. */
export async function frameLog({ port, caCertificate }: { port: number; caCertificate: string }): Promise<FrameLog> {
  const { root, leaf, key } = await foreignCertificates();
  const types: number[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ cert: leaf, key, ALPNProtocols: ['h2'] }, (inner) => {
    const outer = connect({
      port,
      host: '127.0.0.1',
      servername: 'localhost',
      ca: caCertificate,
      ALPNProtocols: ['h2'],
    });
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on('error', () => {});
    }
    inner.on('data', frameReader(types));
    inner.pipe(outer).pipe(inner);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, ca: root, serverName: foreignName, types };
}

/** Reads the heads of frames behind the preface of a connection: length, type, flags (RFC 9113, 4.1). */
function frameReader(types: number[]): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  let skip = prefaceLength;
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= skip + headLength) {
      const head = rest.subarray(skip, skip + headLength);
      const isAcknowledgement = ((head[4] ?? 0) & 1) === 1 && (head[3] === 4 || head[3] === 6);
      if (!isAcknowledgement) types.push(head[3] ?? -1);
      rest = rest.subarray(skip);
      skip = headLength + head.readUIntBE(0, 3);
    }
  };
}
