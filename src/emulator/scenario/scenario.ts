import { count, duration, optional, readKeys, type Setting, text, toObject } from '../input/validators.ts';
import type { ActionDefinition } from './action.ts';
import { actions } from './actions.ts';

/** One thing that is to happen, once or again and again. */
export interface Step {
  /** The name of the verb. */
  readonly name: string;
  readonly verb: ActionDefinition;
  readonly values: Readonly<Record<string, unknown>>;
  /** When, from the start of the scenario, in emulated milliseconds. */
  readonly atMs: number;
  readonly everyMs: number | undefined;
  readonly times: number;
}

/** A checked timeline of what is done to an emulator. */
export interface Scenario {
  /** What happens, in a line, if it says so. */
  readonly about: string | undefined;
  readonly steps: readonly Step[];
}

const timing = { at: duration, every: optional(duration), times: optional(count(1)) };

/**
 * Reads a scenario, `{"steps": [{"at": "5s", "do": "unplug", "deviceIDs": [846]}]}`, as a whole, before any of it happens.
 * @param setting the devices and the seed: those of a running emulator, or of one that is to be started
 * @param source how messages name it
 * @throws RangeError naming the step and the key
 */
export function parseScenario(value: unknown, setting: Setting, source = 'scenario'): Scenario {
  const { about, steps, ...others } = toObject(value, source);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new RangeError(`${source}: unknown key "${unknown}"; expected steps, and about`);
  if (!Array.isArray(steps)) throw new RangeError(`${source}: expected steps as a list`);
  const line = optional(text)(about, { ...setting, place: `${source}: "about"` });
  return { about: line, steps: steps.map((step, index) => parseStep(step, `${source}, step ${index + 1}`, setting)) };
}

function parseStep(value: unknown, place: string, setting: Setting): Step {
  const { do: name, ...given } = toObject(value, place);
  const verb = typeof name === 'string' && Object.hasOwn(actions, name) ? actions[name] : undefined;
  const known = Object.keys(actions).join(', ');
  if (!verb) throw new RangeError(`${place}: expected "do" as one of ${known}; got ${JSON.stringify(name)}`);
  const keys = { ...verb.keys, ...timing };
  const {
    at: atMs,
    every: everyMs,
    times = 1,
    ...values
  } = readKeys(given, { keys, what: `${name}` }, { place, ...setting });
  if (everyMs === 0) throw new RangeError(`${place}: "every": expected a duration above zero`);
  if (times > 1 && everyMs === undefined) throw new RangeError(`${place}: "times" needs "every"`);
  const flaw = verb.flaw?.(values as never);
  if (flaw !== undefined) throw new RangeError(`${place}: ${flaw}`);
  return { name: `${name}`, verb, values, atMs, everyMs, times };
}

/** What is to be done at once. */
export type Action = Pick<Step, 'verb' | 'values'>;

/** Reads a step without its times. @throws RangeError as for a scenario */
export function parseAction(value: unknown, setting: Setting, source: string): Action {
  const action = toObject(value, source);
  const time = Object.keys(timing).find((key) => Object.hasOwn(action, key));
  if (time !== undefined) throw new RangeError(`${source}: unknown key "${time}": it happens at once`);
  if (action.do === 'expect') throw new RangeError(`${source}: what is expected belongs to a scenario`);
  return parseStep({ ...action, at: '0s' }, source, setting);
}
