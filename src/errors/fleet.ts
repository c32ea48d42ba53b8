import { type Failure, GsdkError } from './gsdk-error.ts';

/** How many devices a message names before it only counts. */
const namedAtMost = 10;

/**
 * What a run over many devices ends with, by the fleet rule: no failure is none; some of each is
 * PARTIAL; all failed with one class is that class, with several DEVICE.
 *
 * @param failures one for each device, in input order; `undefined` for those that worked
 */
export function fleetFailure(failures: readonly (Failure | undefined)[]): GsdkError | undefined {
  const failed = failures.filter((failure) => failure !== undefined);
  const [first, ...others] = failed;
  if (first === undefined) return undefined;
  if (failures.length === 1) return new GsdkError(first);
  const isOneClass = others.every((other) => other.class === first.class);
  // Devices of one call that failed share its text, which is said once.
  const texts = [...new Set(failed.map(({ message }) => message))];
  const named = texts.slice(0, namedAtMost);
  const more = texts.length > namedAtMost ? `, and ${texts.length - namedAtMost} more` : '';
  return new GsdkError({
    ...(isOneClass && first.code !== undefined && { code: first.code }),
    class: failed.length < failures.length ? 'PARTIAL' : isOneClass ? first.class : 'DEVICE',
    ...(isOneClass &&
      first.exitCode !== undefined &&
      failed.length === failures.length && { exitCode: first.exitCode }),
    message: `${failed.length} of ${failures.length} failed: ${named.join('; ')}${more}`,
    ...(first.hint !== undefined && { hint: first.hint }),
    stage: first.stage,
    outcome: failed.some(({ outcome }) => outcome === 'unknown') ? 'unknown' : 'not-applied',
  });
}

/** A device that a gateway was asked about and does not manage. */
export function notManaged(deviceID: number, target: string): Failure {
  return {
    class: 'NOT_FOUND',
    message: `${deviceID} is not managed by ${target}`,
    hint: 'list what is: gsdk device ls',
    stage: 'gateway',
    target: String(deviceID),
  };
}
