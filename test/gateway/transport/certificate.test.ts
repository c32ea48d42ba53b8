import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { connect, type DetailedPeerCertificate } from 'node:tls';
import { expect, test } from 'vitest';
import { makeCertificates } from '../../../src/emulator/server/certificates.ts';
import { toCertificateDetails } from '../../../src/gateway/transport/certificate.ts';
import { httpsServer } from '../../support/broken-servers.ts';

const identity = await makeCertificates({ names: ['gw.example.com', '10.0.0.1', '::1'] });
const address = await httpsServer(identity);

/** The certificate of the server as Node hands it out, to one who trusts this root, if any. */
async function seen(ca?: string): Promise<DetailedPeerCertificate> {
  const socket = connect({
    port: Number(address.split(':')[1]),
    host: '127.0.0.1',
    rejectUnauthorized: false,
    ...(ca && { ca }),
  });
  await once(socket, 'secureConnect');
  const peer = socket.getPeerCertificate(true);
  socket.destroy();
  return peer;
}
const hashOf = (pem: string) => new X509Certificate(pem).fingerprint256.replaceAll(':', '').toLowerCase();

test('the facts are those of the certificate, and of the root that it leads to', async () => {
  const facts = toCertificateDetails(await seen(identity.ca));
  const leaf = new X509Certificate(identity.certificate);
  expect(facts).toEqual({
    subject: 'CN=gsdk emulator',
    issuer: 'CN=gsdk emulator CA',
    names: ['gw.example.com', '10.0.0.1', '0:0:0:0:0:0:0:1'],
    notBefore: new Date(leaf.validFrom),
    notAfter: new Date(leaf.validTo),
    sha256: hashOf(identity.certificate),
    rootSha256: hashOf(identity.ca),
  });
});

test('where the root is not known, there is none', async () => {
  const { ca } = await makeCertificates();
  expect(toCertificateDetails(await seen(ca))).toMatchObject({
    sha256: hashOf(identity.certificate),
    rootSha256: null,
  });
});

test('where there is no certificate, there are no facts', () => {
  expect(toCertificateDetails({} as DetailedPeerCertificate)).toBeUndefined();
});
