import { describe, expect, test } from 'vitest';
import { causeChain, explainFault } from '../../src/errors/transport-faults.ts';
import { circumstances, nodeError } from '../support/faults.ts';

const explained = (error: Error, others = {}) => explainFault({ ...circumstances(others), errors: causeChain(error) });

describe.each([
  ['UNREACHABLE', 'unknown host gw1', ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA']],
  ['UNREACHABLE', 'nothing listens at gw1:4000', ['ECONNREFUSED']],
  ['UNREACHABLE', 'no route to gw1:4000', ['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'ETIMEDOUT']],
  ['UNREACHABLE', 'gw1:4000 closed the connection', ['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_DESTROYED']],
  ['AUTH_TLS', 'has expired', ['CERT_HAS_EXPIRED']],
  ['AUTH_TLS', 'is not valid yet', ['CERT_NOT_YET_VALID']],
  ['AUTH_TLS', 'the certificate is not for gw1', ['ERR_TLS_CERT_ALTNAME_INVALID']],
  [
    'AUTH_TLS',
    'is not signed by any root of this system',
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN'],
  ],
  ['AUTH_TLS', 'is not signed by', ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY']],
  ['AUTH_TLS', 'is not signed by', ['CERT_UNTRUSTED', 'CERT_SIGNATURE_FAILURE', 'INVALID_CA', 'INVALID_PURPOSE']],
  ['AUTH_TLS', 'gw1:4000 does not speak TLS', ['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG']],
  ['AUTH_TLS', 'speaks TLS, but not gRPC', ['ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL', 'ERR_HTTP2_ERROR']],
  ['AUTH_TLS', 'may want a client certificate', ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED']],
  [
    'AUTH_TLS',
    'refused the TLS handshake',
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'],
  ],
  ['AUTH_TLS', 'no TLS with gw1:4000: ERR_SSL_BAD_ECPOINT', ['ERR_SSL_BAD_ECPOINT']],
])('%s, "%s"', (faultClass, words, codes) => {
  test.each(codes)('is what %s means', (code) => {
    const fault = explained(nodeError(code));
    expect(fault).toMatchObject({ class: faultClass, message: expect.stringContaining(words) });
    expect(fault?.hint).toMatch(/^\S.{10,}$/);
  });
});

test.each(['ENOSPC', 'ERR_ASSERTION', 'ECONN', 'XECONNREFUSED', 'CERT', ''])('%j is not known', (code) => {
  expect(explained(nodeError(code))).toBeUndefined();
});

test('a code that is not a text is passed over', () => {
  expect(explained(Object.assign(new Error('odd'), { code: 111 }))).toBeUndefined();
});

test('a refusal by every address of a name tells them all', () => {
  const refused = ['192.168.0.2', '192.168.0.3'].map((address) => nodeError('ECONNREFUSED', { address, port: 4000 }));
  const all = Object.assign(new AggregateError(refused, ''), { code: 'ECONNREFUSED' });
  expect(explained(all)?.message).toBe(
    'nothing listens at gw1:4000 (tried 192.168.0.2 port 4000, 192.168.0.3 port 4000)',
  );
});

test('the root that was given is named when it is the wrong one', () => {
  const error = nodeError('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
  expect(explained(error, { caFile: '/etc/site1.crt' })?.message).toContain('the root in /etc/site1.crt');
});

test('a certificate for others tells for whom, and proposes the first of its names', () => {
  const names = 'IP Address:192.168.0.9, DNS:gateway.example.com, DNS:other';
  const error = nodeError('ERR_TLS_CERT_ALTNAME_INVALID', { cert: { subjectaltname: names } });
  expect(explained(error, { serverName: 'gw9' })).toMatchObject({
    message: `the certificate is not for gw9; it names ${names}`,
    hint: expect.stringContaining('--server-name gateway.example.com'),
  });
  expect(explained(nodeError('ERR_TLS_CERT_ALTNAME_INVALID'))).toMatchObject({
    message: expect.stringContaining('it names nobody'),
    hint: expect.stringContaining('--server-name NAME'),
  });
});

describe('a chain of causes', () => {
  test('is followed outermost first, into those of an aggregate too', () => {
    const [first, second, deep] = [new Error('1'), new Error('2', { cause: 'a text' }), new Error('deep')];
    const aggregate = new AggregateError([first, second, 7], 'all', { cause: deep });
    const outer = new Error('outer', { cause: aggregate });
    expect(causeChain(outer)).toEqual([outer, aggregate, first, second, deep]);
  });

  test('that leads back to itself ends', () => {
    const one = new Error('one');
    const other = new Error('other', { cause: one });
    one.cause = other;
    expect(causeChain(one)).toEqual([one, other]);
  });

  test.each([undefined, null, 'text', 7, {}])('of %j is empty', (thrown) => {
    expect(causeChain(thrown)).toEqual([]);
  });
});
