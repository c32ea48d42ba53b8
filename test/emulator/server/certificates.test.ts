import { X509Certificate } from 'node:crypto';
import { expect, test } from 'vitest';
import { expired, makeCertificates } from '../../../src/emulator/server/certificates.ts';
import { visit, visitor } from '../support/visit.ts';

const day = 24 * 60 * 60 * 1000;
const unavailable = (reason: RegExp) => ({ code: 14, details: expect.stringMatching(reason) });

test('the server certificate is signed by a root of its own, both on P-256', async () => {
  const { ca, certificate } = await makeCertificates();
  const [root, leaf] = [new X509Certificate(ca), new X509Certificate(certificate)];
  expect(leaf.verify(root.publicKey)).toBe(true);
  expect(root.ca).toBe(true);
  expect(leaf.ca).toBe(false);
  expect([root, leaf].map(({ publicKey }) => publicKey.asymmetricKeyDetails?.namedCurve)).toEqual([
    'prime256v1',
    'prime256v1',
  ]);
});

test('names, DNS and IP, go into the certificate', async () => {
  const { certificate } = await makeCertificates({ names: ['gateway.supremainc.com', '10.0.0.1'] });
  expect(new X509Certificate(certificate).subjectAltName).toBe('DNS:gateway.supremainc.com, IP Address:10.0.0.1');
});

test('an expired server certificate is refused by a client', async () => {
  const { client } = await visit({
    certificates: { notBefore: new Date(Date.now() - 2 * day), notAfter: new Date(Date.now() - day) },
  });
  await expect(client.devices()).rejects.toMatchObject(unavailable(/certificate has expired/));
});

test('a server certificate that is not valid yet is refused by a client', async () => {
  const { client } = await visit({ certificates: { notBefore: new Date(Date.now() + day) } });
  await expect(client.devices()).rejects.toMatchObject(unavailable(/certificate is not yet valid/));
});

test('F63 a name that is not in the certificate is refused by a client, the right one is not', async () => {
  const { emulator, client } = await visit({ certificates: { names: ['gateway.supremainc.com'] } });
  await expect(client.devices()).rejects.toMatchObject(unavailable(/does not match certificate's altnames/));
  expect(await visitor({ ...emulator, serverName: 'gateway.supremainc.com' }).devices()).toEqual([]);
});

test('F63 a certificate without names is refused by a client', async () => {
  const { client } = await visit({ certificates: { names: [] } });
  await expect(client.devices()).rejects.toMatchObject(unavailable(/does not match/));
});

test("another gateway's root is not trusted", async () => {
  const [{ emulator }, { caCertificate }] = [await visit(), (await visit()).emulator];
  await expect(visitor({ address: emulator.address, caCertificate }).devices()).rejects.toMatchObject(
    unavailable(/certificate|signature/),
  );
});

test('a renewed certificate is another one of the same root, with what is wrong with it', async () => {
  const first = await makeCertificates();
  const next = await first.renewed({ ...expired(), names: ['10.0.0.1'] });
  expect(next.ca).toBe(first.ca);
  const [root, leaf] = [new X509Certificate(next.ca), new X509Certificate(next.certificate)];
  expect(leaf.verify(root.publicKey)).toBe(true);
  expect(leaf.serialNumber).not.toBe(new X509Certificate(first.certificate).serialNumber);
  expect(leaf.subjectAltName).toBe('IP Address:10.0.0.1');
  expect(Date.parse(leaf.validTo)).toBeLessThan(Date.now());
  expect(Date.parse(leaf.validFrom)).toBeLessThan(Date.parse(leaf.validTo));
  const again = new X509Certificate((await next.renewed()).certificate);
  expect(Date.parse(again.validTo)).toBeGreaterThan(Date.now());
});
