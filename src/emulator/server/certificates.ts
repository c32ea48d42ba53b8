import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { isIP } from 'node:net';
import * as x509 from '@peculiar/x509';

/** The newest TLS version that a gateway speaks. */
export type TLSVersion = 'TLSv1.2' | 'TLSv1.3';

/** What the server's certificate says; tests make bad ones with it (gateway-behaviour G3, F63). */
export interface CertificateOptions {
  /** DNS names and IP addresses it is valid for. Default localhost, 127.0.0.1 and ::1. */
  readonly names: readonly string[];
  /** Default: a day ago. */
  readonly notBefore: Date;
  /** Default: in two years. */
  readonly notAfter: Date;
}

/** A root of its own and a server certificate signed by it, all PEM. The keys exist in memory only. */
export interface Certificates {
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
  /** Makes another server certificate, signed by the same root. */
  readonly renewed: (options?: Partial<CertificateOptions>) => Promise<Certificates>;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const dayMs = 24 * 60 * 60 * 1000;

/** Of a certificate that was valid until yesterday. */
export const expired = (): Pick<CertificateOptions, 'notBefore' | 'notAfter'> => ({
  notBefore: new Date(Date.now() - 31 * dayMs),
  notAfter: new Date(Date.now() - dayMs),
});

interface Root {
  readonly certificate: x509.X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

/** Makes a new root and server certificate, ECDSA P-256. */
export async function makeCertificates(options: Partial<CertificateOptions> = {}): Promise<Certificates> {
  const keys = await generateKeys();
  return signed({ certificate: await makeRoot(keys), key: keys.privateKey }, options);
}

async function signed(root: Root, options: Partial<CertificateOptions>): Promise<Certificates> {
  const settings = {
    names: ['localhost', '127.0.0.1', '::1'],
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + 730 * dayMs),
    ...options,
  };
  const leafKeys = await generateKeys();
  const leaf = await makeLeaf(leafKeys.publicKey, root, settings);
  const key = await webcrypto.subtle.exportKey('pkcs8', leafKeys.privateKey);
  return {
    ca: root.certificate.toString('pem'),
    certificate: leaf.toString('pem'),
    key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
    renewed: (others = {}) => signed(root, others),
  };
}

const generateKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);

async function makeRoot(keys: webcrypto.CryptoKeyPair): Promise<x509.X509Certificate> {
  return x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=gsdk emulator CA',
    notBefore: new Date(Date.now() - 3650 * dayMs),
    notAfter: new Date(Date.now() + 3650 * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
}

async function makeLeaf(
  publicKey: webcrypto.CryptoKey,
  root: Root,
  { names, notBefore, notAfter }: CertificateOptions,
): Promise<x509.X509Certificate> {
  const alternatives = names.map((value) => ({ type: isIP(value) ? ('ip' as const) : ('dns' as const), value }));
  return x509.X509CertificateGenerator.create({
    subject: 'CN=gsdk emulator',
    issuer: root.certificate.subjectName,
    notBefore,
    notAfter,
    publicKey,
    signingKey: root.key,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      await x509.AuthorityKeyIdentifierExtension.create(root.certificate.publicKey),
      ...(alternatives.length > 0 ? [new x509.SubjectAlternativeNameExtension(alternatives)] : []),
    ],
  });
}
