import { closestMatch } from '../../base/closest-match.ts';
import { defaultDevicePort } from '../world/device.ts';
import { countedAddresses } from './count-up.ts';
import type { FleetFile, Settings } from './fleet-file.ts';
import type { Path } from './problem.ts';

/** A device of a fleet file, with the fields of a record, and where it comes from. */
export interface ExpandedDevice {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly path: Path;
}

/** Told of what cannot be, by the way to it, and beside what it cannot be. */
export type Refuse = (path: Path, message: string, other?: Path) => void;

/** The devices of a fleet file one by one: templates filled in, groups counted up. What cannot be is told to `refuse`. */
export function expand({ templates = {}, devices = [], groups = [] }: FleetFile, refuse: Refuse): ExpandedDevice[] {
  const filled = <S extends { template?: string }>({ template, ...own }: S, path: Path) => {
    const common = template === undefined ? {} : Object.hasOwn(templates, template) ? templates[template] : undefined;
    if (common) return merged(common, own);
    const meant = closestMatch(template ?? '', Object.keys(templates));
    refuse([...path, 'template'], `no template "${template}"${meant ? `; did you mean ${meant}?` : ''}`);
    return own;
  };
  const single = devices.map((device, index) => {
    const path = ['devices', index];
    return { fields: filled(device, path), path };
  });
  const counted = groups.flatMap(({ count, ...group }, index) => {
    const path = ['groups', index];
    const fields = { ...filled(group, path), deviceID: group.deviceID, IPAddr: group.IPAddr };
    return countUp(fields, count, (key, message) => refuse([...path, key], message)).map((one) => ({
      fields: one,
      path,
    }));
  });
  const all = [...single, ...counted];
  refuseTwice(all, refuse);
  return all;
}

/** What is said of a device wins over its template, labels and what it tells of itself one by one. */
function merged<S extends Settings>(common: Settings, own: S): S {
  const both = (key: 'labels' | 'factoryInfo') =>
    (common[key] || own[key]) && { [key]: { ...common[key], ...own[key] } };
  return { ...common, ...own, ...both('labels'), ...both('factoryInfo') };
}

/** What the first device of a group has, and the others by counting on from there. */
interface First extends Settings {
  deviceID: number;
  IPAddr: string;
  rs485SlaveDeviceIDs?: number[];
  wiegandSlaveDeviceIDs?: number[];
}

function countUp(first: First, count: number, refuse: (key: string, message: string) => void) {
  const { deviceID, IPAddr } = first;
  if (deviceID + count - 1 > 4_294_967_295)
    refuse('deviceID', `${count} device IDs from ${deviceID} on go beyond 4294967295`);
  let addresses: string[] = [];
  try {
    addresses = countedAddresses(IPAddr, count);
  } catch (error) {
    refuse('IPAddr', (error as Error).message);
  }
  return addresses.map((address, index) => ({
    ...first,
    deviceID: deviceID + index,
    IPAddr: address,
    ...countedSlaves('rs485SlaveDeviceIDs', first, index),
    ...countedSlaves('wiegandSlaveDeviceIDs', first, index),
  }));
}

/** The slaves of the first device are as many as each has, so those of the next one begin so much further on. */
function countedSlaves(key: 'rs485SlaveDeviceIDs' | 'wiegandSlaveDeviceIDs', first: First, index: number): object {
  const slaves = first[key];
  return slaves ? { [key]: slaves.map((slave) => slave + index * slaves.length) } : {};
}

/** IDs, addresses and slaves that are there twice; of each two entries only the first such thing. */
function refuseTwice(devices: readonly ExpandedDevice[], refuse: Refuse): void {
  const owners = new Map<string, Path>();
  const told = new Set<string>();
  for (const { fields, path } of devices) {
    for (const [thing, key] of thingsOf(fields)) {
      const owner = owners.get(thing);
      owners.set(thing, owner ?? path);
      if (owner === undefined) continue;
      const pair = JSON.stringify([owner, path, key]);
      if (!told.has(pair)) refuse([...path, key], `${thing} is there twice`, owner);
      told.add(pair);
    }
  }
}

function* thingsOf(fields: ExpandedDevice['fields']): Generator<readonly [thing: string, key: string]> {
  const { deviceID, IPAddr, port = defaultDevicePort } = fields;
  yield [`device ${deviceID}`, 'deviceID'];
  yield [`${IPAddr}:${port}`, 'IPAddr'];
  for (const key of ['rs485SlaveDeviceIDs', 'wiegandSlaveDeviceIDs']) {
    for (const slave of (fields[key] as number[] | undefined) ?? []) yield [`slave ${slave}`, key];
  }
}
