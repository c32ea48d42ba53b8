import { readInput } from '../../cli/input.ts';
import type { Session } from '../../cli/session.ts';
import type { FleetDevice, Scenario } from '../../emulator/index.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { refused } from './fleet.ts';

const hint = 'the steps and their keys: docs/emulator.md';

/**
 * Reads a scenario from a file.
 *
 * @param options the fleet whose devices its steps may name, the tutorial's unless given, and the seed by which some
 *   are selected
 * @throws GsdkError (USAGE) naming file, step and key
 */
export async function readScenario(
  path: string,
  options: { fleet?: readonly FleetDevice[] | undefined; seed?: number | undefined },
  session: Session,
): Promise<Scenario> {
  const { text, source } = await readInput(path, session);
  const value = parseJson(text, source);
  const { defaultSeed, parseScenario, tutorialFleet, World } = await import('../../emulator/index.ts');
  const setting = { world: new World(options.fleet ?? tutorialFleet), seed: options.seed ?? defaultSeed };
  return refused(hint, () => parseScenario(value, setting, source));
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(`${source}: not JSON: ${(error as Error).message}`, hint);
  }
}
