import { type StatusObject, status } from '@grpc/grpc-js';

/** An answer that is an error: what a handler throws when the gateway is to refuse a call. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: status;

  /** @param text what the client reads in `grpc-message` */
  constructor(code: status, text: string) {
    super(text);
    this.code = code;
  }
}

/** Whether something thrown is an answer; total, because even asking a thrown proxy for its class can throw. */
export function isRpcError(thrown: unknown): thrown is RpcError {
  try {
    return thrown instanceof RpcError;
  } catch {
    return false;
  }
}

/**
 * Turns anything thrown into the status that the client gets, and never throws itself: a call whose error
 * cannot be told would never be answered. What is no `RpcError` is a bug of ours; the client learns no more
 * than that.
 */
export const toStatus = (thrown: unknown): Pick<StatusObject, 'code' | 'details'> =>
  isRpcError(thrown)
    ? { code: thrown.code, details: toWellFormed(thrown.message) }
    : { code: status.INTERNAL, details: 'internal error' };

/** grpc-js percent-encodes the text and fails at half a surrogate pair. */
const toWellFormed = (text: string) => Buffer.from(text, 'utf8').toString('utf8');
