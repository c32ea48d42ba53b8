import type { Clock } from '../clock/clock.ts';
import { Gate } from '../faults/gate.ts';
import { StreamFlaws } from '../faults/stream-flaws.ts';
import type { Gates } from '../faults/with-faults.ts';
import type { BehaviorSwitches } from '../fidelity/behavior-switches.ts';
import { type FaultHooks, noFaults } from '../rules/fault-hooks.ts';
import type { EventLog } from '../runtime/event-log.ts';
import type { World } from '../world/world.ts';
import { AcceptFilter } from './accept-filter.ts';
import { AsyncConnections } from './async-connections.ts';
import { ManagedList } from './managed-list.ts';
import { PendingList } from './pending-list.ts';
import { Sessions } from './sessions.ts';
import { type GatewaySettings, settingsOf } from './settings.ts';
import { SlaveList } from './slave-list.ts';
import { StatusFeed } from './status-feed.ts';

/** What a gateway process works with and does not forget. */
export interface EmulatedGatewayOptions {
  readonly world: World;
  readonly clock: Clock;
  readonly assumptions: BehaviorSwitches;
  /** Default: those of the newest version. */
  readonly settings?: GatewaySettings;
  /** Where it is written down what happens. Default: nowhere. */
  readonly journal?: EventLog;
  /** Default: none. */
  readonly flaws?: StreamFlaws;
  /** Where rules act. Default: nowhere. */
  readonly faults?: FaultHooks;
}

/** A gateway process: the world it works in, and what it forgets when it is restarted. */
export interface EmulatedGateway {
  readonly world: World;
  readonly clock: Clock;
  readonly assumptions: BehaviorSwitches;
  readonly settings: GatewaySettings;
  readonly managed: ManagedList;
  readonly statusFeed: StatusFeed;
  readonly sessions: Sessions;
  readonly asyncConnections: AsyncConnections;
  readonly acceptFilter: AcceptFilter;
  readonly pending: PendingList;
  readonly slaves: SlaveList;
  /** What the telling of changes suffers from. */
  readonly flaws: StreamFlaws;
  /** Asked for each thing that could go wrong. */
  readonly faults: FaultHooks;
  /** Through which its calls pass. */
  readonly gates: Gates;
  /** Ends the process: nothing that it had planned happens any more. */
  stop(): void;
}

/**
 * A gateway process that has just started: it manages nothing, and nobody is subscribed.
 * @param onSessionEnd tells the world that a device has lost its session
 */
export function createEmulatedGateway(
  surroundings: EmulatedGatewayOptions,
  onSessionEnd: (deviceID: number) => void = () => {},
): EmulatedGateway {
  const { clock, assumptions, journal, settings = settingsOf() } = surroundings;
  const { flaws = new StreamFlaws(), faults = noFaults } = surroundings;
  const { dialInStaysListed } = assumptions;
  const statusFeed = new StatusFeed({ journal, flaws });
  const managed = new ManagedList({ feed: statusFeed, clock, journal, dialInStaysListed });
  const onEnd = (deviceID: number, redialMs: number) => {
    asyncConnections.redial(deviceID, redialMs);
    onSessionEnd(deviceID);
  };
  const sessions = new Sessions({ managed, clock, settings, onEnd });
  const slaves = new SlaveList();
  const asyncConnections = new AsyncConnections({ ...surroundings, settings, faults, managed, sessions, slaves });
  return {
    ...surroundings,
    settings,
    flaws,
    faults,
    gates: { calls: new Gate(), streams: new Gate() },
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
