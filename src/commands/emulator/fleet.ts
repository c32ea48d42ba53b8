import { readInput } from '../../cli/input.ts';
import { parseRecords } from '../../cli/records.ts';
import type { Session } from '../../cli/session.ts';
import type { FleetDevice } from '../../emulator/index.ts';
import { usageError } from '../../errors/gsdk-error.ts';

/** What the options for fleets are for, in their help. */
export const aboutFleet = 'the devices of the gateway, as records: JSON, NDJSON or CSV; - for standard input';

/**
 * Reads the devices of an embedded gateway from a file of records.
 *
 * @throws GsdkError (USAGE) naming file and place, for records that are none or devices that cannot be
 */
export async function readFleet(path: string, session: Session): Promise<readonly FleetDevice[]> {
  const records = await parseRecords(await readInput(path, session));
  const { toFleet } = await import('../../emulator/index.ts');
  return refused('a file of records to begin with: gsdk search -o csv', () => toFleet(records));
}

/** Lets what the emulator refuses be a mistake of the user. */
export function refused<T>(hint: string, read: () => T): T {
  try {
    return read();
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
export async function readProfiles(text: string, session: Session): Promise<Map<string, readonly FleetDevice[]>> {
  const fleets = new Map<string, readonly FleetDevice[]>();
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
