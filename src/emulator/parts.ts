import { assumptionsOf } from './assumptions.ts';
import { CallLog } from './calls/call-log.ts';
import { type Certificates, makeCertificates } from './certificates.ts';
import type { Clock } from './clock/clock.ts';
import { type ClosableClock, closableClock } from './clock/closable.ts';
import { realClock } from './clock/real.ts';
import type { EmulatorOptions } from './emulator.ts';
import { StreamFlaws } from './faults/stream-flaws.ts';
import { settingsOf } from './gateway/settings.ts';
import { Journal } from './journal.ts';
import { RuleList } from './rules/rule-list.ts';
import { RulePoints } from './rules/rule-points.ts';
import { checkedSeed, defaultSeed } from './seed.ts';
import { Site } from './site.ts';
import { tutorialFleet } from './world/tutorial-fleet.ts';
import { World } from './world/world.ts';

/** What an emulator is made of, before anybody can call it. */
export interface Parts {
  readonly world: World;
  readonly seed: number;
  /** As it was handed in. */
  readonly ownClock: Clock;
  /** The same time, with an end of its own. */
  readonly clock: ClosableClock;
  readonly certificates: Certificates;
  readonly settings: ReturnType<typeof settingsOf>;
  readonly assumptions: ReturnType<typeof assumptionsOf>;
  readonly journal: Journal;
  readonly calls: CallLog;
  readonly flaws: StreamFlaws;
  readonly rules: RuleList;
  readonly site: Site;
}

/** Makes the parts. @throws RangeError for a fleet, a version or a seed that cannot be */
export async function makeParts(options: EmulatorOptions): Promise<Parts> {
  const { journalSize = 100_000, callsSize = 10_000 } = options;
  const seed = checkedSeed(options.seed ?? defaultSeed);
  const ownClock = options.clock ?? realClock();
  const clock = closableClock(ownClock);
  const world = new World(options.fleet ?? tutorialFleet, options.gatewayIPAddr);
  const certificates = await makeCertificates(options.certificates);
  const settings = settingsOf(options.gatewayVersion, options.gatewayConfig);
  const assumptions = assumptionsOf(settings, options.assumptions);
  const journal = new Journal(clock, journalSize);
  const flaws = new StreamFlaws();
  const rules = new RuleList({
    ...{ world, clock, journal, seed },
    unplug: (deviceID, how) => site.unplug(deviceID, how),
    plug: (deviceID) => site.plug(deviceID),
  });
  const faults = new RulePoints(rules, world);
  const site = new Site({ world, clock, assumptions, settings, journal, flaws, faults });
  const calls = new CallLog(clock, callsSize);
  return { world, seed, ownClock, clock, certificates, settings, assumptions, journal, calls, flaws, rules, site };
}
