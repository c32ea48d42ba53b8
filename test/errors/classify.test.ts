import { Code, ConnectError } from '@connectrpc/connect';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { errorReport } from '../../src/cli/output/report-error.ts';
import { classify } from '../../src/errors/classify.ts';
import { usageError } from '../../src/errors/gsdk-error.ts';
import { isAnswer } from '../../src/errors/status-class.ts';
import { always } from '../support/always.ts';
import { allCodes, answered, circumstances, interruptedSignal, madeUp, nodeError } from '../support/faults.ts';
import { anyText, unprintablePoints } from '../support/hostile.ts';

const write = { isWrite: true, rpc: 'Connect' };
const device = { name: '846', isManaged: true };

describe('the order', () => {
  test('what is classified already stays as it is, even after an interruption', () => {
    const error = usageError('wrong', 'right');
    expect(classify(error, circumstances(interruptedSignal()))).toBe(error);
  });

  test('our own interruption comes before anything the transport says', () => {
    const { signal } = interruptedSignal();
    for (const error of [madeUp(Code.Canceled, 'This operation was aborted'), answered(Code.NotFound), 'odd']) {
      expect(classify(error, circumstances({ signal })).exitCode).toBe(130);
    }
  });

  test('an abort that was not ours is a lost connection', () => {
    const error = madeUp(Code.Canceled, 'http/2 stream closed with error code CANCEL (0x8)');
    expect(classify(error, circumstances({ signal: new AbortController().signal })).failure.class).toBe('UNREACHABLE');
    expect(classify(error, circumstances({ signal: AbortSignal.abort() })).failure.class).toBe('UNREACHABLE');
  });

  test('the answer of a gateway comes before its causes', () => {
    const error = answered(Code.NotFound);
    error.cause = nodeError('ECONNRESET');
    expect(classify(error, circumstances()).failure.class).toBe('NOT_FOUND');
  });

  test('our own deadline is TIMEOUT, with the limit that ran out', () => {
    expect(classify(madeUp(Code.DeadlineExceeded), circumstances()).failure).toMatchObject({
      class: 'TIMEOUT',
      stage: 'transport',
      message: 'no answer from gw1:4000 to GetDeviceList within 30s',
      hint: expect.stringContaining('--request-timeout'),
    });
  });
});

