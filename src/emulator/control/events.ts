import { timestampFromMs } from '@bufbuild/protobuf/wkt';
import type { HandlerContext } from '@connectrpc/connect';
import { Status } from '../../gen/connect_pb.ts';
import { SubscriberQueue } from '../gateway-process/event-queue.ts';
import { namesOf } from '../input/enum-name.ts';
import type { EventLogEntry } from '../runtime/event-log.ts';
import type { ControlTargets } from './targets.ts';

/** How many events may wait for a follower that does not read. */
const queueSize = 100_000;

const statusName = namesOf(Status, 'STATUS');

/** Lists what is kept of what happened. */
export const listEvents =
  ({ emulator }: ControlTargets) =>
  async ({ sinceSeq }: { sinceSeq: number }) => ({ events: emulator.journal.since(sinceSeq).map(eventMessage) });

/** Tells the same, and each event from then on, until nobody listens any more. */
export const followEvents = ({ emulator }: ControlTargets) =>
  async function* ({ sinceSeq }: { sinceSeq: number }, { signal }: Pick<HandlerContext, 'signal'>) {
    const queue = new SubscriberQueue<EventLogEntry>(queueSize);
    const unfollow = emulator.journal.follow((entry) => queue.push(entry));
    signal.addEventListener('abort', () => queue.close(), { once: true });
    try {
      // As they are now: what comes while they are told is in the queue.
      for (const entry of emulator.journal.since(sinceSeq)) yield { event: eventMessage(entry) };
      if (!signal.aborted) for await (const entry of queue) yield { event: eventMessage(entry) };
    } finally {
      unfollow();
    }
  };

function eventMessage(entry: EventLogEntry) {
  const { seq, kind } = entry;
  return {
    ...{ seq, kind, time: timestampFromMs(entry.time) },
    ...('deviceID' in entry && { deviceID: entry.deviceID }),
    ...('status' in entry && { status: statusName(entry.status) }),
    ...('what' in entry && { what: entry.what }),
    ...('id' in entry && { rule: entry.id, deviceIDs: [...entry.deviceIDs] }),
  };
}
