import { formatHostPort } from '../../../base/address.ts';
import type { ManagedDevice, SlaveDevices } from '../../../gateway/gateway.ts';
import { isAccepted } from '../../../gateway/operations/filter-change.ts';
import { slaveFields } from '../../../gateway/operations/slave-change.ts';
import type { Hold } from '../../hold/holds-file.ts';
import type { HeldSite } from '../exclude-held.ts';
import { type LiveSite, missingSlaves, strangersTo } from '../gateway-state.ts';
import { dialsIn, type SiteRecord } from '../site-file.ts';

/** What may differ between a site file and its gateway, in the words that `check` prints. */
export const findingNames = {
  GATEWAY_EMPTY: 'no device of the file is managed (reported once)',
  CERT_EXPIRING: 'the certificate of the gateway is soon good no more',
  FILTER_OPEN: 'the accept filter lets everybody in',
  NOT_MANAGED: 'the gateway does not manage the door',
  NOT_ASYNC: 'connected, but the gateway does not reconnect it',
  NOT_ACCEPTED: 'the accept filter shuts out a door that dials in',
  DOWN: 'the door is not connected',
  HOLD_EXPIRED: 'the door was taken out on purpose, and should be back by now',
  MODE_DIFFERS: 'who dials whom',
  ADDRESS_DIFFERS: 'the address that the gateway dials',
  SSL_DIFFERS: 'whether the connection uses SSL',
  SLAVES_MISSING: 'slaves of the door that the gateway does not use',
  NOT_IN_FILE: 'managed or accepted, but not in the file',
} as const;

/** The name of a finding. */
export type FindingName = keyof typeof findingNames;

/** A difference between what should be and what is. */
export interface Finding {
  /** `null` for what concerns the gateway as a whole. */
  deviceID: number | null;
  name: string;
  finding: FindingName;
  want: string;
  have: string;
  /** The status in the list of the gateway; `null` for a device that is not in it. */
  status: string | null;
}

/** What is looked at beside the site file. */
export interface Circumstances extends Partial<Pick<HeldSite, 'due' | 'held'>> {
  /** How many days the certificate of the gateway must be good for. */
  certDays?: number;
}

/**
 * Everything in which a gateway differs from its site file; by device ID, the gateway itself first.
 *
 * @param circumstances due holds, with their doors in the site, and doors that are held and not in it
 */
export function findingsOf(
  site: readonly SiteRecord[],
  live: LiveSite,
  { due = [], held = new Set(), certDays = 0 }: Circumstances = {},
): Finding[] {
  const dueByID = new Map(due.map((hold) => [hold.record.deviceID, hold]));
  const isEmpty = site.length > 0 && !site.some((record) => isKnown(record, live));
  const ofDoors = isEmpty ? [] : site.flatMap((record) => findingsOfDoor(record, live, dueByID.get(record.deviceID)));
  const byID = [...ofDoors, ...strangers(site, live).filter(({ deviceID }) => !held.has(Number(deviceID)))].sort(
    (one, other) => Number(one.deviceID) - Number(other.deviceID),
  );
  return [
    ...(isEmpty ? [gatewayEmpty(site)] : []),
    ...((live.daysLeft ?? certDays) < certDays ? [certExpiring(certDays, live.daysLeft)] : []),
    ...(live.filter.allowAll ? [filterOpen] : []),
    ...byID,
  ];
}

/** Whether the gateway has any knowledge of a door that it could have forgotten. */
const isKnown = (record: SiteRecord, { devices, filter }: LiveSite) =>
  devices.has(record.deviceID) || (dialsIn(record) && isAccepted(filter, record.deviceID));

function findingsOfDoor(record: SiteRecord, live: LiveSite, due: Hold | undefined): Finding[] {
  const entry = live.devices.get(record.deviceID);
  const differences = [
    ...(dialsIn(record) ? differencesOfDialIn(record, entry, live) : differencesOfDialled(record, entry)),
    ...(entry ? differencesOfEntry(record, entry, live) : []),
  ];
  const { deviceID, name } = record;
  if (due && differences.length > 0) {
    const [want, have] = ['put back', `held until ${due.heldUntil}`];
    return [{ deviceID, name, finding: 'HOLD_EXPIRED', want, have, status: entry?.status ?? null }];
  }
  return differences.map((difference) => ({ deviceID, name, ...difference, status: entry?.status ?? null }));
}

