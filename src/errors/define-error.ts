import type { ErrorClass } from './exit-codes.ts';
import { type Failure, GsdkError, type Stage } from './gsdk-error.ts';

/** One entry of the error catalog. */
export interface ErrorDefinition<Params> {
  /** Stable name in upper case, for scripts and tests: `MAX_DEVICES_EXCEEDED`. */
  id: string;
  /** Decides the exit code. */
  class: ErrorClass;
  stage: Stage;
  /** What failed and the value that caused it: lower case, one line, no period. */
  message(params: Params): string;
  /** One imperative sentence. Commands and options stand in backticks and can be run as they are. */
  hint(params: Params): string;
  /** Values for `docs/errors.md` and for the test that runs each hint through the parser. */
  example: Params;
}

/** What a single occurrence adds to its definition. */
export type FailureDetails = Partial<Omit<Failure, 'id' | 'message'>>;

/** Creates errors of one definition. */
export interface ErrorFactory<Params> {
  (params: Params, details?: FailureDetails, cause?: unknown): GsdkError;
  /** The same as data, for the result of one device among many. */
  toFailure(params: Params, details?: FailureDetails): Failure;
  readonly definition: ErrorDefinition<Params>;
}

/**
 * Adds an error to the catalog.
 *
 * @returns a factory of errors; `toFailure` creates the failure of a single device
 */
export function defineError<Params = void>(definition: ErrorDefinition<Params>): ErrorFactory<Params> {
  const toFailure = (params: Params, details: FailureDetails = {}): Failure => ({
    id: definition.id,
    class: definition.class,
    message: definition.message(params),
    hint: definition.hint(params),
    stage: definition.stage,
    ...details,
  });
  const create = (params: Params, details?: FailureDetails, cause?: unknown) =>
    new GsdkError(toFailure(params, details), cause);
  return Object.assign(create, { toFailure, definition });
}
