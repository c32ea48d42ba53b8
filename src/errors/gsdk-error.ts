import { inspect } from 'node:util';
import { type ErrorClass, toExitCode } from './exit-codes.ts';

/** What became of a write. `unknown`: it was sent and nobody answered. */
export type Outcome = 'applied' | 'not-applied' | 'unknown' | 'skipped';

/** How far a command came: on the way in, on the way to the gateway, at the gateway, at a device. */
export type Stage = 'cli' | 'transport' | 'gateway' | 'device';

/** Everything there is to say about a failure. */
export interface Failure {
  /** Its entry in the error catalog: `MAX_DEVICES_EXCEEDED`. */
  id?: string;
  class: ErrorClass;
  /** One line, lower case, without a full stop: what was expected and what came. */
  message: string;
  /** The next command or option to try. */
  hint?: string;
  /** The name of the gRPC status, when a gateway answered with one: `NOT_FOUND`. */
  code?: string;
  stage: Stage;
  /** Whom it concerns: the address of the gateway, or a device. */
  target?: string;
  /** The devices that a change would have shut out, when it was refused for that. */
  lockedOut?: readonly number[];
  /** Of a run over several gateways: what went wrong with each that failed. */
  failures?: readonly GatewayFailure[];
  /** `not-applied` unless said otherwise. */
  outcome?: Outcome;
  /** Only for classes with several exit codes: which one. */
  exitCode?: number;
}

/** What went wrong with one of several gateways. */
export interface GatewayFailure {
  profile: string | null;
  gateway: string | null;
  error: GsdkError;
}

/** The one error class of gsdk. Whatever else is thrown goes through `classify` and becomes one. */
export class GsdkError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, cause?: unknown) {
    super(failure.message, { cause });
    this.name = 'GsdkError';
    this.failure = failure;
  }

  /** The code that the process ends with when this error ends the run. */
  get exitCode(): number {
    return this.failure.exitCode ?? toExitCode(this.failure.class);
  }
}

/** The input or the configuration is wrong, and nothing was sent: exit code 2. */
export function usageError(message: string, hint: string): GsdkError {
  return new GsdkError({ class: 'USAGE', message, hint, stage: 'cli' });
}

/** Turns anything thrown outside an RPC into the one error class: a bug, unless it already is one. */
export function toGsdkError(error: unknown): GsdkError {
  if (error instanceof GsdkError) return error;
  const message = error instanceof Error ? `${error.name}: ${error.message}` : inspect(error);
  const hint = 'this is a bug of gsdk; please report it with the command line and: gsdk --version';
  return new GsdkError({ class: 'INTERNAL', message, hint, stage: 'cli' }, error);
}
