import { expect, test } from 'vitest';
import { makeCertificates } from '../../src/emulator/server/certificates.ts';
import {
  closingServer,
  http1Server,
  httpsServer,
  plaintextHttp2Server,
  rawGateway,
  silentServer,
  sshServer,
  tlsServerSilentAfterwards,
  tlsServerWithoutALPN,
} from '../support/broken-servers.ts';
import { errorOf, expectFailure } from '../support/failure.ts';
import { foreignGateway, silence } from '../support/foreign-gateway.ts';
import { gsdk } from '../support/gsdk.ts';
import { freePort } from '../support/ports.ts';
import { tcpProxy } from '../support/tcp-proxy.ts';
import { writtenFile } from '../support/temporary-folder.ts';

const identity = await makeCertificates();
const caFile = writtenFile('ca.crt', identity.ca);
const at = (address: string) => ({ env: { GSDK_GATEWAY: address, GSDK_CA_FILE: caFile } });
const closing = await closingServer();
const silent = await silentServer();
const compressing = await rawGateway(identity, { Connect: { headers: { 'grpc-encoding': 'gzip' } } });
const silentAfterwards = await tlsServerSilentAfterwards(identity);
const gateway = await foreignGateway({ answers: { GetDeviceList: silence, SearchDevice: silence } });
const cable = await tcpProxy(gateway.port);

/** More than a process needs to start and end on a busy machine, and less than any limit that was not meant. */
const promptMs = 4000;

test('a gateway that is not running: exit 5, naming the address that was tried', async () => {
  const port = await freePort();
  const { error } = await expectFailure(['device', 'ls'], at(`127.0.0.1:${port}`), {
    exitCode: 5,
    class: 'UNREACHABLE',
    stage: 'transport',
    says: `nothing listens at 127.0.0.1:${port}`,
    hints: 'is the gateway running',
  });
  expect(error).toMatchObject({ retryable: true, outcome: 'not-applied', code: null, target: `127.0.0.1:${port}` });
});

test('a host that nobody knows: exit 5, whether the name service answers or cannot be asked', async () => {
  // A name service that cannot be reached may take its time to say so.
  await expectFailure(['device', 'ls', '--connect-timeout', '25s'], at('no-such-host.invalid'), {
    exitCode: 5,
    class: 'UNREACHABLE',
    stage: 'transport',
    says: 'unknown host no-such-host.invalid',
    hints: 'gsdk config show',
  });
});

test.each([
  ['HTTP/2 without TLS', await plaintextHttp2Server(), /does not speak TLS/],
  ['HTTP/1 without TLS', await http1Server(), /does not speak TLS/],
  ['SSH', await sshServer(), /does not speak TLS/],
  ['TLS with HTTP/1 only', await httpsServer(identity), /speaks TLS, but not gRPC/],
  ['TLS that negotiates no protocol', await tlsServerWithoutALPN(identity), /speaks TLS, but not gRPC/],
])('a server that speaks %s: exit 4', async (_, address, says) => {
  const expected = { exitCode: 4, class: 'AUTH_TLS', stage: 'transport', says, hints: '--gateway HOST:PORT' } as const;
  await expectFailure(['device', 'ls'], at(address), expected);
});

test('a server that hangs up at once: exit 5', async () => {
  await expectFailure(['device', 'ls'], at(closing), {
    exitCode: 5,
    class: 'UNREACHABLE',
    stage: 'transport',
    says: 'closed the connection',
    hints: 'gsdk gateway ping',
  });
});

test('a port that accepts and stays silent: exit 124 within the connect timeout, and the process is gone', async () => {
  const { error, durationMs } = await expectFailure(['device', 'ls', '--connect-timeout', '300ms'], at(silent), {
    exitCode: 124,
    class: 'TIMEOUT',
    stage: 'transport',
    says: `${silent} did not complete the connection within 300ms`,
    hints: '--connect-timeout',
  });
  expect(error.retryable).toBe(true);
  expect(durationMs).toBeLessThan(promptMs);
});

test('TLS that comes up, and HTTP/2 that stays silent: exit 124 within the timeout, and the process is gone', async () => {
  const { durationMs } = await expectFailure(['device', 'ls', '--request-timeout', '300ms'], at(silentAfterwards), {
    exitCode: 124,
    class: 'TIMEOUT',
    stage: 'transport',
    says: /within 300ms/,
  });
  expect(durationMs).toBeLessThan(promptMs);
});

test('an answer to a write that cannot be read: exit 5, and the outcome is unknown', async () => {
  const { exitCode, stdout, stderr } = await gsdk(['connect', '192.168.0.117', '--json'], at(compressing));
  expect(exitCode).toBe(5);
  expect(JSON.parse(stdout).results).toMatchObject([{ ok: false, outcome: 'unknown' }]);
  expect(errorOf(stderr)).toMatchObject({ class: 'UNREACHABLE', stage: 'transport', outcome: 'unknown', code: null });
});

test('a call that is never answered: exit 124 within --request-timeout, and the process is gone', async () => {
  const { durationMs } = await expectFailure(['device', 'ls', '--request-timeout', '200ms'], gateway, {
    exitCode: 124,
    class: 'TIMEOUT',
    stage: 'transport',
    says: `no answer from ${gateway.address} to GetDeviceList within 200ms`,
    hints: '--request-timeout 60s',
  });
  expect(durationMs).toBeLessThan(promptMs);
});

test.each(['SearchDevice', 'GetDeviceList'])('a gateway that is lost during %s: exit 5', async (rpc) => {
  const called = gateway.nextCall(rpc);
  const command = rpc === 'SearchDevice' ? ['search'] : ['device', 'ls'];
  const running = gsdk([...command, '-o', 'json'], { env: { ...gateway.env, GSDK_GATEWAY: cable.address } });
  await called;
  // A read is made once more, on a new connection.
  const calledAgain = gateway.nextCall(rpc);
  cable.cut();
  await calledAgain;
  cable.cut();
  const { exitCode, stdout, stderr } = await running;
  expect({ exitCode, stdout }).toEqual({ exitCode: 5, stdout: '' });
  expect(errorOf(stderr)).toMatchObject({
    class: 'UNREACHABLE',
    stage: 'transport',
    message: `the connection to ${cable.address} was lost during ${rpc}`,
    retryable: true,
    outcome: 'not-applied',
  });
});
