import type { Assumptions } from '../assumptions.ts';
import type { Clock } from '../clock/clock.ts';
import type { World } from '../world/world.ts';
import { ManagedList } from './managed-list.ts';
import { StatusFeed } from './status-feed.ts';

/** A gateway process: the world it works in, and what it forgets when it is restarted. */
export interface DeviceGateway {
  readonly world: World;
  readonly clock: Clock;
  readonly assumptions: Assumptions;
  readonly managed: ManagedList;
  readonly statusFeed: StatusFeed;
}

/** A gateway process that has just started: it manages nothing, and nobody is subscribed. */
export function deviceGateway(surroundings: Pick<DeviceGateway, 'world' | 'clock' | 'assumptions'>): DeviceGateway {
  const statusFeed = new StatusFeed();
  return { ...surroundings, statusFeed, managed: new ManagedList(statusFeed, surroundings.clock) };
}
