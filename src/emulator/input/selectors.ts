import { BlockList, isIPv4 } from 'node:net';
import type { Device } from '../world/device.ts';
import type { World } from '../world/world.ts';
import { NotFoundError } from './not-found-error.ts';
import { chance } from './seed.ts';

/** The devices among which is selected. */
export type Ground = Pick<World, 'devices'>;

/**
 * The devices that a selector means, in the order of the fleet, each once. A selector is a device ID, a range of IDs
 * (`100-199`), an IPv4 address or network (`10.0.1.0/24`), `label=value`, `group:NAME`, `@random:N`, `@random:N%` or
 * `@all`; several, parted by commas, mean all that any of them means.
 *
 * `@random` is repeatable: it depends on the seed and on which devices there are, and on nothing else.
 *
 * @throws RangeError for a selector that is none, and for one that names what is not there
 */
export function selectDevices(selector: string, { devices }: Ground, seed: number): Device[] {
  const fleet = [...devices.values()];
  const wanted = new Set(selector.split(',').flatMap((term) => selectOne(term.trim(), { fleet, devices, seed })));
  return fleet.filter((device) => wanted.has(device));
}

interface Choice {
  readonly fleet: readonly Device[];
  /** The same by ID: a list of many is not to be a search for each. */
  readonly devices: Ground['devices'];
  readonly seed: number;
}

function selectOne(term: string, choice: Choice): readonly Device[] {
  for (const [pattern, select] of forms) {
    const words = pattern.exec(term);
    if (words) return select(words.slice(1), choice);
  }
  throw malformed(term);
}

const known = 'a device ID, 100-199, 10.0.1.0/24, label=value, group:NAME, @random:N, @random:N% or @all';
const malformed = (term: string) => new RangeError(`expected devices as ${known}; got ${JSON.stringify(term)}`);

/** What a term looks like, and whom it means; its parts are those of the pattern. */
type Form = readonly [RegExp, (parts: readonly (string | undefined)[], choice: Choice) => readonly Device[]];

const forms: readonly Form[] = [
  [/^@all$/, (_, { fleet }) => fleet],
  [/^@random:([1-9]\d{0,8})(%?)$/, ([amount, unit], choice) => atRandom(Number(amount), unit === '%', choice)],
  [/^group:(.+)$/, ([name], { fleet }) => some(`in the group ${name}`, fleet, ({ group }) => group === name)],
  [/^(\d{1,10})$/, ([ID = ''], choice) => byID(ID, choice)],
  [/^(\d{1,10})-(\d{1,10})$/, ([first, last], { fleet }) => inRange(Number(first), Number(last), fleet)],
  [
    /^([\d.]+\.[\d.]+)(?:\/(\d{1,2}))?$/,
    ([network = '', bits = '32'], { fleet }) => inNetwork(network, Number(bits), fleet),
  ],
  [
    /^([^\s=:@]+)=(.*)$/,
    ([name = '', value], { fleet }) => some(`with ${name}=${value}`, fleet, ({ labels }) => labels[name] === value),
  ],
];

function byID(ID: string, { devices }: Choice): Device[] {
  const device = devices.get(Number(ID));
  if (!device) throw new NotFoundError(`no device ${ID} in the fleet`);
  return [device];
}

function some(what: string, fleet: readonly Device[], isMeant: (device: Device) => boolean): Device[] {
  const found = fleet.filter(isMeant);
  if (found.length === 0) throw new NotFoundError(`no device ${what} in the fleet`);
  return found;
}

function inRange(first: number, last: number, fleet: readonly Device[]): Device[] {
  if (first > last) throw new RangeError(`expected a range from the lowest ID to the highest, got "${first}-${last}"`);
  return some(`${first}-${last}`, fleet, ({ deviceID }) => deviceID >= first && deviceID <= last);
}

function inNetwork(network: string, bits: number, fleet: readonly Device[]): Device[] {
  if (!isIPv4(network) || bits > 32) throw malformed(`${network}/${bits}`);
  const addresses = new BlockList();
  addresses.addSubnet(network, bits);
  return some(`at ${network}/${bits}`, fleet, ({ IPAddr }) => addresses.check(IPAddr));
}

/** Those to whom chance has given the lowest numbers; of a share at least one. */
function atRandom(amount: number, isShare: boolean, { fleet, seed }: Choice): Device[] {
  const count = isShare ? Math.ceil((fleet.length * amount) / 100) : amount;
  if (count > fleet.length) {
    throw new RangeError(`@random:${amount}${isShare ? '%' : ''}: there are ${fleet.length} devices in the fleet`);
  }
  return fleet
    .map((device) => ({ device, number: chance(seed, '@random', device.deviceID) }))
    .sort((one, other) => one.number - other.number)
    .slice(0, count)
    .map(({ device }) => device);
}
