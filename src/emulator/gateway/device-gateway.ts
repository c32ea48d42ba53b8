import type { Assumptions } from '../assumptions.ts';
import type { Clock } from '../clock/clock.ts';
import type { World } from '../world/world.ts';
import { AcceptFilter } from './accept-filter.ts';
import { AsyncConnections } from './async-connections.ts';
import { ManagedList } from './managed-list.ts';
import { PendingList } from './pending-list.ts';
import { Sessions } from './sessions.ts';
import { SlaveList } from './slave-list.ts';
import { StatusFeed } from './status-feed.ts';

/** A gateway process: the world it works in, and what it forgets when it is restarted. */
export interface DeviceGateway {
  readonly world: World;
  readonly clock: Clock;
  readonly assumptions: Assumptions;
  readonly managed: ManagedList;
  readonly statusFeed: StatusFeed;
  readonly sessions: Sessions;
  readonly asyncConnections: AsyncConnections;
  readonly acceptFilter: AcceptFilter;
  readonly pending: PendingList;
  readonly slaves: SlaveList;
  /** Ends the process: nothing that it had planned happens any more. */
  stop(): void;
}

/**
 * A gateway process that has just started: it manages nothing, and nobody is subscribed.
 * @param onSessionEnd tells the world that a device has lost its session
 */
export function deviceGateway(
  surroundings: Pick<DeviceGateway, 'world' | 'clock' | 'assumptions'>,
  onSessionEnd: (deviceID: number) => void = () => {},
): DeviceGateway {
  const { clock, assumptions } = surroundings;
  const statusFeed = new StatusFeed();
  const managed = new ManagedList(statusFeed, clock, assumptions.dialInStaysListed);
  const sessions = new Sessions(managed, clock, (deviceID, redialMs) => {
    asyncConnections.redial(deviceID, redialMs);
    onSessionEnd(deviceID);
  });
  const slaves = new SlaveList();
  const asyncConnections = new AsyncConnections({ ...surroundings, managed, sessions, slaves });
  return {
    ...surroundings,
    statusFeed,
    managed,
    sessions,
    asyncConnections,
    acceptFilter: new AcceptFilter(),
    pending: new PendingList(),
    slaves,
    stop() {
      asyncConnections.close();
      sessions.close();
    },
  };
}
