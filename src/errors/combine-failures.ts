import { type Failure, GsdkError } from './gsdk-error.ts';

/** How many devices a message names before it only counts. */
const namedAtMost = 10;

/**
 * What a run over many devices ends with, by the fleet rule: no failure is none; some of each is
 * PARTIAL; all failed with one class is that class, with several DEVICE.
 *
 * @param failures one for each device, in input order; `undefined` for those that worked
 */
export function combineFailures(failures: readonly (Failure | undefined)[]): GsdkError | undefined {
  const failed = failures.filter((failure) => failure !== undefined);
  // What was skipped is not done, and the reason is elsewhere.
  const tried = failed.filter(({ outcome }) => outcome !== 'skipped');
  const [first] = tried.length > 0 ? tried : failed;
  if (first === undefined) return undefined;
  if (failures.length === 1) return new GsdkError(first);
  const isOneClass = failed.every((other) => other.class === first.class);
  const isNoneDone = failed.length === failures.length;
  return new GsdkError({
    ...(isOneClass && first.code !== undefined && { code: first.code }),
    class: isNoneDone ? (isOneClass ? first.class : 'DEVICE') : 'PARTIAL',
    ...(isOneClass && isNoneDone && first.exitCode !== undefined && { exitCode: first.exitCode }),
    message: sumUp(failures.length, failed, tried),
    ...(first.hint !== undefined && { hint: first.hint }),
    stage: first.stage,
    outcome: failed.some(({ outcome }) => outcome === 'unknown') ? 'unknown' : 'not-applied',
  });
}

function sumUp(count: number, failed: readonly Failure[], tried: readonly Failure[]): string {
  const isMixed = tried.length > 0 && tried.length < failed.length;
  const told = isMixed ? tried : failed;
  const skipped = isMixed ? `, ${failed.length - tried.length} skipped` : '';
  // Devices of one call that failed share its text, which is said once.
  const texts = [...new Set(told.map(({ message }) => message))];
  const more = texts.length > namedAtMost ? `, and ${texts.length - namedAtMost} more` : '';
  return `${told.length} of ${count} failed${skipped}: ${texts.slice(0, namedAtMost).join('; ')}${more}`;
}

/** A device that a gateway was asked about and does not manage. */
export function notManagedFailure(deviceID: number, target: string): Failure {
  return {
    class: 'NOT_FOUND',
    message: `${deviceID} is not managed by ${target}`,
    hint: 'list what is: gsdk device ls',
    stage: 'gateway',
    target: String(deviceID),
  };
}
