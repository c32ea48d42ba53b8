import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttp2Server, createSecureServer as createSecureHttp2Server } from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterAll } from 'vitest';

/** A certificate that clients trust, and its key, PEM. */
interface Identity {
  certificate: string;
  key: string;
}

/** Opens a port on the loopback until the last test of the file; resolves to its address. Not to be called within a test. */
async function listening(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  afterAll(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Accepts and never says a word. */
export const silentServer = () => listening(createServer());

/** Accepts, and hangs up. */
export const closingServer = () => listening(createServer((socket) => socket.destroy()));

/** Greets as SSH servers do, before it is asked anything. */
export const sshServer = () => listening(createServer((socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n')));

/** A web server without TLS. */
export const http1Server = () => listening(createHttpServer((_request, response) => response.end('hello')));

/** HTTP/2 without TLS, as gRPC servers are run in many tutorials. */
export const plaintextHttp2Server = () => listening(createHttp2Server());

/** A web server with TLS that offers HTTP/1.1 only. */
export const httpsServer = ({ certificate: cert, key }: Identity) =>
  listening(createHttpsServer({ cert, key }, (_request, response) => response.end('hello')));

/** TLS without any negotiation of protocols, and behind it a server that answers everything as HTTP/1.1. */
export const tlsServerWithoutALPN = ({ certificate: cert, key }: Identity) =>
  listening(
    createTlsServer({ cert, key }, (socket) => {
      socket.on('error', () => {});
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    }),
  );

/** TLS that agrees on HTTP/2 and then never says a word. */
export const tlsServerSilentAfterwards = ({ certificate: cert, key }: Identity) =>
  listening(createTlsServer({ cert, key, ALPNProtocols: ['h2'] }, (socket) => void socket.on('error', () => {})));

/** TLS for those who show a certificate of its own root, in a version that tells so early (1.2) or late (1.3). */
export const clientCertificateServer = (
  { ca, certificate: cert, key }: Identity & { ca: string },
  version: 'TLSv1.2' | 'TLSv1.3',
) =>
  listening(
    createTlsServer(
      { ca, cert, key, requestCert: true, ALPNProtocols: ['h2'], minVersion: version, maxVersion: version },
      (socket) => void socket.on('error', () => {}),
    ),
  );

/** TLS and HTTP/2, and behind it a web server, as a proxy is that has lost the gateway. */
export const webServer = ({ certificate: cert, key }: Identity, status: number) =>
  listening(
    createSecureHttp2Server({ cert, key }, (_request, response) => {
      response.writeHead(status, { 'content-type': 'text/html' });
      response.end('<html></html>');
    }),
  );

/** What a gateway answers to a call, as it is on the wire. */
export interface RawAnswer {
  headers?: Record<string, string>;
  /** The messages, each with its prefix. */
  body?: Uint8Array;
  trailers?: Record<string, string>;
}

/** A message with the prefix that gRPC gives it, or with one that does not fit. */
export function framed(message: Uint8Array, { length = message.length, isCompressed = false } = {}): Uint8Array {
  const prefix = Buffer.alloc(5);
  prefix[0] = isCompressed ? 1 : 0;
  prefix.writeUInt32BE(length, 1);
  return Buffer.concat([prefix, message]);
}

/** A gateway that has one answer to a call of each name, by default an empty message and OK. */
export const rawGateway = ({ certificate: cert, key }: Identity, answers: Readonly<Record<string, RawAnswer>>) =>
  listening(
    createSecureHttp2Server({ cert, key }).on('stream', (stream, { ':path': path = '' }) => {
      const answer = answers[path.split('/').at(-1) ?? ''] ?? {};
      const { headers, body = framed(Buffer.alloc(0)), trailers = { 'grpc-status': '0' } } = answer;
      stream.on('error', () => {});
      stream.on('wantTrailers', () => stream.sendTrailers(trailers));
      stream.respond({ ':status': 200, 'content-type': 'application/grpc', ...headers }, { waitForTrailers: true });
      stream.end(body);
      stream.resume();
    }),
  );
