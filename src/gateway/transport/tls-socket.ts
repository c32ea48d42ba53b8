import { isIP } from 'node:net';
import { type ConnectionOptions, checkServerIdentity, connect, type TLSSocket } from 'node:tls';
import type { Endpoint } from './endpoint.ts';

/** How long TCP may be idle before the kernel probes. HTTP/2 pings are no choice: Go servers punish them. */
const keepAliveMs = 30_000;

/** The name that the certificate of a gateway has to bear. */
export const toServerName = ({ serverName, host }: Endpoint) => serverName ?? host;

/** What every handshake with a gateway begins with; whom to trust is not in it. */
export function toHandshakeOptions(endpoint: Endpoint): ConnectionOptions {
  const { host, port, cert, key } = endpoint;
  const name = toServerName(endpoint);
  return {
    host,
    port,
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    // An IP address is not a server name in TLS (RFC 6066), but a certificate may well bear it.
    ...(isIP(name) === 0 && { servername: name }),
    ALPNProtocols: ['h2'],
    minVersion: 'TLSv1.2',
  };
}

/** Dials a gateway over TLS. Chain, name and dates of its certificate are verified always. */
export function createTlsSocket(endpoint: Endpoint): TLSSocket {
  const { ca, leaf } = endpoint;
  const trusted = leaf ?? ca;
  const socket = connect({
    ...toHandshakeOptions(endpoint),
    ...(trusted !== undefined && { ca: trusted }),
    // The certificate that is pinned is as good as a root; without this only a root ends a chain.
    ...(leaf !== undefined && { allowPartialTrustChain: true }),
    checkServerIdentity: (_dialled, certificate) => checkServerIdentity(toServerName(endpoint), certificate),
    // Said, because NODE_TLS_REJECT_UNAUTHORIZED would decide it otherwise.
    rejectUnauthorized: true,
  });
  socket.once('secureConnect', () => socket.setKeepAlive(true, keepAliveMs));
  return socket;
}
