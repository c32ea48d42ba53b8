import { inspect } from 'node:util';
import { Code, ConnectError } from '@connectrpc/connect';
import { formatDuration } from '../base/duration.ts';
import type { ErrorClass } from './exit-codes.ts';
import { type Failure, GsdkError } from './gsdk-error.ts';
import { type Answer, isAnswer, toDeviceErrorClass, toGatewayErrorClass, toGrpcCodeName } from './status-class.ts';
import { causeChain, explainFault } from './transport-faults.ts';
import { outcomeOfCall } from './write-outcome.ts';

/** What the one who made the call knows, and the error does not. */
export interface CallContext {
  /** The gateway as `host:port`. */
  target: string;
  host: string;
  caFile: string | undefined;
  serverName: string | undefined;
  /** The name of the RPC: `SearchDevice`. */
  rpc: string;
  timeoutMs: number;
  /** Whether the call changes anything: then its outcome is unknown until the state is read again. */
  isWrite: boolean;
  /** Whether the connection was not up yet: then it cannot have been lost either. */
  isDial?: boolean;
  /** The device that the answer speaks of; absent when it speaks of the gateway as a whole. */
  device?: { name: string; isManaged: boolean } | undefined;
  /** Aborted when the user interrupted us. */
  signal?: AbortSignal | undefined;
}

/**
 * Turns whatever an RPC threw into the one error class. The order is fixed: our own signal, our own
 * deadline, the chain of causes and known texts, then the status, because the transport reports
 * trust faults as `internal` and a lost connection as `canceled`.
 */
export function classify(error: unknown, circumstances: CallContext): GsdkError {
  if (error instanceof GsdkError) return error;
  const { signal, isWrite } = circumstances;
  const outcome = outcomeOfCall(isWrite);
  if (signal?.aborted && signal.reason instanceof GsdkError) {
    const { failure } = signal.reason;
    return new GsdkError({ ...failure, outcome, ...(isWrite && { hint: mayHaveHappened }) }, error);
  }
  const status = ConnectError.from(error instanceof Error ? error : inspect(error));
  return new GsdkError({ ...failureOf(error, status, circumstances), outcome }, error);
}

function failureOf(error: unknown, status: ConnectError, circumstances: CallContext): Failure {
  if (isAnswer(status)) return answerFailure(status, circumstances);
  if (status.code === Code.DeadlineExceeded) return deadlineFailure(circumstances);
  return transportFailure(error, status, circumstances);
}

function answerFailure(status: ConnectError, circumstances: CallContext): Failure {
  const { device, target, rpc, isWrite } = circumstances;
  const answer = { code: status.code, text: status.rawMessage };
  const code = toGrpcCodeName(status.code);
  if (device === undefined) {
    const failureClass = toGatewayErrorClass(answer);
    const message = `the gateway ${target} answered ${rpc} with ${code}: ${answer.text}`;
    return { class: failureClass, code, message, hint: answerHint(failureClass, isWrite), stage: 'gateway', target };
  }
  return toDeviceFailure(answer, device);
}

/** The failure of one device, as the gateway told it; without an outcome. */
export function toDeviceFailure(answer: Answer, device: NonNullable<CallContext['device']>): Failure {
  return {
    class: toDeviceErrorClass(answer, device.isManaged),
    code: toGrpcCodeName(answer.code),
    message: `${device.name}: ${answer.text} (the gateway is fine)`,
    hint: deviceHint(answer.text),
    stage: 'device',
    target: device.name,
  };
}

function deadlineFailure({ target, rpc, timeoutMs, isWrite }: CallContext): Failure {
  return {
    class: 'TIMEOUT',
    message: `no answer from ${target} to ${rpc} within ${formatDuration(timeoutMs)}`,
    hint: isWrite ? mayHaveHappened : 'allow more time: --request-timeout 60s',
    stage: 'transport',
    target,
  };
}

function transportFailure(error: unknown, status: ConnectError, circumstances: CallContext): Failure {
  const { target, rpc, isWrite, isDial } = circumstances;
  const errors = causeChain(error).filter((one) => !(one instanceof ConnectError));
  const explained = isLost(status) && !isDial ? undefined : explainFault({ ...circumstances, errors });
  if (explained) return { ...explained, stage: 'transport', target };
  if (/^HTTP \d{3}/.test(status.rawMessage) || status.rawMessage.startsWith('unsupported content type')) {
    const message = `${target} did not answer ${rpc} as gRPC: ${status.rawMessage}`;
    const hint = 'a proxy or another server sits there; gsdk connects directly: --gateway HOST:PORT';
    return { class: 'UNREACHABLE', message, hint, stage: 'transport', target };
  }
  const hint = isWrite ? mayHaveHappened : 'look again: gsdk gateway ping';
  const lost = `the connection to ${target} was lost during ${rpc}`;
  if (isLost(status)) return { class: 'UNREACHABLE', message: lost, hint, stage: 'transport', target };
  if (error instanceof ConnectError && !isOurFault.test(status.rawMessage)) {
    const message = `${target} broke the protocol in its answer to ${rpc}: ${status.rawMessage}`;
    return { class: 'UNREACHABLE', message, hint, stage: 'transport', target };
  }
  const message = `${rpc} at ${target} failed: ${status.rawMessage}`;
  return { class: 'INTERNAL', message, hint, stage: 'transport', target };
}

/** The texts with which the transport tells of a connection or stream that ended under a call. */
const lostTexts =
  /NGHTTP2_|stream closed with error code|Session closed|socket hang up|missing (?:status|trailer)|incomplete envelope|ECONNRESET/i;

/** The text of the client library for a request of ours that it cannot send. */
const isOurFault = /^serialize binary:/;

const isLost = (status: ConnectError) => status.code === Code.Canceled || lostTexts.test(status.rawMessage);

const mayHaveHappened = 'it may have happened all the same; look: gsdk device ls';

function answerHint(failureClass: ErrorClass, isWrite: boolean): string {
  if (failureClass === 'UNSUPPORTED') return 'the gateway may be too old for this: gsdk gateway ping';
  if (failureClass === 'AUTH_TLS') return 'check your certificate and rights: gsdk config show';
  if (isWrite) return mayHaveHappened;
  if (failureClass === 'BUSY' || failureClass === 'UNREACHABLE') return 'wait a little, then try the same again';
  return 'look at what the gateway manages: gsdk device ls';
}

/** A device gateway hands on what its own dialler met. */
const deviceHint = (text: string) =>
  text.startsWith('Cannot connect')
    ? 'is the device on, at this address, and does it use SSL (--ssl)? gsdk search'
    : 'see its connection: gsdk device ls';
