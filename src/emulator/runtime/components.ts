import { CallLog } from '../calls/call-log.ts';
import type { Clock } from '../clock/clock.ts';
import { type ClosableClock, closableClock } from '../clock/closable.ts';
import { realClock } from '../clock/real.ts';
import { StreamFlaws } from '../faults/stream-flaws.ts';
import { toBehaviorSwitches } from '../fidelity/behavior-switches.ts';
import { settingsOf } from '../gateway-process/settings.ts';
import { checkedSeed, defaultSeed } from '../input/seed.ts';
import { FaultInjector } from '../rules/fault-injector.ts';
import { RuleList } from '../rules/rule-list.ts';
import { type Certificates, makeCertificates } from '../server/certificates.ts';
import { tutorialFleet } from '../world/tutorial-fleet.ts';
import { World } from '../world/world.ts';
import type { EmulatorOptions } from './emulator.ts';
import { EventLog } from './event-log.ts';
import { Simulation } from './simulation.ts';

/** What an emulator is made of, before anybody can call it. */
export interface Components {
  readonly world: World;
  readonly seed: number;
  /** As it was handed in. */
  readonly ownClock: Clock;
  /** The same time, with an end of its own. */
  readonly clock: ClosableClock;
  readonly certificates: Certificates;
  readonly settings: ReturnType<typeof settingsOf>;
  readonly assumptions: ReturnType<typeof toBehaviorSwitches>;
  readonly journal: EventLog;
  readonly calls: CallLog;
  readonly flaws: StreamFlaws;
  readonly rules: RuleList;
  readonly site: Simulation;
}

/** Makes the parts. @throws RangeError for a fleet, a version or a seed that cannot be */
export async function createComponents(options: EmulatorOptions): Promise<Components> {
  const { journalSize = 100_000, callsSize = 10_000 } = options;
  const seed = checkedSeed(options.seed ?? defaultSeed);
  const ownClock = options.clock ?? realClock();
  const clock = closableClock(ownClock);
  const world = new World(options.fleet ?? tutorialFleet, options.gatewayIPAddr);
  const certificates = await makeCertificates(options.certificates);
  const settings = settingsOf(options.gatewayVersion, options.gatewayConfig);
  const assumptions = toBehaviorSwitches(settings, options.assumptions);
  const journal = new EventLog(clock, journalSize);
  const flaws = new StreamFlaws();
  const rules = new RuleList({
    ...{ world, clock, journal, seed },
    unplug: (deviceID, how) => site.unplug(deviceID, how),
    plug: (deviceID) => site.plug(deviceID),
  });
  const faults = new FaultInjector(rules, world);
  const site = new Simulation({ world, clock, assumptions, settings, journal, flaws, faults });
  const calls = new CallLog(clock, callsSize);
  return { world, seed, ownClock, clock, certificates, settings, assumptions, journal, calls, flaws, rules, site };
}
