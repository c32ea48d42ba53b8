import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** The name that the vendor's set-up tool suggests for a gateway. */
export const foreignName = 'gateway.supremainc.com';

const algorithm = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const dayMs = 24 * 60 * 60 * 1000;

/**
 * Certificates as the vendor's set-up makes them: a root of its own, RSA keys, and on the server's
 * certificate one name that no caller uses as its address. PEM.
 */
export async function foreignCertificates() {
  const [rootKeys, keys] = await Promise.all([keyPair(), keyPair()]);
  const validity = { notBefore: new Date(Date.now() - dayMs), notAfter: new Date(Date.now() + 365 * dayMs) };
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    ...validity,
    name: 'CN=Foreign Gateway Root',
    keys: rootKeys,
    signingAlgorithm: algorithm,
    extensions: [new x509.BasicConstraintsExtension(true, undefined, true)],
  });
  const leaf = await x509.X509CertificateGenerator.create({
    ...validity,
    subject: `CN=${foreignName}`,
    issuer: root.subject,
    publicKey: keys.publicKey,
    signingKey: rootKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: foreignName }])],
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    root: root.toString('pem'),
    leaf: leaf.toString('pem'),
    key: x509.PemConverter.encode(key, 'PRIVATE KEY'),
  };
}

const keyPair = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
