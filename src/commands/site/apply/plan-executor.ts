import { type Failure, type GsdkError, toGsdkError } from '../../../errors/gsdk-error.ts';
import type { DeviceResult } from '../../../render/results.ts';
import type { Json } from '../../../render/view.ts';
import type { Journal } from './apply-log.ts';
import type { ActionName, DoorPlan } from './plan.ts';

/** What becomes of devices while a plan is carried out, one action after the other. */
export class Steps {
  /** What went wrong beside the devices themselves. */
  aside: GsdkError | undefined;
  readonly #results: Map<number, DeviceResult>;
  readonly #journal: Journal | undefined;
  /** Why nothing more is tried: whoever interrupts wants no more, and a gateway that is lost cannot do more. */
  #stopped: Failure | undefined;

  constructor(plans: readonly DoorPlan[], journal: Journal | undefined) {
    this.#results = new Map(plans.map((plan) => [plan.deviceID, planned(plan)]));
    this.#journal = journal;
  }

  /** What became of each device so far, in the order of the plan. */
  get results(): readonly DeviceResult[] {
    return [...this.#results.values()];
  }

  /** Whether anything has failed so far, a device of the plan that cannot be as it should included. */
  get hasFailed(): boolean {
    return this.results.some(({ failure }) => failure !== undefined);
  }

  /** Does one thing for some devices; what it throws is what became of each of them. */
  async run(action: ActionName, ids: readonly number[], act: () => Promise<readonly DeviceResult[]>): Promise<void> {
    if (ids.length === 0) return;
    if (!this.#stopped) this.#note({ event: 'doing', action, deviceIDs: ids });
    if (this.#stopped) return this.skip(ids, this.#stopped);
    const results = await act().catch((thrown): readonly DeviceResult[] => {
      const { failure } = toGsdkError(thrown);
      return ids.map((deviceID) => ({ ...undone(deviceID), outcome: failure.outcome ?? 'not-applied', failure }));
    });
    this.take(results, !action.startsWith('filter-'));
    const failed = results.filter(({ ok }) => !ok).map(({ deviceID }) => deviceID);
    this.#note({ event: 'done', action, deviceIDs: ids, failed });
  }

  /** Says in the journal that the run has come to its end; one that was interrupted has not. */
  end(): void {
    if (!this.#stopped) this.#note({ event: 'ended' });
  }

  /**
   * Adds what became of devices in one more step to what became of them before.
   *
   * @param isSeen whether the step looked at the devices: then a status that it does not have is gone
   */
  take(results: readonly DeviceResult[], isSeen = true): void {
    for (const result of results) {
      const before = result.deviceID === null ? undefined : this.#results.get(result.deviceID);
      if (before && result.deviceID !== null) this.#results.set(result.deviceID, both(before, result, isSeen));
      const { failure } = result;
      if (failure?.class === 'SIGNAL' || failure?.stage === 'transport') this.#stopped ??= failure;
    }
  }

  /** Without its journal a run does nothing more: what it did could not be told from what it did not. */
  #note(line: Readonly<Record<string, Json>>): void {
    try {
      this.#journal?.note(line);
    } catch (error) {
      this.aside ??= toGsdkError(error);
      this.#stopped ??= this.aside.failure;
    }
  }

  /** Leaves devices as they are, because of what happened before. */
  skip(ids: readonly number[], { message, ...cause }: Failure): void {
    const failure: Failure = { ...cause, message: `left as it is: ${message}`, outcome: 'skipped' };
    this.take(
      ids.map((deviceID) => ({ ...undone(deviceID), outcome: 'skipped', failure })),
      false,
    );
  }
}

const undone = (deviceID: number): DeviceResult => ({
  ...{ deviceID, ok: false, changed: false, outcome: 'not-applied', status: null },
});

function planned({ deviceID, name, entry, actions, failure }: DoorPlan): DeviceResult {
  const status = entry?.status ?? null;
  const known = { deviceID, status, details: { name, actions }, changed: false };
  return failure
    ? { ...known, ok: false, outcome: 'not-applied', failure }
    : { ...known, ok: true, outcome: 'applied' };
}

/** The first failure is what is told; what is unknown of one step is unknown of all. */
function both(before: DeviceResult, after: DeviceResult, isSeen: boolean): DeviceResult {
  const failure = before.failure ?? after.failure;
  const outcome = [before, after].find(({ outcome }) => outcome === 'unknown') ?? (before.failure ? before : after);
  return {
    ...before,
    // What failed may have seen nothing.
    status: isSeen && after.ok ? after.status : (after.status ?? before.status),
    ok: before.ok && after.ok,
    changed: before.changed || after.changed,
    outcome: outcome.outcome,
    ...(failure && { failure }),
  };
}

/** What a dry run tells of a device: the same, and nothing of it done. */
export function foreseen({ deviceID, name, entry, actions, failure }: DoorPlan): DeviceResult {
  const changed = actions.length > 0;
  return {
    ...{ deviceID, details: { name, actions }, ok: !failure, changed, status: entry?.status ?? null },
    outcome: changed || failure ? 'not-applied' : 'applied',
    ...(failure && { failure }),
  };
}
