import { Code, ConnectError } from '@connectrpc/connect';
import type { CallContext } from '../../src/errors/classify.ts';
import { GsdkError } from '../../src/errors/gsdk-error.ts';

/** An error as Node throws it: a code, and whatever else belongs to it. */
export function nodeError(code: string, members: Record<string, unknown> = {}): Error {
  return Object.assign(new Error(`${code} happened`), { code, ...members });
}

/** A status as the gateway itself sends it: with the headers and trailers of gRPC. */
export const answered = (code: Code, text = 'said the gateway'): ConnectError => asAnswer(new ConnectError(text, code));

/** Gives an error the headers and trailers with which it arrives when a gateway sends it. */
export function asAnswer(error: ConnectError): ConnectError {
  error.metadata.set('content-type', 'application/grpc');
  error.metadata.set('grpc-status', String(error.code));
  error.metadata.set('grpc-message', encodeURIComponent(error.rawMessage.replace(/\p{Surrogate}/gu, '\ufffd')));
  return error;
}

/** A status that the client library made up, with what caused it. */
export function madeUp(code: Code, text = 'said the library', cause?: unknown): ConnectError {
  return new ConnectError(text, code, undefined, undefined, cause);
}

/** The circumstances of a read from a gateway, and what differs from that. */
export function circumstances(others: Partial<CallContext> = {}): CallContext {
  return {
    target: 'gw1:4000',
    host: 'gw1',
    caFile: undefined,
    serverName: undefined,
    rpc: 'GetDeviceList',
    timeoutMs: 30_000,
    isWrite: false,
    ...others,
  };
}

/** A signal that was aborted by the user, and the error that it reports. */
export function interruptedSignal() {
  const reason = new GsdkError({ class: 'SIGNAL', exitCode: 130, message: 'interrupted by SIGINT', stage: 'cli' });
  return { signal: AbortSignal.abort(reason), reason };
}

/** Every status of gRPC but OK, which is no failure. */
export const allCodes = Object.values(Code).filter((code): code is Code => typeof code === 'number');
