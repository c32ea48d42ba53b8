import type { Session } from '../../cli/session.ts';
import { notManagedFailure } from '../../errors/combine-failures.ts';
import type { Failure, GsdkError } from '../../errors/gsdk-error.ts';
import type { Gateway, ManagedDevice } from '../../gateway/gateway.ts';
import type { DeviceResult } from '../../render/results.ts';
import { type DoorPlan, idsOf } from '../site/apply/plan.ts';
import { foreseen, Steps } from '../site/apply/plan-executor.ts';
import { removeThem } from '../site/apply/remove-devices.ts';
import { toRecord } from '../site/build-site.ts';
import { type LiveSite, readLive } from '../site/gateway-state.ts';
import { dialsIn } from '../site/site-file.ts';
import { changeHolds, type Hold, type Holds, readHolds, withoutHolds } from './holds-file.ts';

/**
 * Holds doors for a time, with what is written down in a file. Otherwise as {@link holdDevices}.
 *
 * @param forMs how long, in milliseconds
 */
export async function holdFor(
  gateway: Gateway,
  { ids, forMs, path, dryRun }: { ids: readonly number[] | undefined; forMs: number; path: string; dryRun: boolean },
  session: Session,
) {
  const nowMs = Date.now();
  const holds = await readHolds(path, session);
  const change: HoldOptions['change'] = (made) => changeHolds(path, made, session);
  const untilMs = nowMs + forMs;
  const options = { nowMs, untilMs, holds, change, dryRun, signal: session.signal };
  const { results, unseen } = await holdDevices(gateway, ids, options);
  const held = { comesBack: false, stoppedBy: null, heldUntil: new Date(untilMs).toISOString() };
  return { unseen, results: results.map((result) => ({ ...result, details: result.ok ? held : {} })) };
}

/** How doors are held. */
export interface HoldOptions {
  /** Milliseconds since the Unix epoch. */
  nowMs: number;
  untilMs: number;
  holds: Holds;
  /** Changes the file of holds. */
  change(change: (before: Holds) => Holds): Promise<void>;
  dryRun: boolean;
  signal: AbortSignal;
}

/**
 * Takes doors out on purpose, so that nothing brings them back by itself: async connections are removed, devices that
 * dial in are shut out and disconnected. How they were is written down first. A door that is held already is held
 * until the new time.
 *
 * @param ids whom; all that are connected when absent
 * @returns a result for each, in order
 * @throws GsdkError before anything is sent, when it cannot be written down
 */
export async function holdDevices(
  gateway: Gateway,
  ids: readonly number[] | undefined,
  options: HoldOptions,
): Promise<{ results: readonly DeviceResult[]; unseen: GsdkError | undefined }> {
  const live = await readLive(gateway);
  const connected = [...live.devices.values()].filter((entry) => entry.connected).map(({ deviceID }) => deviceID);
  const plans = (ids ?? connected).map((id) => plan(id, live, options.holds, gateway.target));
  const taken = plans.filter(({ actions }) => actions.length > 0);
  if (taken.length > 0) gateway.announce(idsOf(taken), { dryRun: options.dryRun });
  if (options.dryRun) return { results: plans.map(foreseen), unseen: undefined };
  await options.change((before) => withHolds(before, plans, { ...options, live }));
  const steps = new Steps(plans, undefined);
  await removeThem(gateway, taken, { steps, signal: options.signal });
  const left = steps.results.filter(({ ok, outcome }) => !ok && (outcome === 'not-applied' || outcome === 'skipped'));
  const stillThere = left.flatMap(({ deviceID }) =>
    deviceID !== null && !options.holds.has(deviceID) ? deviceID : [],
  );
  if (stillThere.length > 0) await options.change((before) => withoutHolds(before, stillThere));
  return { results: steps.results, unseen: steps.aside };
}

function plan(deviceID: number, { devices, filter }: LiveSite, holds: Holds, target: string): DoorPlan {
  const entry = devices.get(deviceID);
  const none = { deviceID, name: holds.get(deviceID)?.record.name ?? '', entry, actions: [] };
  if (!entry) return holds.has(deviceID) ? none : { ...none, failure: notManagedFailure(deviceID, target) };
  if (dialsIn(entry)) {
    if (filter.allowAll) return { ...none, failure: letIn(entry) };
    return { ...none, actions: [...(filter.deviceIDs.includes(deviceID) ? ['filter-rm' as const] : []), 'disconnect'] };
  }
  return entry.autoReconnect ? { ...none, actions: ['async-rm'] } : { ...none, failure: notKept(entry) };
}

/** How the doors are now, until when; one that is held already stays written down as it was. */
function withHolds(
  before: Holds,
  plans: readonly DoorPlan[],
  { live, nowMs, untilMs }: Pick<HoldOptions, 'nowMs' | 'untilMs'> & { live: LiveSite },
): Holds {
  const heldUntil = new Date(untilMs).toISOString();
  const after = new Map(before);
  for (const { deviceID, entry, failure } of plans) {
    if (failure) continue;
    const old = before.get(deviceID);
    const isGone = entry === undefined;
    const hold: Hold | undefined = entry && {
      record: toRecord(entry, live, old?.record),
      ...{ heldSince: new Date(nowMs).toISOString(), heldUntil },
    };
    if (isGone && old) after.set(deviceID, { ...old, heldUntil });
    else if (hold) after.set(deviceID, hold);
  }
  return after;
}

const letIn = ({ deviceID }: ManagedDevice): Failure => ({
  class: 'CONFLICT',
  message: `${deviceID} dials in, and the filter accepts everybody: it would be back at once`,
  hint: 'accept the listed devices only: gsdk filter listed-only --keep-connected',
  stage: 'gateway',
  target: String(deviceID),
});

const notKept = ({ deviceID }: ManagedDevice): Failure => ({
  class: 'CONFLICT',
  message: `${deviceID} has a synchronous connection only: it does not come back by itself, so there is nothing to hold`,
  hint: `without --hold: gsdk disconnect ${deviceID}; to have it kept: gsdk async add`,
  stage: 'gateway',
  target: String(deviceID),
});
