import { shellQuote } from '../../../base/shell-quote.ts';
import { type Input, readInput } from '../../../cli/input/input.ts';
import { parseRecords } from '../../../cli/input/records.ts';
import type { Session } from '../../../cli/session.ts';
import type { FleetPlan } from '../../../emulator/index.ts';
import { usageError } from '../../../errors/gsdk-error.ts';

/** What the options for fleets are for, in their help. */
export const aboutFleet = 'the devices of the gateway: a fleet file, YAML or JSON, or records; - for standard input';

/**
 * Reads what an embedded gateway is to be from a fleet file, or its devices from records.
 *
 * @throws GsdkError (USAGE) naming file and place, for a file that is neither or devices that cannot be
 */
export async function readFleet(path: string, session: Session): Promise<FleetPlan> {
  const input = await readInput(path, session);
  const hint = `look at all of it: gsdk emulator fleet validate ${path === '-' ? 'FILE' : shellQuote(path)}`;
  const plan = await refused(hint, () => toPlan(input));
  if (plan.fleet?.length === 0) await session.warn(`${input.source}: no devices are in it: nothing will be found`);
  return plan;
}

/**
 * Makes of a text what an embedded gateway is to be.
 *
 * @throws RangeError for a fleet file that cannot be, a FileError with all that is wrong with it; GsdkError (USAGE) for
 *   records that are none
 */
export async function toPlan(input: Input): Promise<FleetPlan> {
  const { isFleetFile, readFleetFile, toFleet } = await import('../../../emulator/index.ts');
  if (input.text.trim() === '')
    throw usageError(`${input.source} is empty`, 'a file to begin with: gsdk emulator fleet new');
  if (isFleetFile(input.text)) return readFleetFile(input.text, input.source);
  return { fleet: toFleet(await parseRecords(input)) };
}

/** Lets what the emulator refuses be a mistake of the user. */
export async function refused<T>(hint: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RangeError) throw usageError(error.message, hint);
    throw error;
  }
}

/**
 * Reads `--profile NAME=FLEET`, given several times or parted by commas: a gateway for each name.
 *
 * @throws GsdkError (USAGE) for anything else
 */
export async function readProfiles(text: string, session: Session): Promise<Map<string, FleetPlan>> {
  const fleets = new Map<string, FleetPlan>();
  for (const word of text.split(',')) {
    const [, name, path] = /^([\w.-]+)=(.+)$/.exec(word) ?? [];
    if (name === undefined || path === undefined) {
      throw usageError(`--profile: expected NAME=FLEET, got "${word}"`, 'FLEET is a file: --profile site1=site1.csv');
    }
    if (fleets.has(name))
      throw usageError(`--profile: ${name} was given before`, 'give each gateway a name of its own');
    fleets.set(name, await readFleet(path, session));
  }
  return fleets;
}
