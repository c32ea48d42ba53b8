import { isIPv4 } from 'node:net';
import { devicePort } from '../../base/address.ts';
import { parseDeviceID } from '../../base/device-id.ts';
import { toDeviceAddress } from '../../cli/input/option-parsers.ts';
import { type DeviceRecord, recordError } from '../../cli/input/records.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import type { AsyncTarget } from '../../gateway/gateway.ts';

/** A device that is to be added. */
export interface Wanted extends AsyncTarget {
  /** Whether it dials in by itself, and so cannot be added. */
  dialsIn: boolean;
  /** Where the user named it: a word, or a place in a file. */
  where: string;
}

/** Reads `ID@IP[:PORT]`; an async connection is to a certain device, so the ID is needed. */
export function toWanted(word: string, useSSL: boolean): Wanted {
  const { deviceID, ...address } = toDeviceAddress(word);
  if (deviceID !== undefined) return { deviceID, ...address, useSSL, dialsIn: false, where: word };
  throw usageError(`expected ID@IP[:PORT], got "${word}"`, 'see IDs and addresses: gsdk search');
}

/** Reads a record. Values may be text, as in CSV, or of their own kind, as in JSON. */
export function toWantedRecord({ fields, where }: DeviceRecord): Wanted {
  const deviceID = parseDeviceID(text(fields.deviceID));
  if (deviceID === undefined)
    throw recordError(`${where}: expected a deviceID of 1 to 4294967295${got(fields.deviceID)}`);
  const dialsIn = toDialsIn(fields.connectionMode, where);
  const IPAddr = text(fields.IPAddr);
  if (!isIPv4(IPAddr) && !dialsIn)
    throw recordError(`${where}: expected an IPv4 address as IPAddr${got(fields.IPAddr)}`);
  return {
    deviceID,
    IPAddr,
    port: toPort(fields.port, where, dialsIn),
    useSSL: toBoolean(fields.useSSL, where),
    dialsIn,
    where,
  };
}

function toDialsIn(value: unknown, where: string): boolean {
  const mode = text(value).toUpperCase().replaceAll('-', '_');
  if (['', 'SERVER_TO_DEVICE', 'DEFAULT', 'DEVICE_TO_SERVER'].includes(mode)) return mode === 'DEVICE_TO_SERVER';
  throw recordError(`${where}: expected SERVER_TO_DEVICE or DEVICE_TO_SERVER as connectionMode${got(value)}`);
}

function toPort(value: unknown, where: string, dialsIn: boolean): number {
  const digits = text(value);
  const port = digits === '' ? devicePort : Number(digits);
  if (Number.isInteger(port) && /^\d*$/.test(digits) && port <= 65_535 && (port >= 1 || dialsIn)) return port;
  throw recordError(`${where}: expected a port of 1 to 65535${got(value)}`);
}

function toBoolean(value: unknown, where: string): boolean {
  const word = text(value).toLowerCase();
  if (word === 'true' || word === 'false' || word === '') return word === 'true';
  throw recordError(`${where}: expected true or false as useSSL${got(value)}`);
}

/** A list or an object is no value, even if it reads like one as a text. */
const text = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '').trim();

const got = (value: unknown) => (value === undefined ? '' : `, got ${JSON.stringify(value)}`);

/**
 * Takes each device once.
 *
 * @throws GsdkError (USAGE) when one is named twice with different addresses or SSL flags
 */
export function distinct(targets: readonly Wanted[]): Wanted[] {
  const byID = new Map<number, Wanted>();
  for (const target of targets) {
    const other = byID.get(target.deviceID);
    if (other && (!isSameTarget(other, target) || other.dialsIn !== target.dialsIn)) {
      const message = `${target.where}: device ${target.deviceID} was given before, and not the same: ${other.where}`;
      throw usageError(message, 'name it once');
    }
    byID.set(target.deviceID, other ?? target);
  }
  return [...byID.values()];
}

/** Whether two targets are the same address, reached the same way. */
export const isSameTarget = (one: Omit<AsyncTarget, 'deviceID'>, other: Omit<AsyncTarget, 'deviceID'>) =>
  one.IPAddr === other.IPAddr && one.port === other.port && one.useSSL === other.useSSL;
