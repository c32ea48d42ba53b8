import { Code } from '@connectrpc/connect';
import { expect, test } from 'vitest';
import { classify } from '../../src/errors/classify.ts';
import type { ErrorClass } from '../../src/errors/exit-codes.ts';
import { circumstances, madeUp, nodeError } from '../support/faults.ts';

/** Errors as the client library was seen to throw them, fault by fault, and what a script must be told. */
const faults: [fault: string, thrown: Error, errorClass: ErrorClass, says: string][] = [];
const add = (fault: string, thrown: Error, errorClass: ErrorClass, says: string) =>
  faults.push([fault, thrown, errorClass, says]);
const caused = (code: Code, cause: string, text = `${cause} happened`) => madeUp(code, text, nodeError(cause));

// Before the connection is up.
const refused = ['127.0.0.1', '::1'].map((address) => nodeError('ECONNREFUSED', { address, port: 4000 }));
add('a closed port', caused(Code.Unavailable, 'ECONNREFUSED'), 'UNREACHABLE', 'nothing listens at gw1:4000');
add(
  'a port closed at every address, without any text',
  madeUp(Code.Unavailable, '', new AggregateError(refused, '')),
  'UNREACHABLE',
  'tried 127.0.0.1 port 4000, ::1 port 4000',
);
add('a name that nobody knows', caused(Code.Unavailable, 'ENOTFOUND'), 'UNREACHABLE', 'unknown host gw1');
add('a resolver that is down', caused(Code.Unavailable, 'EAI_AGAIN'), 'UNREACHABLE', 'unknown host gw1');
add('no route', caused(Code.Internal, 'ENETUNREACH'), 'UNREACHABLE', 'no route');
add('a host that is off', caused(Code.Internal, 'EHOSTUNREACH'), 'UNREACHABLE', 'no route');
add(
  'a hang-up before TLS',
  caused(Code.Aborted, 'ECONNRESET', 'Client network socket disconnected before secure TLS connection was established'),
  'UNREACHABLE',
  'closed the connection',
);
add('a self-signed certificate', caused(Code.Internal, 'DEPTH_ZERO_SELF_SIGNED_CERT'), 'AUTH_TLS', 'not signed by');
add('another root', caused(Code.Internal, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'), 'AUTH_TLS', 'not signed by');
add('a root not trusted', caused(Code.Internal, 'SELF_SIGNED_CERT_IN_CHAIN'), 'AUTH_TLS', 'not signed by');
add('an expired certificate', caused(Code.Internal, 'CERT_HAS_EXPIRED'), 'AUTH_TLS', 'expired');
add('a certificate for others', caused(Code.Internal, 'ERR_TLS_CERT_ALTNAME_INVALID'), 'AUTH_TLS', 'not for gw1');
add('no TLS', caused(Code.Internal, 'ERR_SSL_WRONG_VERSION_NUMBER'), 'AUTH_TLS', 'does not speak TLS');
const noProtocol = 'ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL';
add('HTTP/1.1 only', caused(Code.Internal, noProtocol), 'AUTH_TLS', 'not gRPC');
add('TLS, then garbage', caused(Code.Internal, 'ERR_HTTP2_ERROR', 'Protocol error'), 'AUTH_TLS', 'not gRPC');
const wanted = 'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED';
add('a client certificate wanted', caused(Code.Internal, wanted), 'AUTH_TLS', 'client certificate');

// A proxy, or another kind of server.
for (const [code, status] of [
  [Code.Unavailable, 502],
  [Code.Unavailable, 503],
  [Code.Unimplemented, 404],
  [Code.Unauthenticated, 401],
] as const) {
  add(`HTTP ${status}`, madeUp(code, `HTTP ${status}`), 'UNREACHABLE', `as gRPC: HTTP ${status}`);
}
add('a web page', madeUp(Code.Unknown, 'unsupported content type text/html'), 'UNREACHABLE', 'as gRPC');

// Under a call.
const cancel = 'http/2 stream closed with error code CANCEL (0x8)';
add('a server killed', madeUp(Code.Canceled, cancel), 'UNREACHABLE', 'was lost during GetDeviceList');
add('an abort that was not ours', madeUp(Code.Canceled, 'This operation was aborted'), 'UNREACHABLE', 'was lost');
add('a reset', caused(Code.Aborted, 'ECONNRESET', 'read ECONNRESET'), 'UNREACHABLE', 'was lost');
const refusedStream = 'Stream closed with error code NGHTTP2_REFUSED_STREAM';
add('a stream refused', caused(Code.Internal, 'ERR_HTTP2_STREAM_ERROR', refusedStream), 'UNREACHABLE', 'was lost');
add(
  'a stream canceled by GOAWAY',
  caused(Code.Internal, 'ERR_HTTP2_STREAM_CANCEL', 'The pending stream has been canceled'),
  'UNREACHABLE',
  'closed the connection',
);
for (const number of [2, 11]) {
  const text = `Session closed with error code ${number}`;
  add(`GOAWAY ${number}`, caused(Code.Internal, 'ERR_HTTP2_SESSION_ERROR', text), 'UNREACHABLE', 'was lost');
}
add('no status', madeUp(Code.Internal, 'protocol error: missing status'), 'UNREACHABLE', 'was lost');
add('a message that is none', madeUp(Code.Internal, 'parse binary: premature EOF'), 'UNREACHABLE', 'premature');
add('a request that is none', madeUp(Code.Internal, 'serialize binary: invalid uint32'), 'INTERNAL', 'uint32');
add('a cut message', madeUp(Code.InvalidArgument, 'protocol error: incomplete envelope'), 'UNREACHABLE', 'was lost');
add('a link cut', caused(Code.Unavailable, 'ETIMEDOUT', 'read ETIMEDOUT'), 'UNREACHABLE', 'no route');
add(
  'two messages',
  madeUp(Code.Unimplemented, 'protocol error: received extra output message'),
  'UNREACHABLE',
  'extra',
);
add('a status of 99', madeUp(Code.Internal, 'invalid grpc-status: 99'), 'UNREACHABLE', 'grpc-status: 99');
add('an unheard-of error', new RangeError('out of bounds'), 'INTERNAL', 'out of bounds');

test.each(faults)('%s', (_fault, thrown, errorClass, says) => {
  const { failure } = classify(thrown, circumstances());
  expect(failure).toMatchObject({ class: errorClass, stage: 'transport', target: 'gw1:4000', outcome: 'not-applied' });
  expect(failure.message).toContain(says);
  expect(failure.code).toBeUndefined();
});

test('a fault on the way never blames a device, and leaves a write in doubt', () => {
  const device = { name: '846', isManaged: true };
  for (const [, thrown] of faults) {
    const { failure, exitCode } = classify(thrown, circumstances({ isWrite: true, device }));
    expect(failure).toMatchObject({ stage: 'transport', outcome: 'unknown' });
    expect([3, 6, 7, 9, 10]).not.toContain(exitCode);
  }
});
