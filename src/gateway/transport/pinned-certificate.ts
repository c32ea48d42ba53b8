import type { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';
import { formatHostPort } from '../../base/address.ts';
import { GsdkError } from '../../errors/gsdk-error.ts';
import type { Endpoint } from './endpoint.ts';
import { toHandshakeOptions } from './tls-socket.ts';

/**
 * Fetches the certificate of a gateway in a handshake that is thrown away, and compares it with the pin. Nothing is
 * sent over that connection; the one that is used afterwards trusts this certificate and no other.
 *
 * @param pin the SHA-256 of its DER, in lower-case hexadecimal
 * @returns the certificate as PEM
 * @throws GsdkError (AUTH_TLS) when it is another one; whatever Node throws when there is none to be had
 */
export async function fetchPinnedCertificate(endpoint: Endpoint, pin: string, signal: AbortSignal): Promise<string> {
  const leaf = await peerCertificate(endpoint, signal);
  const seen = leaf.fingerprint256.replaceAll(':', '').toLowerCase();
  if (seen === pin) return leaf.toString();
  const target = formatHostPort(endpoint);
  throw new GsdkError({
    class: 'AUTH_TLS',
    message: `the certificate of ${target} is sha256:${seen}, not the one that is pinned, sha256:${pin}`,
    hint: `only if its owner confirms the new one: --pin sha256:${seen}`,
    stage: 'transport',
    target,
  });
}

function peerCertificate(endpoint: Endpoint, signal: AbortSignal): Promise<X509Certificate> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    // Not verified, because that is what the pin is for.
    const socket = connect({ ...toHandshakeOptions(endpoint), rejectUnauthorized: false });
    const onAbort = () => socket.destroy(signal.reason);
    signal.addEventListener('abort', onAbort);
    socket.once('close', () => signal.removeEventListener('abort', onAbort));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const leaf = socket.getPeerX509Certificate();
      socket.destroy();
      if (leaf) resolve(leaf);
      else reject(new Error('the peer has no certificate'));
    });
  });
}
