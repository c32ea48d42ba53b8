import { Metadata, type StatusObject, status } from '@grpc/grpc-js';

/** An answer that is an error: what a handler throws when the gateway is to refuse a call. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: status;
  readonly statusDetails: Uint8Array | undefined;

  /**
   * @param text what the client reads in `grpc-message`
   * @param statusDetails an encoded `google.rpc.Status` for the trailer `grpc-status-details-bin`
   */
  constructor(code: status, text: string, statusDetails?: Uint8Array) {
    super(text);
    this.code = code;
    this.statusDetails = statusDetails;
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
export function toStatus(thrown: unknown): Partial<StatusObject> {
  if (!isRpcError(thrown)) return { code: status.INTERNAL, details: 'internal error' };
  const { code, message, statusDetails } = thrown;
  const details = toWellFormed(message);
  if (!statusDetails) return { code, details };
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(statusDetails));
  return { code, details, metadata };
}

/** grpc-js percent-encodes the text and fails at half a surrogate pair. */
const toWellFormed = (text: string) => Buffer.from(text, 'utf8').toString('utf8');
