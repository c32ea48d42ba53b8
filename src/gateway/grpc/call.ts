import { formatHostPort } from '../../base/address.ts';
import { type CallContext, classify } from '../../errors/classify.ts';
import type { ErrorClass } from '../../errors/exit-codes.ts';
import type { GsdkError } from '../../errors/gsdk-error.ts';
import type { GatewayIdentity } from '../transport/certificate.ts';
import type { Endpoint } from '../transport/endpoint.ts';

/** What the calls to a gateway stand on. */
export interface Connection {
  endpoint: Omit<Endpoint, 'ca' | 'cert' | 'key'>;
  /** Ends whatever is under way when it aborts. */
  signal: AbortSignal;
  /** Told of each call when it has ended, with the class of its failure if it failed. */
  onCall?: ((call: CompletedCall) => void) | undefined;
  /** How the gateway shows itself, where the connection is one over a network. */
  identity?(): GatewayIdentity | undefined;
  /** Ends the connection itself. */
  close(): void;
}

/** A call that has ended, well or not. */
export interface CompletedCall {
  rpc: string;
  elapsedMs: number;
  failure: ErrorClass | undefined;
}

/** The limits that every call is made with, in the form that the client library takes. */
export interface CallLimits {
  /** Zero for none. */
  timeoutMs: number;
  signal: AbortSignal;
}

/** What a call is, beside its name, for the deadline and for telling what its failure means. */
export interface CallKind extends Partial<Pick<CallContext, 'isWrite' | 'device' | 'timeoutMs'>> {
  /** Whether it has many answers: made again, it would hide that some of them may be missing. */
  isStream?: boolean;
}

/** Makes one call, with its limits; whatever it throws comes out as a `GsdkError`. */
export type CallGateway = <T>(rpc: string, call: (limits: CallLimits) => Promise<T>, kind?: CallKind) => Promise<T>;

/** The longest limit that gRPC can tell a server: eight digits of milliseconds, some 27 hours. */
const longestTimeoutMs = 99_999_999;

/**
 * The one way in which calls are made over a connection. A read whose connection was lost is made once more, on a new
 * one; a write never is, as it may have happened.
 */
export function createCaller({ endpoint, signal, onCall }: Connection): CallGateway {
  return async (rpc, call, kind = {}) => {
    const limitMs = kind.timeoutMs ?? endpoint.timeoutMs;
    const timeoutMs = Number.isFinite(limitMs) ? Math.min(limitMs, longestTimeoutMs) : 0;
    // By the calendar clock: the first look at the other one loads a module, for a millisecond.
    const startMs = Date.now();
    // A call that nothing will ever end is waited for, and does not end the process in silence.
    const hold = setInterval(() => {}, longestTimeoutMs);
    const ended = (error?: GsdkError) =>
      onCall?.({ rpc, elapsedMs: Date.now() - startMs, failure: error?.failure.class });
    const once = async () => {
      try {
        const answer = await call({ timeoutMs, signal });
        ended();
        return answer;
      } catch (thrown) {
        const target = formatHostPort(endpoint);
        const error = classify(thrown, { ...endpoint, isWrite: false, ...kind, target, rpc, timeoutMs, signal });
        ended(error);
        throw error;
      }
    };
    try {
      return await once().catch((error: GsdkError) => {
        if (!isLostRead(error, endpoint, kind)) throw error;
        // Where the gateway is gone the first failure tells more than a second dial.
        return once().catch(() => Promise.reject(error));
      });
    } finally {
      clearInterval(hold);
    }
  };
}

/** Whether a read may be made again: the connection is gone, and nobody depends on that very one. */
const isLostRead = ({ failure }: GsdkError, { dialsOnce }: Connection['endpoint'], { isWrite, isStream }: CallKind) =>
  !isWrite && !isStream && !dialsOnce && failure.class === 'UNREACHABLE' && failure.stage === 'transport';
