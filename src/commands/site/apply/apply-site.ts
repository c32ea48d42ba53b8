import { type Failure, GsdkError } from '../../../errors/gsdk-error.ts';
import type { Gateway } from '../../../gateway/gateway.ts';
import type { DeviceResult } from '../../../render/results.ts';
import { waitUntilConnected } from '../../shared/wait-option.ts';
import { type LiveSite, readLive, strangersTo } from '../gateway-state.ts';
import type { SiteRecord } from '../site-file.ts';
import { addSlaves, grantWayIn } from './add-access.ts';
import type { Journal } from './apply-log.ts';
import { type DoorPlan, idsOf, planDoor, planStranger } from './plan.ts';
import { foreseen, Steps } from './plan-executor.ts';
import { removeThem } from './remove-devices.ts';

/** How a site file is carried out. */
export interface ApplyOptions {
  /** Whether a door that is connected may be given another address. */
  replace: boolean;
  /** Whether what the file does not have is removed. */
  prune: boolean;
  /** How many devices that may be; half of what the gateway knows unless given. */
  maxPrune?: number | undefined;
  /** Devices that --prune leaves alone, as they are taken out on purpose. */
  spared?: ReadonlySet<number>;
  dryRun: boolean;
  /** How long to wait for the doors to be connected, in milliseconds; not at all when absent. */
  withinMs: number | undefined;
  signal: AbortSignal;
  /** Opened when it is known what is to be done, and before anything is. */
  openJournal?(): Journal;
}

/**
 * Makes a gateway manage what a site file has: the new way in before the old one goes, removals last and only where
 * nothing failed. What is as it should be is not touched, so that it can be interrupted and run again.
 *
 * @returns a result for each door, in the order of the file, then for each device that is removed
 * @throws GsdkError (CONFLICT), before anything is sent, when more would be removed than may be, or a guard forbids it
 */
export async function applySite(
  gateway: Gateway,
  site: readonly SiteRecord[],
  options: ApplyOptions,
): Promise<{ results: readonly DeviceResult[]; unseen: GsdkError | undefined }> {
  const live = await readLive(gateway);
  const doors = site.map((record) => planDoor(record, live, options));
  const unwritten = options.prune ? strangersTo(site, live).filter((id) => !options.spared?.has(id)) : [];
  const strangers = unwritten.map((id) => planStranger(id, live));
  refuseBroadPrune(strangers, live, options);
  const changed = [...doors, ...strangers].filter(({ actions }) => actions.length > 0);
  if (changed.length > 0) gateway.announce(idsOf(changed), { dryRun: options.dryRun });
  if (options.dryRun) return { results: [...doors, ...strangers].map(foreseen), unseen: undefined };
  const steps = new Steps([...doors, ...strangers], options.openJournal?.());
  const work = { site, doors, live, steps, signal: options.signal };
  await grantWayIn(gateway, work);
  const { results, unseen } = await waitUntilConnected(gateway, wantedUp(steps, doors), options);
  steps.take(results);
  await addSlaves(gateway, work);
  if (steps.hasFailed) steps.skip(idsOf(strangers), notAllWell);
  else await removeThem(gateway, strangers, work);
  steps.end();
  return { results: steps.results, unseen: unseen ?? steps.aside };
}

/** The doors of which something is to be seen: those that went well so far, and are not to be removed. */
function wantedUp(steps: Steps, doors: readonly DoorPlan[]): DeviceResult[] {
  const ids = new Set(doors.map(({ deviceID }) => deviceID));
  return steps.results.filter(({ deviceID }) => deviceID !== null && ids.has(deviceID));
}

const notAllWell: Failure = {
  class: 'CONFLICT',
  message: 'something else failed, and removals come last',
  hint: 'mend that, and run the same again',
  stage: 'cli',
};

function refuseBroadPrune(
  strangers: readonly DoorPlan[],
  { devices, filter }: LiveSite,
  { maxPrune }: ApplyOptions,
): void {
  const known = new Set([...devices.keys(), ...filter.deviceIDs]).size;
  const most = maxPrune ?? Math.floor(known / 2);
  if (strangers.length <= most) return;
  throw new GsdkError({
    class: 'CONFLICT',
    message: `--prune would remove ${strangers.length} of ${known} devices; nothing was sent`,
    hint: `is the file whole? whom: --dry-run --max-prune ${strangers.length}; if that is meant: --max-prune ${strangers.length}`,
    stage: 'cli',
  });
}