type Difference = Pick<Finding, 'finding' | 'want' | 'have'>;

/** A door that dials in is in the list while it is connected (gateway-behaviour F78); what it needs is the filter. */
function differencesOfDialIn(record: SiteRecord, entry: ManagedDevice | undefined, { filter }: LiveSite): Difference[] {
  if (!isAccepted(filter, record.deviceID)) {
    return [{ finding: 'NOT_ACCEPTED', want: 'accepted', have: 'shut out' }];
  }
  return entry?.connected ? [] : [down(entry)];
}

function differencesOfDialled(record: SiteRecord, entry: ManagedDevice | undefined): Difference[] {
  if (!entry) return [{ finding: 'NOT_MANAGED', want: label(record), have: 'nothing' }];
  if (dialsIn(entry)) return entry.connected ? [] : [down(entry)];
  const isSame = entry.IPAddr === record.IPAddr && entry.port === record.port;
  return [
    ...(entry.autoReconnect ? [] : [notAsync]),
    ...(entry.connected ? [] : [down(entry)]),
    ...(isSame ? [] : [{ finding: 'ADDRESS_DIFFERS', want: label(record), have: label(entry) } as const]),
  ];
}

function differencesOfEntry(record: SiteRecord, entry: ManagedDevice, live: LiveSite): Difference[] {
  const { connectionMode, useSSL } = record;
  const missing = missingSlaves(record, live);
  const differences: [boolean, Difference][] = [
    [
      entry.connectionMode !== connectionMode,
      { finding: 'MODE_DIFFERS', want: connectionMode, have: entry.connectionMode },
    ],
    [
      useSSL !== null && entry.useSSL !== useSSL,
      { finding: 'SSL_DIFFERS', want: ssl(useSSL), have: ssl(entry.useSSL) },
    ],
    [
      missing.length > 0,
      { finding: 'SLAVES_MISSING', want: missing.join(' '), have: slavesOf(live.slaves.get(record.deviceID)) },
    ],
  ];
  return differences.flatMap(([isThere, difference]) => (isThere ? [difference] : []));
}

/** Devices that nobody wrote down: they open doors, or could. */
function strangers(site: readonly SiteRecord[], live: LiveSite): Finding[] {
  const { devices, filter } = live;
  return strangersTo(site, live).map((deviceID) => {
    const entry = devices.get(deviceID);
    const have = [entry ? 'managed' : '', filter.deviceIDs.includes(deviceID) ? 'accepted' : ''].filter(Boolean);
    return {
      deviceID,
      name: '',
      finding: 'NOT_IN_FILE',
      want: 'nothing',
      have: have.join(', '),
      status: entry?.status ?? null,
    };
  });
}

const notAsync = { finding: 'NOT_ASYNC', want: 'an async connection', have: 'a synchronous one' } as const;

const down = (entry: ManagedDevice | undefined) =>
  ({ finding: 'DOWN', want: 'connected', have: entry ? 'not connected' : 'absent' }) as const;

const ofGateway = { deviceID: null, name: '', status: null };

const gatewayEmpty = (site: readonly SiteRecord[]): Finding => ({
  ...ofGateway,
  ...{ finding: 'GATEWAY_EMPTY', want: `${site.length} ${site.length === 1 ? 'door' : 'doors'}`, have: 'none of them' },
});

const certExpiring = (wanted: number, left: number | undefined): Finding => ({
  ...ofGateway,
  ...{ finding: 'CERT_EXPIRING', want: `good for ${wanted} days`, have: `good for ${left} days` },
});

const filterOpen: Finding = { ...ofGateway, finding: 'FILTER_OPEN', want: 'the listed devices', have: 'everybody' };

const label = ({ IPAddr, port }: { IPAddr: string; port: number }) => formatHostPort({ host: IPAddr, port });
const ssl = (isUsed: boolean | null) => (isUsed ? 'SSL' : 'no SSL');
const slavesOf = (used: SlaveDevices | undefined) =>
  slaveFields.flatMap((field) => used?.[field] ?? []).join(' ') || 'none';
