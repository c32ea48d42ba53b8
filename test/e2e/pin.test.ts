import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { closingServer, http1Server, silentServer } from '../support/broken-servers.ts';
import { type EmulatedGateway, emulatedGateway } from '../support/emulated-gateway.ts';
import { expectFailure } from '../support/failure.ts';
import { foreignGateway } from '../support/foreign-gateway.ts';
import { gsdk } from '../support/gsdk.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const dayMs = 24 * 60 * 60 * 1000;
const folder = temporaryFolder();
const gateway = await emulatedGateway();
const modern = await emulatedGateway({ tlsMax: 'TLSv1.3' });
const named = await emulatedGateway({ certificates: { names: ['gateway.supremainc.com'] } });
const expired = await emulatedGateway({ certificates: { notAfter: new Date(Date.now() - dayMs / 2) } });
const foreign = await foreignGateway();
const proxy = await tcpProxy(gateway.port);
const [silent, closing, http1] = await Promise.all([silentServer(), closingServer(), http1Server()]);
const untrusted = { exitCode: 4, class: 'AUTH_TLS', stage: 'transport' } as const;
const wrong = `sha256:${'0a'.repeat(32)}`;

async function pinOf({ port }: Pick<EmulatedGateway, 'port'>): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false, ALPNProtocols: ['h2'] });
  await once(socket, 'secureConnect');
  const { fingerprint256 } = socket.getPeerX509Certificate() ?? expect.unreachable('no certificate');
  socket.destroy();
  return `sha256:${fingerprint256}`;
}
/** Where a gateway is, and nothing about whom to trust. */
const at = (address: string) => ({ env: { GSDK_GATEWAY: address } });
const ls = (pin: string, address: string, ...args: string[]) =>
  gsdk(['device', 'ls', '--pin', pin, ...args], at(address));

test.each([
  ['TLS 1.2', gateway],
  ['TLS 1.3', modern],
])('the right pin needs no root: %s', async (_version, { port, address }) => {
  const { exitCode, stderr } = await ls(await pinOf({ port }), address, '--json');
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test('a gateway that is not ours is pinned as well', async () => {
  const args = ['--server-name', foreign.env.GSDK_SERVER_NAME];
  expect(await ls(await pinOf(foreign), foreign.address, ...args)).toMatchObject({ exitCode: 0, stderr: '' });
});

test('another pin: exit 4 with the one that was seen, which as a flag is right', async () => {
  const seen = (await pinOf(gateway)).replaceAll(':', '').replace('sha256', 'sha256:').toLowerCase();
  const { error } = await expectFailure(['device', 'ls', '--pin', wrong], at(gateway.address), {
    ...untrusted,
    says: `the certificate of ${gateway.address} is ${seen}, not the one that is pinned, ${wrong}`,
    hints: `--pin ${seen}`,
  });
  expect(error).toMatchObject({ target: gateway.address, retryable: false, outcome: 'not-applied' });
  const flag = error.hint?.split(': ').slice(1).join(': ').split(' ') ?? [];
  expect((await gsdk(['device', 'ls', ...flag], at(gateway.address))).exitCode).toBe(0);
});

test('with another pin the gateway is dialled once, and asked nothing', async () => {
  const before = proxy.connections;
  expect((await ls(wrong, proxy.address)).exitCode).toBe(4);
  expect(proxy.connections).toBe(before + 1);
});

describe('the right pin does not stand for everything', () => {
  test('a certificate for another name: exit 4, and the flag that the hint names mends it', async () => {
    const pin = await pinOf(named);
    await expectFailure(['device', 'ls', '--pin', pin], at(named.address), {
      ...untrusted,
      says: 'the certificate is not for 127.0.0.1; it names DNS:gateway.supremainc.com',
      hints: '--server-name gateway.supremainc.com',
    });
    expect((await ls(pin, named.address, '--server-name', 'gateway.supremainc.com')).exitCode).toBe(0);
  });

  test('an expired certificate: exit 4', async () => {
    await expectFailure(['device', 'ls', '--pin', await pinOf(expired)], at(expired.address), {
      ...untrusted,
      says: 'has expired',
    });
  });

  test('of another gateway: exit 4', async () => {
    expect((await ls(await pinOf(modern), gateway.address)).exitCode).toBe(4);
  });
});

describe('where there is no certificate to be had', () => {
  test.each([
    ['nothing listens', '127.0.0.1:1', 5, /nothing listens/],
    ['the peer hangs up', closing, 5, /closed the connection/],
    ['the peer does not speak TLS', http1, 4, /does not speak TLS/],
    ['the peer is silent', silent, 124, /did not complete the connection within 300ms/],
  ])('%s', async (_what, address, exitCode, says) => {
    const { exitCode: code, stdout, stderr } = await ls(wrong, address, '--connect-timeout', '300ms');
    expect({ code, stdout }).toEqual({ code: exitCode, stdout: '' });
    expect(stderr).toMatch(says);
  });
});

test('a pin may stand in a variable or a profile, and not beside a CA file', async () => {
  const pin = await pinOf(gateway);
  const env = { GSDK_GATEWAY: gateway.address, GSDK_PIN: pin };
  expect((await gsdk(['device', 'ls'], { env })).exitCode).toBe(0);
  const config = join(folder, 'config.json');
  const profiles = { site1: { gateway: gateway.address, pin } };
  writeFileSync(config, JSON.stringify({ profiles }), { mode: 0o600 });
  expect((await gsdk(['device', 'ls', '--profile', 'site1'], { env: { GSDK_CONFIG: config } })).exitCode).toBe(0);
  await expectFailure(
    ['device', 'ls'],
    { env: { ...gateway.env, GSDK_PIN: pin } },
    {
      ...{ exitCode: 2, class: 'USAGE', stage: 'cli' },
      says: 'GSDK_PIN beside GSDK_CA_FILE: one of them decides whom to trust',
    },
  );
  await expectFailure(['device', 'ls', '--pin', 'sha256:00'], at(gateway.address), {
    ...{ exitCode: 2, class: 'USAGE', stage: 'cli' },
    says: '--pin: expected sha256: and 64 hexadecimal digits',
  });
});
