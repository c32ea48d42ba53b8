import { Code } from '@connectrpc/connect';
import type { Failure, Outcome } from './gsdk-error.ts';
import { toGrpcCodeName } from './status-class.ts';

const namesOf = (...codes: readonly Code[]): ReadonlySet<string> => new Set(codes.map(toGrpcCodeName));

/** Statuses that end the wait for a write and not the write itself: it may still take effect after the state is read. */
const stillRunning = namesOf(Code.Canceled, Code.DeadlineExceeded, Code.Unknown);

/** Statuses that do not say whether the device carried out the write. */
const undecided = namesOf(
  ...[Code.Canceled, Code.DeadlineExceeded, Code.Unknown],
  ...[Code.Aborted, Code.DataLoss, Code.Internal, Code.Unavailable],
);

/**
 * Returns the outcome of a call that was sent and failed, as far as the failure itself shows it. For a write that is
 * `unknown` with every status: a gateway may answer with an error after it carried out all of the write or a part.
 */
export const outcomeOfCall = (isWrite: boolean): Outcome => (isWrite ? 'unknown' : 'not-applied');

/** Returns the outcome for one device in an answer that lists the devices that failed: a refusal by name is one. */
export const outcomeOfDevice = (code: string): Outcome => (undecided.has(code) ? 'unknown' : 'not-applied');

/**
 * Returns the failure of a write with the outcome that the state shows. A write that was never sent stays as it is.
 *
 * @param isDone whether the state read after the write is as wanted; `undefined` if it could not be read or proves nothing
 */
export function decideOutcome(failure: Failure, isDone: boolean | undefined): Failure & { outcome: Outcome } {
  const { outcome = 'not-applied', code } = failure;
  if (outcome !== 'unknown' || isDone === undefined) return { ...failure, outcome };
  if (isDone) return { ...failure, outcome: 'applied' };
  const isOver = code !== undefined && !stillRunning.has(code);
  return { ...failure, outcome: isOver ? 'not-applied' : 'unknown' };
}
