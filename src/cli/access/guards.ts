import { type Configuration, type Resolved, toGatewayContext } from '../../config/resolve.ts';
import { GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import type { Admit } from '../../gateway/guarded-gateway.ts';
import type { Result } from '../../render/view.ts';
import { type AuditedRun, AuditTrail } from './audit-trail.ts';

/** A run that writes. */
export interface GuardedRun extends Pick<AuditedRun, 'argv' | 'pid'> {
  /** Aborted by a signal, with the error to report. */
  signal: AbortSignal;
}

/** Refuses any write: in front of the gateway of a command that reads. */
export const rejectWrites: Admit = () => {
  throw new GsdkError({
    class: 'INTERNAL',
    message: 'a command that reads was about to write; nothing was sent',
    hint: 'this is a bug of gsdk; please report it with the command line and: gsdk --version',
    stage: 'cli',
  });
};

/**
 * Runs a write within the guards of a configuration: none at all where it is read-only, no more devices than it
 * allows, and on record where it says so.
 *
 * @param write is told who decides whether its calls may be made
 * @throws GsdkError (CONFLICT) before anything is sent, when a guard forbids it
 */
export async function runWithGuards(
  configuration: Configuration,
  { argv, pid, signal }: GuardedRun,
  write: (admit: Admit) => Promise<Result>,
): Promise<Result> {
  const { readOnly, maxDevices, auditFile } = configuration;
  const context = toGatewayContext(configuration);
  if (readOnly.value) throw isReadOnly(readOnly, context.gateway);
  const trail = auditFile && new AuditTrail(auditFile.value, { argv, pid, ...context });
  let hasBegun = false;
  const admit: Admit = (targets, { dryRun, isForAll }) => {
    if (maxDevices && (isForAll || targets.length > maxDevices.value)) {
      throw tooMany(isForAll ? 'whoever may dial in' : `${targets.length} devices`, maxDevices, hasBegun);
    }
    if (dryRun) return;
    trail?.begin(targets);
    hasBegun = true;
  };
  const ended = (result: Result | undefined, failure: GsdkError | undefined) => {
    const error = signal.aborted ? toGsdkError(signal.reason) : failure;
    const outcome = failure ? (failure.failure.outcome ?? 'not-applied') : 'applied';
    if (hasBegun) trail?.end({ result, exitCode: error?.exitCode ?? result?.exitCode ?? 0, outcome });
  };
  try {
    const result = await write(admit);
    return { ...result, failure: errorOf(() => ended(result, result.failure), result.failure) };
  } catch (thrown) {
    const error = toGsdkError(thrown);
    throw errorOf(() => ended(undefined, error), error);
  }
}

/** The error of a run that a last step ends: that of the run itself, if it has one, or else that of the step. */
function errorOf(step: () => void, error: GsdkError): GsdkError;
function errorOf(step: () => void, error: GsdkError | undefined): GsdkError | undefined;
function errorOf(step: () => void, error: GsdkError | undefined): GsdkError | undefined {
  try {
    step();
    return error;
  } catch (thrown) {
    return error ?? toGsdkError(thrown);
  }
}

const isReadOnly = ({ source }: Resolved<boolean>, gateway: string | null) =>
  new GsdkError({
    class: 'CONFLICT',
    message: `writes are refused: ${source} says that ${gateway ?? 'the gateway'} is read-only`,
    hint: 'nothing was sent; see where that comes from: gsdk config show',
    stage: 'cli',
  });

const tooMany = (whom: string, { value, source }: Resolved<number>, hasBegun: boolean) =>
  new GsdkError({
    class: 'CONFLICT',
    message: `this write is for ${whom}, and ${source} allows ${value}; ${hasBegun ? 'no more' : 'nothing'} was sent`,
    hint: 'is the list as you meant it? then in smaller parts; where the limit comes from: gsdk config show',
    stage: 'cli',
  });
