import { parseDuration } from '../../base/duration.ts';
import { Status } from '../../gen/connect_pb.ts';
import { NotFoundError } from './not-found-error.ts';
import { type Ground, selectDevices } from './selectors.ts';

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

/** Checks a value that came as JSON; what is not there is undefined. @throws RangeError naming the place */
export type Reader<T> = (value: unknown, context: ReadContext) => T;

/** What some readers yield, by key. */
export type Values<K extends Record<string, Reader<unknown>>> = { readonly [Name in keyof K]: ReturnType<K[Name]> };

/**
 * Reads an object, each key by its reader. @throws RangeError for anything else, and for a key without a reader
 * @param what whose keys they are, for messages
 */
export function readKeys<K extends Record<string, Reader<unknown>>>(
  value: unknown,
  { keys, what }: { keys: K; what: string },
  context: ReadContext,
): Values<K> {
  const { place } = context;
  const given = toObject(value, place);
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(keys, key));
  if (unknown !== undefined) throw new RangeError(`${place}: unknown key "${unknown}" of ${what}`);
  const read = ([key, reader]: [string, Reader<unknown>]) => [
    key,
    reader(given[key], { ...context, place: `${place}: "${key}"` }),
  ];
  return Object.fromEntries(Object.entries(keys).map(read));
}

/** An object of JSON. @throws RangeError naming the place of anything else */
export function toObject(value: unknown, place: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new RangeError(`${place}: expected a JSON object`);
}

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

/** A number of 0 to 1. */
export const share: Reader<number> = (value, { place }) => {
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) throw wrong(place, 'a number of 0 to 1', value);
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

/** Some values of a kind, one at least. */
export const list =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value, context) => {
    if (!Array.isArray(value) || value.length === 0) throw wrong(context.place, 'a list', value);
    return value.map((item) => read(item, context));
  };

/** True or false. */
export const flag: Reader<boolean> = (value, { place }) => {
  if (typeof value !== 'boolean') throw wrong(place, 'true or false', value);
  return value;
};

/** A status of a device, by its name or by a number that no table knows. */
export const deviceStatus: Reader<number> = (value, context) => {
  if (typeof value === 'number') return count(0)(value, context);
  return Status[oneOf(...statusNames)(value, context)];
};

const statusNames = Object.keys(Status).filter((name) => Number.isNaN(Number(name))) as (keyof typeof Status)[];

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
  if (stranger !== undefined) throw new NotFoundError(`${place}: no device ${JSON.stringify(stranger)} in the fleet`);
  return value;
};

function selected(selector: string, { place, world, seed }: ReadContext): number[] {
  try {
    return selectDevices(selector, world, seed).map(({ deviceID }) => deviceID);
  } catch (error) {
    const message = `${place}: ${(error as Error).message}`;
    throw error instanceof NotFoundError ? new NotFoundError(message) : new RangeError(message);
  }
}

function wrong(place: string, expected: string, value: unknown): RangeError {
  if (value === undefined) return new RangeError(`${place}: missing; expected ${expected}`);
  const got = JSON.stringify(value);
  return new RangeError(`${place}: expected ${expected}, got ${got.length > 80 ? `${got.slice(0, 80)}...` : got}`);
}
