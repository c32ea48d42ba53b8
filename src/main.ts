import type { Host } from './cli/host.ts';
import { errorContext } from './cli/output/error-context.ts';
import { errorReport } from './cli/output/report-error.ts';
import { type Ending, listenForSignals, signalExitCodes } from './cli/output/stream-writer.ts';
import { runProgram } from './cli/program.ts';
import { Session } from './cli/session.ts';
import { GsdkError, toGsdkError } from './errors/gsdk-error.ts';

/**
 * Runs one command line to its end.
 *
 * @param argv the arguments, without the program itself
 * @returns the exit code, and the signal to die of if one interrupted the run; never throws, never exits
 */
export async function main(argv: readonly string[], host: Host): Promise<Ending> {
  const interruption = listenForSignals(host);
  const ending = await run(argv, new Session(host, interruption, argv));
  interruption.release();
  const signal = interruption.received();
  return signal === undefined ? ending : { exitCode: signalExitCodes[signal], signal };
}

async function run(argv: readonly string[], session: Session): Promise<Ending> {
  try {
    await runProgram(argv, session);
    return session.ending;
  } catch (thrown) {
    const error = interruptedBy(session.signal, toGsdkError(thrown));
    await session.report(errorReport(error, errorContext(argv, session.host)));
    return { exitCode: error.exitCode };
  }
}

/** A run that was interrupted ends of the signal, whatever else went wrong in its wake; what became of its writes stays. */
function interruptedBy({ aborted, reason }: AbortSignal, error: GsdkError): GsdkError {
  if (!aborted || !(reason instanceof GsdkError)) return error;
  const { outcome, hint } = error.failure;
  return new GsdkError({ ...reason.failure, ...(outcome && { outcome, ...(hint && { hint }) }) }, error);
}
