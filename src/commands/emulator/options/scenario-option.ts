import { readInput } from '../../../cli/input/input.ts';
import type { Session } from '../../../cli/session.ts';
import type { FleetDevice, Scenario } from '../../../emulator/index.ts';
import { usageError } from '../../../errors/gsdk-error.ts';
import { refused } from './fleet-option.ts';

/** What helps with a scenario that is none. */
export const scenarioHint = 'the steps and their keys: docs/emulator.md';

/** Whether a word is the name of a scenario, and not a file: a word without dot and slash. */
export const isScenarioName = (word: string) => /^[^./\\]{2,}$/.test(word);

/** What `--scenario` is for, in the help. */
export const aboutScenario =
  'what happens to the gateway and its devices, and when: a file, or one that is known by name, such as flap';

/**
 * Reads a scenario from a file, or one that is known by name: a word without dot and slash.
 *
 * @param options the fleet whose devices its steps may name, the tutorial's unless given, and the seed by which some
 *   are selected
 * @throws GsdkError (USAGE) naming file or scenario, step and key
 */
export async function readScenario(
  word: string,
  options: { fleet?: readonly FleetDevice[] | undefined; seed?: number | undefined },
  session: Session,
): Promise<Scenario> {
  const { defaultSeed, parseScenario, tutorialFleet, World } = await import('../../../emulator/index.ts');
  const setting = { world: new World(options.fleet ?? tutorialFleet), seed: options.seed ?? defaultSeed };
  const { value, source } = isScenarioName(word) ? await byName(word) : await fromFile(word, session);
  return refused(scenarioHint, () => parseScenario(value, setting, source));
}

async function byName(name: string): Promise<{ value: unknown; source: string }> {
  const { shippedScenarios } = await import('../../../emulator/index.ts');
  const value = Object.hasOwn(shippedScenarios, name) ? shippedScenarios[name] : undefined;
  if (value) return { value, source: name };
  const known = Object.keys(shippedScenarios).join(', ');
  throw usageError(`--scenario: no scenario is called "${name}"`, `known are ${known}; a file is ./${name}`);
}

async function fromFile(path: string, session: Session): Promise<{ value: unknown; source: string }> {
  const { text, source } = await readInput(path, session);
  return { value: parseJson(text, source), source };
}

/** Reads JSON. @throws GsdkError (USAGE) naming the source of anything else */
export function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(`${source}: not JSON: ${(error as Error).message}`, scenarioHint);
  }
}
