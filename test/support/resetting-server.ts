import { once } from 'node:events';
import { constants, createSecureServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';

/** How a server breaks off each request. */
export type ResetKind =
  | { kind: 'rst-stream'; code: number; delayMs?: number; afterHeaders?: boolean }
  | { kind: 'goaway'; code: number; atStart?: boolean }
  | { kind: 'destroy-socket' };

/** Every kind that is tested: RST_STREAM with the codes 0 to 13 at three moments, GOAWAY, and a destroyed socket. */
export const resetKinds: readonly ResetKind[] = [
  ...Array.from({ length: 14 }, (_, code): ResetKind[] => [
    { kind: 'rst-stream', code },
    { kind: 'rst-stream', code, delayMs: 50 },
    { kind: 'rst-stream', code, afterHeaders: true },
  ]).flat(),
  ...[constants.NGHTTP2_NO_ERROR, constants.NGHTTP2_INTERNAL_ERROR].flatMap((code): ResetKind[] => [
    { kind: 'goaway', code, atStart: true },
    { kind: 'goaway', code },
  ]),
  { kind: 'destroy-socket' },
];

/**
 * Starts a TLS and HTTP/2 server that breaks off each request.
 *
 * @returns its address, and a function that closes it
 */
export async function startResettingServer(
  { certificate: cert, key }: { certificate: string; key: string },
  reset: ResetKind,
): Promise<{ address: string; close(): void }> {
  const server = createSecureServer({ cert, key });
  const sessions = new Set<{ destroy(): void }>();
  const sockets = new Set<{ destroy(): void }>();
  server.on('sessionError', () => {});
  server.on('secureConnection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('session', (session) => {
    sessions.add(session);
    session.on('error', () => {});
    session.once('close', () => sessions.delete(session));
    if (reset.kind === 'goaway' && reset.atStart) session.goaway(reset.code);
  });
  server.on('stream', (stream: ServerHttp2Stream) => {
    stream.on('error', () => {});
    stream.resume();
    if (reset.kind === 'destroy-socket') for (const socket of sockets) socket.destroy();
    else breakOff(stream, reset);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    for (const session of sessions) session.destroy();
    server.close();
  };
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

function breakOff(stream: ServerHttp2Stream, reset: Exclude<ResetKind, { kind: 'destroy-socket' }>): void {
  // Once for a session: a second GOAWAY must not name a later stream.
  if (reset.kind === 'goaway') {
    if (stream.id === 1) stream.session?.goaway(reset.code);
  } else {
    if (reset.afterHeaders) stream.respond({ ':status': 200, 'content-type': 'application/grpc' });
    if (reset.delayMs === undefined) stream.close(reset.code);
    else setTimeout(() => stream.close(reset.code), reset.delayMs);
  }
}
