import { styleText } from 'node:util';
import { escapeControlChars, escapeControlCharsInJson } from '../../base/escape-control-chars.ts';
import type { Failure, GsdkError } from '../../errors/gsdk-error.ts';

/** What an error report must know beside the error. */
export interface ErrorContext {
  isJson: boolean;
  isColored: boolean;
  /** The profile and the gateway that were named, if the configuration could be read at all. */
  profile: string | null;
  gateway: string | null;
}

/** Classes of which the same command may well succeed later, without any change. */
const retryableClasses = new Set(['UNREACHABLE', 'BUSY', 'TIMEOUT']);

/** An error as the last lines of stderr: a line and a hint for people, or one line of JSON. */
export function errorReport(error: GsdkError, context: ErrorContext): string {
  return context.isJson
    ? `${escapeControlCharsInJson(JSON.stringify({ error: errorObject(error, context) }))}\n`
    : errorLines(error.failure, context);
}

function errorLines({ message, hint }: Failure, { isColored, profile }: ErrorContext): string {
  const name = isColored ? styleText('red', 'gsdk:', { validateStream: false }) : 'gsdk:';
  const where = profile === null ? '' : `${escapeControlChars(profile)}: `;
  return `${name} ${where}${escapeControlChars(message)}\n${hint === undefined ? '' : `hint: ${escapeControlChars(hint)}\n`}`;
}

function errorObject(
  { failure, exitCode }: GsdkError,
  { profile, gateway }: Pick<ErrorContext, 'profile' | 'gateway'>,
): object {
  const { message, stage, outcome = 'not-applied' } = failure;
  const { code = null, hint = null, target = null } = failure;
  const retryable = retryableClasses.has(failure.class) && outcome === 'not-applied';
  const report = {
    id: failure.id ?? failure.class,
    class: failure.class,
    exitCode,
    code,
    message,
    hint,
    target,
    profile,
    gateway,
    stage,
    retryable,
    outcome,
  };
  return {
    ...report,
    ...(failure.lockedOut && { lockedOut: failure.lockedOut }),
    ...(failure.failures && { failures: failure.failures.map(({ error, ...where }) => errorObject(error, where)) }),
  };
}
