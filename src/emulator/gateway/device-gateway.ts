import type { Assumptions } from '../assumptions.ts';
import type { Clock } from '../clock/clock.ts';
import type { World } from '../world/world.ts';
import { AsyncConnections } from './async-connections.ts';
import { ManagedList } from './managed-list.ts';
import { Sessions } from './sessions.ts';
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
  /** Ends the process: nothing that it had planned happens any more. */
  stop(): void;
}

/** A gateway process that has just started: it manages nothing, and nobody is subscribed. */
export function deviceGateway(surroundings: Pick<DeviceGateway, 'world' | 'clock' | 'assumptions'>): DeviceGateway {
  const statusFeed = new StatusFeed();
  const managed = new ManagedList(statusFeed, surroundings.clock);
  const sessions = new Sessions(managed, (deviceID, redialMs) => asyncConnections.redial(deviceID, redialMs));
  const asyncConnections = new AsyncConnections({ ...surroundings, managed, sessions });
  return { ...surroundings, statusFeed, managed, sessions, asyncConnections, stop: () => asyncConnections.close() };
}
