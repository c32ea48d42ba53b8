import { readInput } from '../../cli/input.ts';
import type { Session } from '../../cli/session.ts';
import type { FleetDevice, Scenario } from '../../emulator/index.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { refused } from './fleet.ts';

const hint = 'the steps and their keys: docs/emulator.md';

/**
 * Reads a scenario from a file.
 *
 * @param fleet whose devices its steps may name; the tutorial's unless given
 * @throws GsdkError (USAGE) naming file, step and key
 */
export async function readScenario(
  path: string,
  fleet: readonly FleetDevice[] | undefined,
  session: Session,
): Promise<Scenario> {
  const { text, source } = await readInput(path, session);
  const value = parseJson(text, source);
  const { parseScenario, tutorialFleet } = await import('../../emulator/index.ts');
  const deviceIDs = new Set((fleet ?? tutorialFleet).map(({ deviceID }) => deviceID));
  return refused(hint, () => parseScenario(value, deviceIDs, source));
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(`${source}: not JSON: ${(error as Error).message}`, hint);
  }
}
