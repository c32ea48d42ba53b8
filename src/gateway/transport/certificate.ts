import { X509Certificate } from 'node:crypto';
import type { DetailedPeerCertificate } from 'node:tls';

/** What the certificate of a gateway says. */
export interface CertificateDetails {
  /** Its names in one line: `CN=gateway.supremainc.com`. */
  subject: string;
  issuer: string;
  /** The DNS names and IP addresses that it is for. */
  names: string[];
  notBefore: Date;
  notAfter: Date;
  /** The SHA-256 of its DER, which can be pinned, in lower-case hexadecimal. */
  sha256: string;
  /** The same of the root that it was followed to; null where it was not followed to one, as with a pin. */
  rootSha256: string | null;
}

/** How a gateway shows itself when it is connected to. */
export interface GatewayIdentity {
  /** `TLSv1.2` */
  tlsVersion: string;
  certificate: CertificateDetails | undefined;
  /** Whether it knows its services by the names from before V1.5, as far as calls have shown. */
  hasOldNames: boolean;
}

/**
 * Reads the certificate of a peer as Node's `getPeerCertificate(true)` hands it out; `undefined` where there is none.
 * The other way to ask Node for it leaves the socket without a certificate afterwards.
 */
export function toCertificateDetails(peer: DetailedPeerCertificate): CertificateDetails | undefined {
  if (!peer.raw) return undefined;
  const leaf = new X509Certificate(peer.raw);
  return {
    subject: inLine(leaf.subject),
    issuer: inLine(leaf.issuer),
    names: namesOf(leaf),
    notBefore: new Date(leaf.validFrom),
    notAfter: new Date(leaf.validTo),
    sha256: plain(leaf.fingerprint256),
    rootSha256: rootOf(peer),
  };
}

const plain = (fingerprint: string) => fingerprint.replaceAll(':', '').toLowerCase();

const inLine = (names: string | undefined) => (names ?? '').split('\n').filter(Boolean).join(', ');

const namesOf = ({ subjectAltName = '' }: X509Certificate) =>
  subjectAltName
    .split(', ')
    .filter(Boolean)
    .map((name) => name.replace(/^(?:DNS|IP Address):/, ''));

/** The end of the chain, if it is signed by itself: of a root Node says that it is its own issuer. */
function rootOf({ fingerprint256, issuerCertificate: issuer }: DetailedPeerCertificate): string | null {
  // Where Node knows no issuer there is an empty object, or none.
  if (!fingerprint256 || !issuer?.fingerprint256) return null;
  return issuer.fingerprint256 === fingerprint256 ? plain(fingerprint256) : rootOf(issuer);
}
