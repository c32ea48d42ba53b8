import { formatHostPort } from '../../../base/address.ts';
import type { Failure } from '../../../errors/gsdk-error.ts';
import type { ManagedDevice } from '../../../gateway/gateway.ts';
import { isAccepted } from '../../../gateway/operations/filter-change.ts';
import { hasSlaves } from '../../../gateway/operations/slave-change.ts';
import { isSameTarget } from '../../async/target.ts';
import { type LiveSite, missingSlaves } from '../gateway-state.ts';
import { dialsIn, type SiteRecord } from '../site-file.ts';

/** What is done to a gateway, by the commands that do the same; in this order. */
export const actionNames = ['filter-add', 'async-add', 'slave-add', 'filter-rm', 'async-rm', 'disconnect'] as const;

/** The name of an action. */
export type ActionName = (typeof actionNames)[number];

/** What is to be done for a device. */
export interface DoorPlan {
  deviceID: number;
  name: string;
  /** As the gateway lists it now. */
  entry: ManagedDevice | undefined;
  actions: readonly ActionName[];
  /** Why the gateway cannot be made to look as the file says. */
  failure?: Failure;
}

/** Whom plans are for. */
export const idsOf = (plans: readonly DoorPlan[]) => plans.map(({ deviceID }) => deviceID);

/** Those of them for whom this is to be done. */
export const idsWith = (plans: readonly DoorPlan[], action: ActionName) =>
  idsOf(plans.filter(({ actions }) => actions.includes(action)));

/** What is to be done for a door of the site file. */
export function planDoor(record: SiteRecord, live: LiveSite, { replace }: { replace: boolean }): DoorPlan {
  const { deviceID, name } = record;
  const entry = live.devices.get(deviceID);
  const failure = entry && (modeDiffers(record, entry) ?? (replace ? undefined : connectedElsewhere(record, entry)));
  const wayIn = failure && !dialsIn(record) ? [] : wayInOf(record, entry, live);
  const isAdded = wayIn.includes('async-add');
  const used = live.slaves.get(deviceID);
  const slaves = missingSlaves(record, live).length > 0 || (isAdded && hasSlaves(used)) ? ['slave-add' as const] : [];
  return { deviceID, name, entry, actions: [...wayIn, ...(failure ? [] : slaves)], ...(failure && { failure }) };
}

function wayInOf(record: SiteRecord, entry: ManagedDevice | undefined, { filter }: LiveSite): ActionName[] {
  if (dialsIn(record)) return isAccepted(filter, record.deviceID) ? [] : ['filter-add'];
  return entry?.autoReconnect && isSameTarget(entry, targetOf(record)) ? [] : ['async-add'];
}

/** Where the gateway is to find a door. */
export const targetOf = ({ deviceID, IPAddr, port, useSSL }: SiteRecord) => ({
  ...{ deviceID, IPAddr, port, useSSL: useSSL === true },
});

/** A device's own setting is never changed here: its way in would go with it. */
function modeDiffers(record: SiteRecord, entry: ManagedDevice): Failure | undefined {
  if (record.connectionMode === entry.connectionMode) return undefined;
  const mode = record.connectionMode.toLowerCase().replaceAll('_', '-');
  return {
    class: 'CONFLICT',
    message: `${record.deviceID} is ${entry.connectionMode}, and the file says ${record.connectionMode}`,
    hint: `the setting is the device's own: gsdk mode set ${mode} ${record.deviceID} --reconnect; or mend the file`,
    stage: 'device',
    target: String(record.deviceID),
  };
}

/** A door that works is not sent to another address for what may be an old file. */
function connectedElsewhere(record: SiteRecord, entry: ManagedDevice): Failure | undefined {
  if (!entry.connected || dialsIn(record) || isSameTarget(entry, targetOf(record))) return undefined;
  const there = `${formatHostPort({ host: entry.IPAddr, port: entry.port })}${entry.useSSL ? ' with SSL' : ''}`;
  return {
    class: 'CONFLICT',
    message: `${record.deviceID} is connected at ${there}, and the file has another address or SSL flag`,
    hint: 'is the file old? gsdk export; to give it the address of the file: --replace',
    stage: 'gateway',
    target: String(record.deviceID),
  };
}

/** What is to be done for a device that the file does not have. */
export function planStranger(deviceID: number, { devices, filter }: LiveSite): DoorPlan {
  const entry = devices.get(deviceID);
  const isDialIn = entry !== undefined && dialsIn(entry);
  const actions: [boolean, ActionName][] = [
    [filter.deviceIDs.includes(deviceID), 'filter-rm'],
    [entry?.autoReconnect === true, 'async-rm'],
    [entry !== undefined && !entry.autoReconnect && !(isDialIn && filter.allowAll), 'disconnect'],
  ];
  const failure = isDialIn && filter.allowAll ? { failure: letIn(deviceID) } : {};
  return { deviceID, name: '', entry, actions: actions.flatMap(([is, name]) => (is ? [name] : [])), ...failure };
}

const letIn = (deviceID: number): Failure => ({
  class: 'CONFLICT',
  message: `${deviceID} is let in by a filter that accepts everybody`,
  hint: 'accept the listed devices only: gsdk filter listed-only',
  stage: 'gateway',
  target: String(deviceID),
});
