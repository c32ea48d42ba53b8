import type { DeliveredEvent, QueuedEvent } from '../../src/gateway/subscription/event-queue.ts';
import { type JournalEntry, longestDelayMs } from './simulated-gateway.ts';

/** What a reader of the events takes each device to be: its status, and whether it is in the list. */
export type Replay = Map<number, { status: string; isListed: boolean }>;

/** Takes one event into account, as a script would that reads the lines. */
export function replay(state: Replay, event: DeliveredEvent<QueuedEvent>): void {
  if (event.event === 'snapshot' || event.event === 'added')
    state.set(event.deviceID, { status: event.to, isListed: true });
  else if (event.event === 'removed') state.delete(event.deviceID);
  else if (event.event === 'change') {
    state.set(event.deviceID, { status: event.to, isListed: state.get(event.deviceID)?.isListed ?? false });
  }
}

/** What was on its way at the beginning of a gap may be missed with it; how long that may be in the simulation, in milliseconds. */
const simulatedSlackMs = 3 * longestDelayMs;

/** A time in which something may have been missed, as it was told. */
interface Gap {
  fromMs: number;
  toMs: number;
}

/** The gaps that were told: before the first `synced`, from `lost` to `resumed`, and what was merged. */
export function toldGaps(events: readonly DeliveredEvent<QueuedEvent>[], slackMs = simulatedSlackMs): Gap[] {
  const gaps: Gap[] = [];
  // Nothing is promised before the first `synced`.
  let open: Gap | undefined = { fromMs: 0, toMs: Number.POSITIVE_INFINITY };
  const close = (toMs: number) => {
    if (open) gaps.push({ ...open, toMs });
    open = undefined;
  };
  for (const event of events) {
    if (event.event === 'lost') open ??= { fromMs: event.sinceMs - slackMs, toMs: Number.POSITIVE_INFINITY };
    if (event.event === 'merged') gaps.push({ fromMs: event.sinceMs - slackMs, toMs: event.atMs });
    if (event.event === 'resumed' || (event.event === 'synced' && open?.fromMs === 0)) close(event.atMs);
  }
  return open ? [...gaps, open] : gaps;
}

/**
 * Holds what was told against what happened.
 *
 * @param slackMs how long what was missed at the beginning of a gap may have been on its way
 * @returns the first thing that is wrong; nothing if all is well
 */
export function faultIn(
  events: readonly DeliveredEvent<QueuedEvent>[],
  journal: readonly JournalEntry[],
  slackMs?: number,
): string | undefined {
  const tellable = journal.filter(({ isUntold }) => !isUntold);
  const toldByDevice = groupedByDevice(tellable);
  const gaps = toldGaps(events, slackMs);
  const isInGap = (atMs: number) => gaps.some(({ fromMs, toMs }) => atMs >= fromMs && atMs <= toMs);
  const told = new Set<JournalEntry>();
  const positions = new Map<number, number>();
  for (const event of events) {
    if (event.event !== 'change' || event.synthetic) continue;
    const entries = toldByDevice.get(event.deviceID) ?? [];
    const isThis = (entry: JournalEntry) =>
      entry.status === event.to && (entry.timestamp ?? Math.floor(entry.atMs / 1000)) === event.timestamp;
    const position = entries.findIndex(
      (entry, index) => index >= (positions.get(event.deviceID) ?? 0) && isThis(entry),
    );
    const entry = entries[position];
    if (!entry) return `invented, out of order or told twice: ${JSON.stringify(event)}`;
    positions.set(event.deviceID, position + 1);
    told.add(entry);
  }
  const silent = tellable.find((entry) => !told.has(entry) && !isInGap(entry.atMs));
  return silent && `lost in silence: ${JSON.stringify(silent)}`;
}

/** What a reader took the devices to be at a moment, and what they were. */
export interface Sample {
  atMs: number;
  replayed: ReadonlyMap<number, string>;
}

/** How long a change may take to be told, in milliseconds: the network, and what is held back while a list settles. */
const latencyMs = 2000;

/**
 * Looks for a device that a reader took for something that it was not any more, while nothing was said to be amiss.
 *
 * @param blindMs how long a change that the gateway dropped may go unnoticed
 */
export function staleIn(
  samples: readonly Sample[],
  events: readonly DeliveredEvent<QueuedEvent>[],
  journal: readonly JournalEntry[],
  blindMs: number,
): string | undefined {
  const gaps = toldGaps(events);
  const byDevice = groupedByDevice(journal);
  const isInGap = (atMs: number) => gaps.some(({ fromMs, toMs }) => atMs >= fromMs && atMs <= toMs + latencyMs);
  for (const { atMs, replayed } of samples.filter((sample) => !isInGap(sample.atMs))) {
    for (const [deviceID, status] of replayed) {
      const before = (byDevice.get(deviceID) ?? []).filter((entry) => entry.atMs <= atMs);
      const possible = possibleAt(atMs, before, blindMs);
      if (possible?.includes(status) === false) {
        return `at ${atMs} device ${deviceID} was taken for ${status}, and was ${possible}`;
      }
    }
  }
  return undefined;
}

/** What a device may be taken for: what it was or became within the latency; anything if that is not known. */
function possibleAt(atMs: number, before: readonly JournalEntry[], blindMs: number): string[] | undefined {
  if (before.some((entry) => entry.isUntold && entry.atMs > atMs - blindMs)) return undefined;
  const settled = before.findLastIndex((entry) => entry.atMs <= atMs - latencyMs);
  return settled < 0 ? undefined : before.slice(settled).map((entry) => entry.status);
}

function groupedByDevice(journal: readonly JournalEntry[]): Map<number, JournalEntry[]> {
  const groups = new Map<number, JournalEntry[]>();
  for (const entry of journal) {
    const group = groups.get(entry.deviceID);
    if (group) group.push(entry);
    else groups.set(entry.deviceID, [entry]);
  }
  return groups;
}
