import { parseDuration } from '../../base/duration.ts';
import { type Ground, selectDevices } from '../selectors.ts';

/** That for which something is read: the devices that it may name, and the seed by which chance selects some. */
export interface Setting {
  readonly world: Ground;
  readonly seed: number;
}

/** What a reader is told besides the value. */
export interface ReadContext extends Setting {
  /** Where the value stands, for messages: `step 3: "down"`. */
  readonly place: string;
}

/** Checks a value of a scenario; what is not there is undefined. @throws RangeError naming the place */
export type Reader<T> = (value: unknown, context: ReadContext) => T;

/** A value that may be left out. */
export const optional =
  <T>(read: Reader<T>): Reader<T | undefined> =>
  (value, context) =>
    value === undefined ? undefined : read(value, context);

/** A duration with its unit, such as `"5s"`, in emulated milliseconds; `"0s"` is none. */
export const duration: Reader<number> = (value, { place }) => {
  if (value === '0s') return 0;
  const milliseconds = typeof value === 'string' ? parseDuration(value) : undefined;
  if (milliseconds === undefined) throw wrong(place, 'a duration such as "5s"', value);
  return milliseconds;
};

/** A whole number of at least `least`. */
export const count =
  (least: number): Reader<number> =>
  (value, { place }) => {
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least) {
      throw wrong(place, `a whole number of at least ${least}`, value);
    }
    return value;
  };

/** One of some words. */
export const oneOf =
  <const T extends string>(...words: readonly T[]): Reader<T> =>
  (value, { place }) => {
    const word = words.find((candidate) => candidate === value);
    if (word === undefined) throw wrong(place, `one of ${words.join(', ')}`, value);
    return word;
  };

/** True or false. */
export const flag: Reader<boolean> = (value, { place }) => {
  if (typeof value !== 'boolean') throw wrong(place, 'true or false', value);
  return value;
};

/** Any text. */
export const text: Reader<string> = (value, { place }) => {
  if (typeof value !== 'string') throw wrong(place, 'a text', value);
  return value;
};

/** Devices of the fleet: a list of IDs, or a selector; `"all"` is one too. */
export const devices: Reader<readonly number[]> = (value, { place, world, seed }) => {
  if (value === 'all') return [...world.devices.keys()];
  if (typeof value === 'string') return selected(value, { place, world, seed });
  if (!Array.isArray(value) || value.length === 0) throw wrong(place, 'a list of device IDs, or a selector', value);
  const stranger = value.find((deviceID) => !world.devices.has(deviceID));
  if (stranger !== undefined) throw new RangeError(`${place}: no device ${JSON.stringify(stranger)} in the fleet`);
  return value;
};

function selected(selector: string, { place, world, seed }: ReadContext): number[] {
  try {
    return selectDevices(selector, world, seed).map(({ deviceID }) => deviceID);
  } catch (error) {
    throw new RangeError(`${place}: ${(error as Error).message}`);
  }
}

function wrong(place: string, expected: string, value: unknown): RangeError {
  if (value === undefined) return new RangeError(`${place}: missing; expected ${expected}`);
  const got = JSON.stringify(value);
  return new RangeError(`${place}: expected ${expected}, got ${got.length > 80 ? `${got.slice(0, 80)}...` : got}`);
}
