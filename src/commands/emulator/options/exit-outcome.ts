import type { Session } from '../../../cli/session.ts';
import type { StepReport } from '../../../emulator/index.ts';
import { GsdkError } from '../../../errors/gsdk-error.ts';

/** A scenario that was played, as it stood when its gateway ended. */
export interface Outcome {
  /** How messages name it. */
  scenario: string;
  steps: readonly StepReport[];
}

/** Warns of steps that have not happened, or could not be done. */
export async function warnOfSteps({ scenario, steps }: Outcome, session: Session): Promise<void> {
  for (const { step, do: verb, message } of steps.filter(({ state }) => state === 'failed')) {
    await session.warn(`${scenario}, step ${step}: ${verb} could not be done: ${message}`);
  }
  const waiting = steps.filter(({ state }) => state === 'waiting').map(({ step }) => step);
  if (waiting.length === 0) return;
  const which = `${waiting.length === 1 ? 'step' : 'steps'} ${waiting.slice(0, 10).join(', ')}`;
  await session.warn(
    `${scenario}: the command ended before ${which}${waiting.length > 10 ? ', ...' : ''} had happened`,
  );
}

/** What was expected and has not come, a line each. */
export const unmetLines = ({ scenario, steps }: Outcome): string[] =>
  steps.flatMap(({ step, state, message }) => {
    if (state === 'unmet') return [`${scenario}, step ${step}: ${message}`];
    return state === 'open' ? [`${scenario}, step ${step}: ${message} when the command ended`] : [];
  });

/**
 * Tells of what was expected in vain: as a failure, or as warnings beside the failure of the command itself.
 * @throws GsdkError (NO)
 */
export async function judge(outcome: Outcome, session: Session): Promise<void> {
  const lines = unmetLines(outcome);
  const hasFailed = session.ending.exitCode !== 0;
  for (const line of hasFailed ? lines : lines.slice(0, -1)) await session.warn(line);
  const last = lines.at(-1);
  if (last === undefined || hasFailed) return;
  throw new GsdkError({
    class: 'NO',
    message: last,
    hint: 'the command itself ended with 0; what a scenario can expect: docs/emulator.md',
    stage: 'cli',
  });
}
