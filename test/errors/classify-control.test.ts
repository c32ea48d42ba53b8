import { Code, ConnectError } from '@connectrpc/connect';
import { expect, test } from 'vitest';
import { classifyControl } from '../../src/errors/classify-control.ts';
import { GsdkError, usageError } from '../../src/errors/gsdk-error.ts';

const { signal } = new AbortController();
const asked = { title: 'the embedded gateway "ci"', isWrite: true, hint: 'look', signal };
const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

test.each([
  [Code.InvalidArgument, 'USAGE', 'says why', 'look', undefined],
  [Code.NotFound, 'NOT_FOUND', 'says why', 'look', undefined],
  [Code.FailedPrecondition, 'CONFLICT', 'says why', 'look', undefined],
  [Code.Unauthenticated, 'AUTH_TLS', 'the embedded gateway "ci" refuses its token: says why', undefined, 'not-applied'],
  [
    Code.PermissionDenied,
    'AUTH_TLS',
    'the embedded gateway "ci" refuses its token: says why',
    undefined,
    'not-applied',
  ],
  [Code.Unimplemented, 'UNSUPPORTED', 'the embedded gateway "ci" does not know this call', undefined, 'not-applied'],
  [Code.DeadlineExceeded, 'TIMEOUT', 'the embedded gateway "ci" did not answer in time', undefined, 'unknown'],
  [Code.Internal, 'INTERNAL', 'the embedded gateway "ci" failed: says why', undefined, 'unknown'],
  [Code.Aborted, 'UNREACHABLE', 'the embedded gateway "ci" was lost: says why', undefined, 'unknown'],
])('%s is %s', (code, kind, message, hint, outcome) => {
  const { failure } = classifyControl(new ConnectError('says why', code), asked);
  expect(failure).toMatchObject({ class: kind, message, ...(hint && { hint }), ...(outcome && { outcome }) });
  expect(failure.hint).toBeTruthy();
});

test('where nobody listens any more nothing has happened', () => {
  const error = new ConnectError('unavailable', Code.Unavailable, undefined, undefined, refused);
  expect(classifyControl(error, asked).failure).toMatchObject({
    ...{ class: 'NOT_FOUND', message: 'the embedded gateway "ci" has ended', outcome: 'not-applied' },
  });
});

test('of a read the outcome is never unknown', () => {
  const error = new ConnectError('gone', Code.Unavailable);
  expect(classifyControl(error, { ...asked, isWrite: false }).failure.outcome).toBe('not-applied');
});

test('an interruption is told as such, whatever broke in its wake', () => {
  const interrupted = new AbortController();
  interrupted.abort(new GsdkError({ class: 'SIGNAL', message: 'interrupted by SIGINT', stage: 'cli' }));
  const error = classifyControl(new ConnectError('gone', Code.Canceled), { ...asked, signal: interrupted.signal });
  expect(error.failure).toMatchObject({ class: 'SIGNAL', message: 'interrupted by SIGINT', outcome: 'unknown' });
});

test('what is classified already stays, and what is no error is told all the same', () => {
  const error = usageError('wrong', 'right');
  expect(classifyControl(error, asked)).toBe(error);
  expect(classifyControl('a text', asked).failure).toMatchObject({ class: 'INTERNAL' });
});
