import type { Emulator } from '../emulator.ts';
import { count, duration, optional, readKeys, type Setting, toObject } from '../readers.ts';
import type { Verb } from './verb.ts';
import { verbs } from './verbs.ts';

/** One thing that is to happen, once or again and again. */
interface Step {
  readonly verb: Verb;
  readonly values: Readonly<Record<string, unknown>>;
  /** When, from the start of the scenario, in emulated milliseconds. */
  readonly atMs: number;
  readonly everyMs: number | undefined;
  readonly times: number;
}

/** A checked timeline of what is done to an emulator. */
export interface Scenario {
  readonly steps: readonly Step[];
}

/** A scenario that goes on. */
export interface Performance {
  /** The numbers of the steps that have not happened yet as often as they are to, from 1. */
  unfinished(): number[];
}

const timing = { at: duration, every: optional(duration), times: optional(count(1)) };

/**
 * Reads a scenario, `{"steps": [{"at": "5s", "do": "unplug", "deviceIDs": [846]}]}`, as a whole, before any of it happens.
 * @param setting the devices and the seed: those of a running emulator, or of one that is to be started
 * @param source how messages name it
 * @throws RangeError naming the step and the key
 */
export function parseScenario(value: unknown, setting: Setting, source = 'scenario'): Scenario {
  const { steps, ...others } = toObject(value, source);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) throw new RangeError(`${source}: unknown key "${unknown}"; expected steps`);
  if (!Array.isArray(steps)) throw new RangeError(`${source}: expected steps as a list`);
  return { steps: steps.map((step, index) => parseStep(step, `${source}, step ${index + 1}`, setting)) };
}

function parseStep(value: unknown, place: string, setting: Setting): Step {
  const { do: name, ...given } = toObject(value, place);
  const verb = typeof name === 'string' && Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  const known = Object.keys(verbs).join(', ');
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
  return { verb, values, atMs, everyMs, times };
}

/** What is to be done at once. */
export type Action = Pick<Step, 'verb' | 'values'>;

/** Reads a step without its times. @throws RangeError as for a scenario */
export function parseAction(value: unknown, setting: Setting, source: string): Action {
  const action = toObject(value, source);
  const time = Object.keys(timing).find((key) => Object.hasOwn(action, key));
  if (time !== undefined) throw new RangeError(`${source}: unknown key "${time}": it happens at once`);
  return parseStep({ ...action, at: '0s' }, source, setting);
}

/** Lets a scenario happen, its time counted from now; it ends with the emulator. */
export function play(emulator: Emulator, { steps }: Scenario): Performance {
  const left = steps.map(({ times }) => times);
  const perform = (step: Step, index: number) => {
    left[index] = (left[index] ?? 0) - 1;
    step.verb.run(emulator, step.values as never);
    if (left[index] && step.everyMs !== undefined) emulator.clock.after(step.everyMs, () => perform(step, index));
  };
  for (const [index, step] of steps.entries()) emulator.clock.after(step.atMs, () => perform(step, index));
  return { unfinished: () => left.flatMap((times, index) => (times > 0 ? [index + 1] : [])) };
}
