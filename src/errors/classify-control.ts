import { inspect } from 'node:util';
import { Code, ConnectError } from '@connectrpc/connect';
import type { ErrorClass } from './exit-codes.ts';
import { type Failure, GsdkError } from './gsdk-error.ts';
import { causeChain } from './transport-faults.ts';

/** What the one who asked an embedded gateway's control service knows, and the error does not. */
export interface ControlCallContext {
  /** How messages name the gateway: `the embedded gateway "default"`. */
  title: string;
  /** Whether the call changes anything: then the outcome of an unanswered call is unknown. */
  isWrite: boolean;
  /** The next thing to try when what was asked cannot be. */
  hint: string;
  /** Aborted when the user interrupted us. */
  signal: AbortSignal;
}

/** Answers of the control service whose text says it all. */
const answers: ReadonlyMap<Code, ErrorClass> = new Map([
  [Code.InvalidArgument, 'USAGE'],
  [Code.NotFound, 'NOT_FOUND'],
  [Code.FailedPrecondition, 'CONFLICT'],
]);

/** Turns whatever a call of a control service threw into the one error class. */
export function classifyControl(error: unknown, circumstances: ControlCallContext): GsdkError {
  if (error instanceof GsdkError) return error;
  const { signal, isWrite } = circumstances;
  const outcome = isWrite ? ('unknown' as const) : ('not-applied' as const);
  if (signal.aborted && signal.reason instanceof GsdkError) {
    return new GsdkError({ ...signal.reason.failure, outcome }, error);
  }
  const status = ConnectError.from(error instanceof Error ? error : inspect(error));
  const answered = answers.get(status.code);
  if (answered) {
    const { hint } = circumstances;
    return new GsdkError({ class: answered, message: status.rawMessage, hint, stage: 'gateway' }, error);
  }
  return new GsdkError({ outcome, ...otherFailure(error, status, circumstances) }, error);
}

function otherFailure(error: unknown, status: ConnectError, { title }: ControlCallContext): Failure {
  if (causeChain(error).some((cause) => 'code' in cause && cause.code === 'ECONNREFUSED')) {
    const message = `${title} has ended`;
    const hint = 'start another: gsdk emulator start; see those that run: gsdk emulator status';
    return { class: 'NOT_FOUND', message, hint, stage: 'transport', outcome: 'not-applied' };
  }
  if (status.code === Code.Unauthenticated || status.code === Code.PermissionDenied) {
    const message = `${title} refuses its token: ${status.rawMessage}`;
    return { class: 'AUTH_TLS', message, hint: renew, stage: 'transport', outcome: 'not-applied' };
  }
  if (status.code === Code.Unimplemented) {
    const message = `${title} does not know this call`;
    const hint = 'it is of another version of gsdk: gsdk emulator stop, then start it again';
    return { class: 'UNSUPPORTED', message, hint, stage: 'gateway', outcome: 'not-applied' };
  }
  if (status.code === Code.Internal || status.code === Code.Unknown) {
    const message = `${title} failed: ${status.rawMessage}`;
    return { class: 'INTERNAL', message, hint: 'what it says of that: gsdk emulator logs', stage: 'gateway' };
  }
  const isTimeout = status.code === Code.DeadlineExceeded;
  const message = `${title} ${isTimeout ? 'did not answer in time' : `was lost: ${status.rawMessage}`}`;
  return { class: isTimeout ? 'TIMEOUT' : 'UNREACHABLE', message, hint: 'gsdk emulator status', stage: 'transport' };
}

const renew = 'take it anew: eval "$(gsdk emulator env)"';
