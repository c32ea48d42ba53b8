import { type DeviceAddress, parseDeviceAddress } from '../../base/address.ts';
import { parseDeviceID } from '../../base/device-id.ts';
import { parseDuration } from '../../base/duration.ts';
import { usageError } from '../../errors/gsdk-error.ts';

/** Reads the value of an option as a duration in milliseconds. */
export const durationOption = (name: string) => (text: string) => {
  const milliseconds = parseDuration(text);
  if (milliseconds !== undefined) return milliseconds;
  throw usageError(
    `${name}: expected a duration of 1ms to 24d with its unit, such as 5s, got "${text}"`,
    'units are ms, s, m, h and d',
  );
};

/** Reads the value of an option as a limit in milliseconds, infinite for `none`. */
export const limitOption = (name: string) => (text: string) =>
  text === 'none' ? Number.POSITIVE_INFINITY : durationOption(name)(text);

/** Reads the value of an option as days, and no other unit: a longest duration is shorter than a month. */
export const daysOption = (name: string) => (text: string) => {
  const [, days] = /^(\d{1,5})d$/.exec(text) ?? [];
  if (days !== undefined) return Number(days);
  throw usageError(`${name}: expected a number of days with its unit, got "${text}"`, 'such as 30d');
};

/** Reads the value of an option as a count of 1 to `most`. */
export const countOption = (name: string, most: number) => (text: string) => {
  const count = Number(text);
  if (/^\d{1,9}$/.test(text) && count >= 1 && count <= most) return count;
  throw usageError(`${name}: expected a number of 1 to ${most}, got "${text}"`, 'digits only, such as 3');
};

/** Reads the value of an option as a TCP port. */
export const portOption = (name: string) => (text: string) => {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw usageError(`${name}: expected a port of 1 to 65535, got "${text}"`, 'leave it out for any free port');
};

/**
 * Reads device IDs, each once, in the order given.
 *
 * @param where names the source of the words in messages: the command line, or a line of a file
 */
export function toDeviceID(word: string, where = ''): number {
  const id = parseDeviceID(word);
  if (id !== undefined) return id;
  throw usageError(
    `${where}expected a device ID of 1 to 4294967295, got "${word.length > 80 ? `${word.slice(0, 80)}...` : word}"`,
    'list the IDs: gsdk device ls -o ids',
  );
}

/** Reads the address of a device, with the ID that is expected there if one is given: `846@192.168.0.117:51211`. */
export function toDeviceAddress(word: string): DeviceAddress {
  const address = parseDeviceAddress(word);
  if (address !== undefined) return address;
  throw usageError(
    `expected the IPv4 address of a device, with a port of 1 to 65535 if it is not 51211, got "${word}"`,
    'see the addresses: gsdk search',
  );
}
