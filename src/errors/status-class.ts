import { Code, type ConnectError } from '@connectrpc/connect';
import type { ErrorClass } from './exit-codes.ts';

/** What a gRPC status means when it speaks of the gateway as a whole; all others are INTERNAL. */
const aboutGateway: Readonly<Partial<Record<Code, ErrorClass>>> = {
  [Code.Unavailable]: 'UNREACHABLE',
  [Code.Unauthenticated]: 'AUTH_TLS',
  [Code.PermissionDenied]: 'AUTH_TLS',
  [Code.NotFound]: 'NOT_FOUND',
  [Code.InvalidArgument]: 'USAGE',
  [Code.OutOfRange]: 'USAGE',
  [Code.Unimplemented]: 'UNSUPPORTED',
  [Code.ResourceExhausted]: 'BUSY',
  [Code.AlreadyExists]: 'CONFLICT',
  [Code.FailedPrecondition]: 'CONFLICT',
  [Code.Aborted]: 'CONFLICT',
  [Code.DeadlineExceeded]: 'TIMEOUT',
};

/** What a gRPC status means when it speaks of one device; all others are DEVICE. */
const aboutDevice: Readonly<Partial<Record<Code, ErrorClass>>> = {
  [Code.Unimplemented]: 'UNSUPPORTED',
  [Code.AlreadyExists]: 'CONFLICT',
  [Code.FailedPrecondition]: 'CONFLICT',
};

/** A status as a gateway sent it. */
export interface Answer {
  code: Code;
  /** The text of the status, as sent: untrusted. */
  text: string;
}

/**
 * Whether the gateway itself sent this status. The client library makes up others, some of them with the headers of
 * the answer that it could not read. So a status counts only if the code and the text of the error are those that the
 * headers or trailers state; an error that the library made has no details.
 */
export function isAnswer({ code, rawMessage, details, metadata }: ConnectError): boolean {
  const isGrpc = metadata.get('content-type')?.startsWith('application/grpc') ?? false;
  if (!isGrpc || metadata.get('grpc-status') !== String(code)) return false;
  return details.length > 0 || decoded(metadata.get('grpc-message') ?? '') === rawMessage;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The class of an answer that concerns the gateway as a whole. */
export function toGatewayErrorClass({ code }: Answer): ErrorClass {
  return aboutGateway[code] ?? 'INTERNAL';
}

/**
 * The class of an answer that concerns one device. The codes 1, 2, 4, 5 and 124 never come from a
 * device: the gateway worked. NOT_FOUND is what a gateway says of a device that is offline too
 * (gateway-behaviour, section 0), so only a device that is not in the managed list is NOT_FOUND.
 */
export function toDeviceErrorClass({ code, text }: Answer, isManaged: boolean): ErrorClass {
  if (code === Code.NotFound && !isManaged) return 'NOT_FOUND';
  if (text.includes('BS_ERR_NOT_SUPPORTED')) return 'UNSUPPORTED';
  return aboutDevice[code] ?? 'DEVICE';
}

/** The name of a status the way gRPC spells it: `NOT_FOUND`. */
export function toGrpcCodeName(code: Code): string {
  const name = Code[code];
  if (name === undefined) return `CODE_${code}`;
  return code === Code.Canceled ? 'CANCELLED' : name.replace(/(?<=[a-z])[A-Z]/g, '_$&').toUpperCase();
}
