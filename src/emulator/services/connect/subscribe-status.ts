import type { Status, SubscribeStatusRequest } from '../../../gen/connect_pb.ts';
import { pause } from '../../clock/clock.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';
import type { StatusEvent } from '../../gateway-process/status-feed.ts';
import type { CallContext } from '../../server/serve.ts';

/**
 * Streams the changes of status from now on, until the client has enough (gateway-behaviour F10 to F15). Like a Go
 * server it sends nothing, not even headers, before the first change.
 */
export const subscribeStatus = (gateway: EmulatedGateway) =>
  async function* ({ queueSize }: SubscribeStatusRequest, { signal }: CallContext) {
    const { assumptions, statusFeed, flaws, clock } = gateway;
    if (flaws.lateMs > 0) await pause(clock.after, flaws.lateMs, signal);
    const events = statusFeed.subscribe(queueSize > 0 ? queueSize : assumptions.queueSizeWhenUnset, signal);
    if (assumptions.snapshotOnSubscribe) yield* snapshot(gateway).map(toStatusChange);
    for await (const event of events) yield toStatusChange(event);
  };

function snapshot({ managed, clock }: EmulatedGateway): StatusEvent[] {
  const timestamp = Math.floor(clock.now() / 1000);
  return managed.all().map(({ deviceID, status }) => ({ deviceID, status, timestamp }));
}

const toStatusChange = (event: StatusEvent) => ({ ...event, status: event.status as Status });
