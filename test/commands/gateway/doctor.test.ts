import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startEmulator } from '../../../src/emulator/index.ts';
import { makeCertificates } from '../../../src/emulator/server/certificates.ts';
import { layers } from '../../../src/gateway/doctor/layer.ts';
import {
  clientCertificateServer,
  closingServer,
  http1Server,
  httpsServer,
  plaintextHttp2Server,
  silentServer,
  sshServer,
  tlsServerSilentAfterwards,
  tlsServerWithoutALPN,
  webServer,
} from '../../support/broken-servers.ts';
import { emulatedGateway } from '../../support/emulated-gateway.ts';
import { foreignGateway, Refusal, silence } from '../../support/foreign-gateway.ts';
import { run } from '../../support/host.ts';
import { freePort } from '../../support/ports.ts';
import { tcpProxy } from '../../support/tcp-proxy.ts';
import { temporaryFolder, writtenFile } from '../../support/temporary-folder.ts';

const dayMs = 24 * 60 * 60 * 1000;
const folder = temporaryFolder();
const identity = await makeCertificates();
const caFile = writtenFile('ca.crt', identity.ca);
const gateway = await emulatedGateway();
const other = await emulatedGateway();
const named = await emulatedGateway({ certificates: { names: ['gateway.supremainc.com'] } });
const nameless = await emulatedGateway({ certificates: { names: [] } });
const expired = await emulatedGateway({ certificates: { notAfter: new Date(Date.now() - dayMs / 2) } });
const early = await emulatedGateway({ certificates: { notBefore: new Date(Date.now() + dayMs) } });
const modern = await emulatedGateway({ tlsMax: 'TLSv1.3' });
const old = await emulatedGateway({ gatewayVersion: '1.4' });
const chained = { ...identity, certificate: `${identity.certificate}\n${identity.ca}` };
const mute = await foreignGateway({ answers: { GetDeviceList: silence } });
const cable = await tcpProxy(mute.port);
const refusing = (code: number, text: string) =>
  foreignGateway({
    answers: {
      GetDeviceList: () => {
        throw new Refusal(code, text);
      },
    },
  });
const [unimplemented, unauthenticated] = await Promise.all([
  refusing(12, 'unknown service gsdk.connect.Connect'),
  refusing(16, 'no token'),
]);
const at = (address: string, others: Record<string, string> = {}) => ({
  ...{ GSDK_GATEWAY: address, GSDK_CA_FILE: caFile },
  ...others,
});
const open = writtenFile('open.key', 'x');
chmodSync(open, 0o666);

interface Row {
  layer: string;
  ok: boolean | null;
  finding: string;
  hint: string | null;
}

async function doctor(env: Record<string, string>, ...argv: string[]) {
  const { exitCode, stdout, stderr } = await run(['gateway', 'doctor', '--json', ...argv], { env });
  const rows = JSON.parse(stdout) as Row[];
  expect(rows.map(({ layer }) => layer)).toEqual(Object.keys(layers));
  const first = rows.find(({ ok }) => ok === false);
  return { exitCode, rows, first, error: stderr ? JSON.parse(stderr).error : undefined };
}

