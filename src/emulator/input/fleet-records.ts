import { isIPv4 } from 'node:net';
import { parseDeviceID } from '../../base/device-id.ts';
import { ConnectionMode } from '../../gen/connect_pb.ts';
import { Type } from '../../gen/device_pb.ts';
import type { FleetDevice } from '../world/device.ts';
import { World } from '../world/world.ts';

/** A record of a device, and where it stands, for messages. */
export interface FleetRecord {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly where: string;
}

/**
 * Makes a fleet of records as `search` and `device ls` print them, or of a site file. Values may be text, as in CSV, or
 * of their own kind, as in JSON; what says how a device was doing at that time is passed over.
 *
 * @throws RangeError naming the place of what cannot be
 */
export function toFleet(records: readonly FleetRecord[]): FleetDevice[] {
  const fleet = records.map(({ fields, where }) => {
    const device = toFleetDevice(fields, (what) => new RangeError(`${where}: ${what}`));
    inPlace(where, [device]);
    return device;
  });
  inPlace('the fleet as a whole', fleet);
  return fleet;
}

/** Builds the world to see whether it can be. */
function inPlace(where: string, fleet: readonly FleetDevice[]): void {
  try {
    new World(fleet);
  } catch (error) {
    throw new RangeError(`${where}: ${(error as Error).message}`);
  }
}

type Wrong = (what: string) => RangeError;

function toFleetDevice(fields: FleetRecord['fields'], wrong: Wrong): FleetDevice {
  const deviceID = parseDeviceID(String(fields.deviceID ?? ''));
  if (deviceID === undefined) throw wrong(`expected a deviceID of 1 to 4294967295${got(fields.deviceID)}`);
  const IPAddr = String(fields.IPAddr ?? '');
  if (!isIPv4(IPAddr)) throw wrong(`expected an IPv4 address as IPAddr${got(fields.IPAddr)}`);
  return {
    deviceID,
    IPAddr,
    type: numberOf(Type, fields.type || 'BIOSTATION_2', 'type', wrong),
    connectionMode: numberOf(ConnectionMode, fields.connectionMode || 'SERVER_TO_DEVICE', 'connectionMode', wrong),
    useSSL: toBoolean(fields.useSSL, 'useSSL', wrong),
    useDHCP: toBoolean(fields.useDHCP, 'useDHCP', wrong),
    ...optional(fields, wrong),
    rs485SlaveDeviceIDs: toDeviceIDs(fields.rs485SlaveDeviceIDs, 'rs485SlaveDeviceIDs', wrong),
    wiegandSlaveDeviceIDs: toDeviceIDs(fields.wiegandSlaveDeviceIDs, 'wiegandSlaveDeviceIDs', wrong),
  };
}

type Readers = { readonly [Key in keyof FleetDevice]?: (value: unknown, wrong: Wrong) => FleetDevice[Key] | undefined };

/** What a device has by itself, unless it is given. */
const optionalFields: Readers = {
  name: String,
  port: toPort,
  serverAddr: String,
  serverPort: toPort,
  SSLServerPort: toPort,
  group: String,
  labels: (value, wrong) => toTexts(value, 'labels', wrong),
  factoryInfo: (value, wrong) => toTexts(value, 'factoryInfo', wrong),
  answers: (value, wrong) => toBoolean(value, 'answers', wrong),
  refuses: (value, wrong) => toBoolean(value, 'refuses', wrong),
  handshakeMs: (value, wrong) => toCount(value, 'handshakeMs', wrong),
  answerMs: (value, wrong) => toCount(value, 'answerMs', wrong),
  statusWhenConnected: (value, wrong) => toCount(value, 'statusWhenConnected', wrong),
};

function optional(fields: FleetRecord['fields'], wrong: Wrong): Partial<FleetDevice> {
  const given: Record<string, unknown> = {};
  for (const [key, read] of Object.entries(optionalFields)) {
    const value = fields[key] ?? '';
    const result = value === '' ? undefined : read(value, wrong);
    if (result !== undefined) given[key] = result;
  }
  return given;
}

/** A port; zero, as gateways list it for a device that has dialled in, says nothing. */
function toPort(value: unknown, wrong: Wrong): number | undefined {
  const port = Number(value);
  if (port === 0) return undefined;
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw wrong(`expected a port of 1 to 65535${got(value)}`);
}

/** An enum by its name, in any case, with dashes or not; or by a number that no table knows, `TYPE_153`. */
function numberOf(names: object, value: unknown, field: string, wrong: Wrong): number {
  const word = String(value).toUpperCase().replaceAll('-', '_');
  const number = (names as Record<string, number | string>)[word] ?? /^(?:TYPE_)?(\d{1,5})$/.exec(word)?.[1];
  if (number !== undefined && !Number.isNaN(Number(number))) return Number(number);
  if (/^\d+$/.test(word)) return Number(word);
  throw wrong(`unknown ${field}${got(value)}`);
}

function toBoolean(value: unknown, field: string, wrong: Wrong): boolean {
  const word = String(value ?? '').toLowerCase();
  if (word === 'true' || word === 'false' || word === '') return word === 'true';
  throw wrong(`expected true or false as ${field}${got(value)}`);
}

function toCount(value: unknown, field: string, wrong: Wrong): number {
  const count = Number(value);
  if (Number.isSafeInteger(count) && count >= 0) return count;
  throw wrong(`expected a whole number as ${field}${got(value)}`);
}

/** Texts by name: an object, or one as JSON, as it stands in CSV. */
function toTexts(value: unknown, field: string, wrong: Wrong): Record<string, string> {
  const object = typeof value === 'string' ? tryJson(value) : value;
  if (typeof object !== 'object' || object === null || Array.isArray(object)) {
    throw wrong(`expected names with values as ${field}${got(value)}`);
  }
  return Object.fromEntries(Object.entries(object).map(([name, text]) => [name, String(text)]));
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toDeviceIDs(value: unknown, field: string, wrong: Wrong): number[] {
  const words = Array.isArray(value) ? value.map(String) : String(value ?? '').split(/[\s,;]+/);
  return words
    .filter((word) => word !== '')
    .map((word) => {
      const deviceID = parseDeviceID(word);
      if (deviceID === undefined) throw wrong(`expected device IDs as ${field}${got(value)}`);
      return deviceID;
    });
}

const got = (value: unknown) => (value === undefined ? '' : `, got ${JSON.stringify(value)}`);