describe('an answer', () => {
  const withType = (type?: string) => {
    const error: ConnectError = answered(Code.NotFound);
    if (type === undefined) error.metadata.delete('content-type');
    else error.metadata.set('content-type', type);
    return error;
  };

  test.each(['application/grpc', 'application/grpc+proto'])('is one with the content type %s', (type) => {
    expect(isAnswer(withType(type))).toBe(true);
  });

  test.each<[string, Record<string, string>]>([
    ['HTTP 503', {}],
    ['HTTP 503', { 'grpc-status': '14', 'grpc-message': 'down' }],
    ['invalid grpc-status: 99', { 'grpc-status': '99' }],
    ['unsupported response encoding "gzip"', { 'grpc-encoding': 'gzip' }],
    ['unsupported response encoding "gzip"', { 'grpc-encoding': 'gzip', 'grpc-status': '14' }],
    ['a text that cannot be decoded', { 'grpc-status': '14', 'grpc-message': '%zz' }],
    ['sent twice', { 'grpc-status': '14, 14', 'grpc-message': 'sent twice' }],
  ])('is none if the library made it and gave it the headers: %s, %j', (text, headers) => {
    const error = new ConnectError(text, Code.Unavailable, { 'content-type': 'application/grpc', ...headers });
    expect(isAnswer(error)).toBe(false);
    const { failure, exitCode } = classify(error, circumstances({ ...write, device }));
    expect({ exitCode, failure }).toMatchObject({ exitCode: 5, failure: { stage: 'transport', outcome: 'unknown' } });
  });

  test('is one whose text reads like one of the library', () => {
    expect(isAnswer(answered(Code.Unavailable, 'HTTP 503'))).toBe(true);
  });

  test.each([undefined, 'text/html', 'application/json', 'application/connect+proto'])('is none with %s', (type) => {
    expect(isAnswer(withType(type))).toBe(false);
    for (const about of [undefined, device]) {
      expect(classify(withType(type), circumstances({ device: about })).failure).toMatchObject({ stage: 'transport' });
    }
  });

  test('about the gateway names it, the call, the status and the text', () => {
    expect(classify(answered(Code.PermissionDenied, 'no rights'), circumstances()).failure).toMatchObject({
      class: 'AUTH_TLS',
      code: 'PERMISSION_DENIED',
      stage: 'gateway',
      target: 'gw1:4000',
      message: 'the gateway gw1:4000 answered GetDeviceList with PERMISSION_DENIED: no rights',
    });
  });

  test('about a device names the device, and says that the gateway is fine', () => {
    expect(classify(answered(Code.Unavailable, 'offline'), circumstances({ ...write, device })).failure).toMatchObject({
      class: 'DEVICE',
      code: 'UNAVAILABLE',
      stage: 'device',
      target: '846',
      message: '846: offline (the gateway is fine)',
    });
  });

  test('leaves the outcome of a write unknown, and that of a read not applied, with every status', () => {
    for (const code of allCodes) {
      for (const about of [undefined, device]) {
        const outcome = (isWrite: boolean) =>
          classify(answered(code), circumstances({ isWrite, device: about })).failure.outcome;
        expect([outcome(true), outcome(false)]).toEqual(['unknown', 'not-applied']);
      }
    }
  });

  test('never advises to send a write again', () => {
    for (const code of allCodes) {
      const { hint } = classify(answered(code), circumstances(write)).failure;
      expect(hint).not.toContain('try the same again');
    }
  });

  test('has a hint, whatever it is and whomever it concerns', () => {
    for (const code of allCodes) {
      for (const about of [undefined, device]) {
        expect(classify(answered(code), circumstances({ device: about })).failure.hint).toMatch(/^\S.{10,}$/);
      }
    }
  });

  test('that a dial failed makes the hint ask for power, address and SSL', () => {
    const error = answered(Code.Unavailable, 'Cannot connect to the device: EOF');
    expect(classify(error, circumstances({ device })).failure.hint).toContain('--ssl');
  });
});

describe('a write without an answer', () => {
  test.each([
    ['the deadline', madeUp(Code.DeadlineExceeded)],
    ['a lost connection', madeUp(Code.Canceled, 'http/2 stream closed with error code CANCEL (0x8)')],
    ['a reset', madeUp(Code.Aborted, 'read ECONNRESET', nodeError('ECONNRESET'))],
    ['a proxy', madeUp(Code.Unavailable, 'HTTP 502')],
    ['something unheard of', new Error('odd')],
  ])('may have happened: %s', (_what, error) => {
    expect(classify(error, circumstances(write)).failure.outcome).toBe('unknown');
    expect(classify(error, circumstances()).failure.outcome).toBe('not-applied');
  });

  test('may have happened when it was interrupted', () => {
    const { signal } = interruptedSignal();
    expect(classify(new Error('aborted'), circumstances({ ...write, signal })).failure.outcome).toBe('unknown');
  });
});

test('whatever is thrown is classified, and reported in one line and one hint without a control character', () => {
  const errors = fc.record({
    text: anyText,
    code: fc.oneof(fc.anything(), fc.constant('ECONNRESET')),
    cause: fc.anything(),
  });
  const thrown = fc.oneof(
    fc.anything({ withNullPrototype: true, withObjectString: true, withBigInt: true }),
    errors.map(({ text, code, cause }) => Object.assign(new Error(text, { cause }), { code })),
    fc.record({ code: fc.constantFrom(...allCodes), text: anyText }).map(({ code, text }) => answered(code, text)),
    fc.record({ code: fc.constantFrom(...allCodes), text: anyText }).map(({ code, text }) => madeUp(code, text)),
  );
  const context = { isJson: false, isColored: false, profile: null, gateway: null };
  always(
    fc.record({ thrown, isWrite: fc.boolean() }),
    ({ thrown, isWrite }) => {
      const report = errorReport(classify(thrown, circumstances({ isWrite })), context);
      expect(report).toMatch(/^gsdk: [^\n]+\nhint: [^\n]+\n$/);
      expect(unprintablePoints(report.replaceAll('\n', ''))).toEqual([]);
    },
    1000,
  );
});