/** What goes wrong, how the gateway is named, and where: the layer, what is said, the flag or the next step, the exit code. */
const faults: [
  what: string,
  env: Record<string, string>,
  layer: string,
  says: RegExp,
  hints: RegExp,
  exitCode: number,
][] = [
  ['no gateway named', {}, 'configuration', /no gateway named/, /--gateway HOST:PORT/, 2],
  [
    'a CA file that is not there',
    at('gw1', { GSDK_CA_FILE: '/none.crt' }),
    'configuration',
    /ENOENT/,
    /gsdk config show/,
    2,
  ],
  [
    'a CA file without a certificate',
    at('gw1', { GSDK_CA_FILE: writtenFile('empty.crt', '') }),
    ...(['configuration', /no certificate in it/, /ca\.crt/, 2] as const),
  ],
  [
    'a pin beside a CA file',
    at('gw1', { GSDK_PIN: `sha256:${'0a'.repeat(32)}` }),
    ...(['configuration', /GSDK_PIN beside GSDK_CA_FILE/, /leave one/, 2] as const),
  ],
  [
    'a key that others can write',
    at('gw1', { GSDK_CERT_FILE: caFile, GSDK_KEY_FILE: open }),
    ...(['configuration', /can be written by others/, /chmod/, 2] as const),
  ],
  [
    'a real gateway within the embedded one',
    at('gw1', { GSDK_EMULATOR: '1' }),
    ...(['configuration', /not on this machine/, /outside/, 9] as const),
  ],
  [
    'a host that nobody knows',
    at('no-such-host.invalid'),
    'dns',
    /unknown host no-such-host\.invalid/,
    /gsdk config show/,
    5,
  ],
  [
    'a gateway that is not running',
    at(`127.0.0.1:${await freePort()}`),
    'tcp',
    /nothing listens/,
    /is the gateway running/,
    5,
  ],
  [
    'a gateway that is not running, by a name',
    at(`localhost:${await freePort()}`),
    'tcp',
    /nothing listens at localhost:\d+ \(tried 127\.0\.0\.1/,
    /is the gateway running/,
    5,
  ],
  ['a server that hangs up at once', at(await closingServer()), 'tls', /closed the connection/, /gateway ping/, 5],
  ['a port that accepts and stays silent', at(await silentServer()), 'tls', /within 2s/, /--connect-timeout/, 124],
  ['HTTP/2 without TLS', at(await plaintextHttp2Server()), 'tls', /does not speak TLS/, /--gateway HOST:PORT/, 4],
  ['HTTP/1 without TLS', at(await http1Server()), 'tls', /does not speak TLS/, /--gateway HOST:PORT/, 4],
  ['SSH', at(await sshServer()), 'tls', /does not speak TLS/, /--gateway HOST:PORT/, 4],
  [
    'a server that wants a client certificate, TLS 1.3',
    at(await clientCertificateServer(identity, 'TLSv1.3')),
    ...(['tls', /client certificate/, /--cert-file FILE --key-file FILE/, 4] as const),
  ],
  [
    'a server that wants a client certificate, TLS 1.2',
    at(await clientCertificateServer(identity, 'TLSv1.2')),
    ...(['tls', /client certificate/, /--cert-file FILE --key-file FILE/, 4] as const),
  ],
  [
    'the CA file of another gateway',
    at(gateway.address, { GSDK_CA_FILE: other.caFile }),
    ...(['trust', /not signed by the root in/, /--ca-file FILE; .* --pin sha256:[0-9a-f]{64}$/, 4] as const),
  ],
  [
    'no CA file, so that the roots of the system count',
    { GSDK_GATEWAY: gateway.address },
    ...(['trust', /not signed by any root of this system/, /--ca-file FILE/, 4] as const),
  ],
  [
    'another root, which the server shows',
    at(await httpsServer(chained), { GSDK_CA_FILE: other.caFile }),
    ...(['trust', /not signed by the root in/, /--ca-file FILE/, 4] as const),
  ],
  [
    'another pin',
    { GSDK_GATEWAY: gateway.address, GSDK_PIN: `sha256:${'0a'.repeat(32)}` },
    ...(['trust', /not the one that is pinned/, /--pin sha256:[0-9a-f]{64}$/, 4] as const),
  ],
  [
    'a certificate for another name',
    named.env,
    'name',
    /it names DNS:gateway\.supremainc\.com/,
    /^--server-name gateway\./,
    4,
  ],
  ['a certificate without any name', nameless.env, 'name', /not for 127\.0\.0\.1/, /--server-name/, 4],
  ['an expired certificate', expired.env, 'expiry', /has expired/, /renew the certificate/, 4],
  ['a certificate that is not valid yet', early.env, 'expiry', /not valid yet/, /clock/, 4],
  [
    'TLS with HTTP/1 only',
    at(await httpsServer(identity)),
    'grpc',
    /speaks TLS, but not gRPC/,
    /--gateway HOST:PORT/,
    4,
  ],
  ['TLS that negotiates no protocol', at(await tlsServerWithoutALPN(identity)), 'grpc', /not gRPC/, /--gateway/, 4],
  [
    'TLS that comes up, and HTTP/2 that stays silent',
    at(await tlsServerSilentAfterwards(identity)),
    'grpc',
    /within 2s/,
    /./,
    124,
  ],
  [
    'a proxy that has lost the gateway',
    at(await webServer(identity, 502)),
    ...(['grpc', /did not answer GetDeviceList as gRPC: HTTP 502/, /--gateway HOST:PORT/, 5] as const),
  ],
  [
    'a web server that speaks HTTP/2',
    at(await webServer(identity, 200)),
    ...(['grpc', /did not answer GetDeviceList as gRPC/, /--gateway HOST:PORT/, 5] as const),
  ],
  ['a call that is never answered', mute.env, 'grpc', /no answer from .* to GetDeviceList/, /--request-timeout/, 124],
  ['a gRPC server without the service', unimplemented.env, 'service', /UNIMPLEMENTED/, /too old/, 10],
  [
    'a gateway that wants to know who we are',
    unauthenticated.env,
    'service',
    /UNAUTHENTICATED/,
    /certificate and rights/,
    4,
  ],
];

test.each(faults)('%s', async (_what, env, layer, says, hints, expected) => {
  const { exitCode, first, rows, error } = await doctor(env, '--connect-timeout', '2s', '--request-timeout', '2s');
  expect({ layer: first?.layer, exitCode }).toEqual({ layer, exitCode: expected });
  expect(first?.finding).toMatch(says);
  expect(first?.hint).toMatch(hints);
  expect(error).toMatchObject({ message: first?.finding, hint: first?.hint, exitCode: expected });
  const index = rows.findIndex((row) => row.layer === layer);
  for (const before of rows.slice(0, index)) expect(before).toMatchObject({ ok: true });
  const certificate = ['trust', 'name', 'expiry'];
  for (const after of rows.slice(index + 1)) {
    if (!certificate.includes(after.layer)) expect(after).toMatchObject({ ok: null, finding: 'not looked at' });
  }
});

test('a gateway that is lost while it is asked', async () => {
  const called = mute.nextCall('GetDeviceList');
  const running = doctor({ ...mute.env, GSDK_GATEWAY: cable.address });
  await called;
  // A read is made once more, on a new connection.
  const calledAgain = mute.nextCall('GetDeviceList');
  cable.cut();
  await calledAgain;
  cable.cut();
  const { first, exitCode } = await running;
  expect({ layer: first?.layer, exitCode }).toEqual({ layer: 'grpc', exitCode: 5 });
  expect(first?.finding).toBe(`the connection to ${cable.address} was lost during GetDeviceList`);
});

test('every layer that can break is among the faults', () => {
  const odd = ['version', 'search', 'filter', 'devices'];
  const broken = new Set(faults.map(([, , layer]) => layer));
  expect(Object.keys(layers).filter((layer) => !broken.has(layer) && !odd.includes(layer))).toEqual([]);
});

describe('all that is wrong with a certificate is told at once', () => {
  const wrongs = { names: ['gateway.supremainc.com'], notAfter: new Date(Date.now() - dayMs / 2) };

  test('an expired one for another name, of another root', async () => {
    const both = await emulatedGatewayWith(wrongs);
    const { rows, exitCode } = await doctor({ ...both.env, GSDK_CA_FILE: other.caFile });
    const wrong = rows.filter(({ ok }) => ok === false).map(({ layer }) => layer);
    expect(exitCode).toBe(4);
    expect(wrong).toEqual(['trust', 'name', 'expiry']);
  });
});

describe('the flag mends it', () => {
  test('--server-name', async () => {
    const { first } = await doctor(named.env);
    const flag = first?.hint?.split(',')[0]?.split(' ') ?? [];
    expect((await doctor(named.env, ...flag)).rows.slice(0, 9).every(({ ok }) => ok)).toBe(true);
  });

  test('--pin', async () => {
    const env = { GSDK_GATEWAY: gateway.address };
    const { first } = await doctor(env);
    const flag = first?.hint?.split('this one: ')[1]?.split(' ') ?? [];
    const { rows } = await doctor(env, ...flag);
    expect(rows[4]).toEqual({ layer: 'trust', ok: true, finding: 'it is the one that is pinned', hint: null });
  });
});

describe('a gateway that works', () => {
  const mended = (rows: readonly Row[]) => rows.filter(({ ok }) => ok === false).map(({ layer }) => layer);

  test('and is new manages nothing, which is odd: 8, and no error', async () => {
    const { exitCode, rows, error } = await doctor(modern.env);
    expect({ exitCode, error, odd: mended(rows) }).toEqual({ exitCode: 8, error: undefined, odd: ['devices'] });
    expect(rows.at(-1)?.hint).toContain('gsdk apply -f FILE');
    expect(rows[3]).toMatchObject({ layer: 'tls', ok: true, finding: 'TLSv1.3' });
  });

  test('and manages devices, closed to strangers, is healthy: 0', async () => {
    await run(['connect', '192.168.0.117'], { env: gateway.env });
    const { exitCode, rows } = await doctor(gateway.env);
    expect({ exitCode, odd: mended(rows) }).toEqual({ exitCode: 0, odd: [] });
    expect(rows.map(({ finding }) => finding)).toEqual([
      gateway.address,
      '127.0.0.1',
      expect.stringMatching(/^something listens at 127\.0\.0\.1 port \d+$/),
      'TLSv1.2',
      `it is signed by CN=gsdk emulator CA, as ${gateway.caFile} says`,
      'it is for 127.0.0.1',
      expect.stringMatching(/^valid until 20\d\d-.*Z, 7\d\d days more$/),
      'it answers',
      'it is a device gateway',
      '1.5 or newer',
      '9 devices answered within 1 s',
      'it accepts the 0 devices that are listed',
      'it manages 1 devices, 1 of them connected',
    ]);
  });

  test('and is open to everybody is odd, and so is one whose search nobody answers', async () => {
    const lonely = await emulatedGatewayWith({}, []);
    await run(['filter', 'allow-all'], { env: { ...lonely.env, TMPDIR: folder } });
    const { exitCode, rows } = await doctor(lonely.env);
    expect({ exitCode, odd: mended(rows) }).toEqual({ exitCode: 8, odd: ['search', 'filter', 'devices'] });
    expect(rows[10]?.hint).toContain('another gateway on its host would keep the search port from it');
  });

  test('and is old betrays that by the names of its services', async () => {
    const { rows } = await doctor(old.env);
    expect(rows[9]).toMatchObject({ layer: 'version', ok: true, finding: '1.4 or older' });
  });
});

test('several gateways are looked at together', async () => {
  const config = join(folder, 'config.json');
  const profiles = {
    site1: { gateway: gateway.address, caFile: gateway.caFile },
    site2: { gateway: named.address, caFile: named.caFile },
  };
  writeFileSync(config, JSON.stringify({ profiles }), { mode: 0o600 });
  const argv = ['gateway', 'doctor', '--profile', 'site1,site2', '--json'];
  const { exitCode, stdout, stderr } = await run(argv, { env: { GSDK_CONFIG: config } });
  expect(exitCode).toBe(7);
  const bad = JSON.parse(stdout).filter(({ ok }: Row) => ok === false);
  expect(bad).toMatchObject([{ profile: 'site2', layer: 'name' }]);
  expect(JSON.parse(stderr).error.failures).toMatchObject([{ profile: 'site2', exitCode: 4 }]);
});

async function emulatedGatewayWith(certificates: object, fleet?: []) {
  const emulator = await startEmulator({ certificates, ...(fleet && { fleet }) });
  onTestFinished(() => emulator.close());
  const path = join(folder, `${emulator.port}.crt`);
  writeFileSync(path, emulator.caCertificate);
  return { ...emulator, env: { GSDK_GATEWAY: emulator.address, GSDK_CA_FILE: path } };
}
