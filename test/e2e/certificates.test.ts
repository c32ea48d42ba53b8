import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emulatedGateway } from '../support/emulated-gateway.ts';
import { expectFailure } from '../support/failure.ts';
import { gsdk } from '../support/gsdk.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { temporaryFolder, writtenFile } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const dayMs = 24 * 60 * 60 * 1000;
const gateway = await emulatedGateway();
const other = await emulatedGateway();
const named = await emulatedGateway({ certificates: { names: ['gateway.supremainc.com'] } });
const nameless = await emulatedGateway({ certificates: { names: [] } });
const expired = await emulatedGateway({ certificates: { notAfter: new Date(Date.now() - dayMs / 2) } });
const early = await emulatedGateway({ certificates: { notBefore: new Date(Date.now() + dayMs) } });
const bundle = writtenFile('bundle.crt', `gateways\n${other.caCertificate}\n# ours\n${gateway.caCertificate}`);
const counted = await tcpProxy(gateway.port);
const untrusted = { exitCode: 4, class: 'AUTH_TLS', stage: 'transport' } as const;

test('the CA file of another gateway: exit 4', async () => {
  const { error } = await expectFailure(['device', 'ls', '--ca-file', other.caFile], gateway, {
    ...untrusted,
    says: `the certificate of ${gateway.address} is not signed by the root in ${other.caFile}`,
    hints: '--ca-file FILE',
  });
  expect(error).toMatchObject({ target: gateway.address, gateway: gateway.address, code: null, retryable: false });
});

test('no CA file, so that the roots of the system count: exit 4', async () => {
  await expectFailure(
    ['device', 'ls'],
    { env: { GSDK_GATEWAY: gateway.address } },
    { ...untrusted, says: 'is not signed by any root of this system', hints: '--ca-file FILE' },
  );
});

test('a bundle with several roots is taken whole', async () => {
  const { exitCode, stderr } = await gsdk(['device', 'ls', '--ca-file', bundle], gateway);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test('a certificate for another name: exit 4, and the flag that the hint names mends it', async () => {
  const { error } = await expectFailure(['device', 'ls'], named, {
    ...untrusted,
    says: 'the certificate is not for 127.0.0.1; it names DNS:gateway.supremainc.com',
    hints: /^--server-name gateway\.supremainc\.com,/,
  });
  const flag = error.hint?.split(',')[0]?.split(' ') ?? [];
  expect((await gsdk(['device', 'ls', ...flag], named)).exitCode).toBe(0);
  const { exitCode } = await gsdk(['device', 'ls', '--server-name', 'another.supremainc.com'], named);
  expect(exitCode).toBe(4);
});

test('a certificate without any name: exit 4', async () => {
  await expectFailure(['device', 'ls'], nameless, {
    ...untrusted,
    says: /not for 127\.0\.0\.1/,
    hints: '--server-name',
  });
});

test('an expired certificate: exit 4, told apart from one that is not trusted', async () => {
  await expectFailure(['device', 'ls'], expired, { ...untrusted, says: 'has expired', hints: 'renew the certificate' });
});

test('a certificate that is not valid yet: exit 4', async () => {
  await expectFailure(['device', 'ls'], early, { ...untrusted, says: 'is not valid yet', hints: 'clock' });
});

test.each([
  ['missing', join(folder, 'none.crt'), /cannot read the CA file .*none\.crt \(ENOENT\)/],
  ['a folder', folder, /cannot read the CA file .* \(EISDIR\)/],
  ['empty', writtenFile('empty.crt', ''), /has no certificate in it/],
  ['garbage', writtenFile('garbage.crt', Buffer.from([0, 255, 128, 10, 27, 91])), /has no certificate in it/],
  [
    'garbage within the markers',
    writtenFile('marked.crt', pem('bm90IGEgY2VydGlmaWNhdGU=')),
    /certificate 1 .* cannot be read/,
  ],
  ['a key', writtenFile('key.pem', pem('MC4CAQAw', 'PRIVATE KEY')), /has no certificate in it/],
  [
    'whole, but its second certificate is garbage',
    writtenFile('half.crt', `${gateway.caCertificate}\n${pem('AAAA')}`),
    /certificate 2/,
  ],
])('a CA file that is %s: exit 2, and nobody is dialled', async (_, caFile, says) => {
  const before = counted.connections;
  const env = { GSDK_GATEWAY: counted.address, GSDK_CA_FILE: caFile };
  await expectFailure(['device', 'ls'], { env }, { exitCode: 2, class: 'USAGE', stage: 'cli', says });
  expect(counted.connections).toBe(before);
});

test('with the right CA file the same way is dialled', async () => {
  const before = counted.connections;
  const env = { GSDK_GATEWAY: counted.address, GSDK_CA_FILE: gateway.caFile };
  expect((await gsdk(['device', 'ls'], { env })).exitCode).toBe(0);
  expect(counted.connections).toBe(before + 1);
});

function pem(body: string, label = 'CERTIFICATE'): string {
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}

test('Node cannot be told by its environment to trust just anybody', async () => {
  const env = { ...gateway.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' };
  for (const wrong of [
    ['--ca-file', other.caFile],
    ['--server-name', 'other.example'],
  ]) {
    const { exitCode, stdout } = await gsdk(['device', 'ls', ...wrong], { env });
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' });
  }
});
