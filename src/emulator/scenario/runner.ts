import type { Emulator } from '../runtime/emulator.ts';
import { runScenario, type ScenarioRun, type StepReport } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';

/** A scenario that has begun. */
export interface Run {
  /** Its number, from 1. */
  readonly number: number;
  readonly name: string;
  /** When it began, in milliseconds since the Unix epoch of the emulated clock. */
  readonly time: number;
  readonly isStopped: boolean;
  /** All steps, as they stand now. */
  readonly report: () => StepReport[];
}

/** The scenarios that have begun. */
export class Runner {
  readonly #emulator: () => Emulator;
  #runs: (Run & { isStopped: boolean; readonly performance: ScenarioRun })[] = [];

  /** @param emulator asked when a scenario begins */
  constructor(emulator: () => Emulator) {
    this.#emulator = emulator;
  }

  /** All of them, in the order in which they began. */
  get runs(): readonly Run[] {
    return this.#runs;
  }

  /** Lets a scenario begin now, under a name that is for people. */
  run(scenario: Scenario, name: string): Run {
    const emulator = this.#emulator();
    const time = Math.floor(emulator.clock.now());
    const performance = runScenario(emulator, scenario);
    const run = {
      number: this.#runs.length + 1,
      name,
      time,
      isStopped: false,
      report: performance.report,
      performance,
    };
    this.#runs.push(run);
    return run;
  }

  /** Lets nothing of a scenario happen any more, or of all of them; those that were stopped. */
  stop(number?: number): Run[] {
    const meant = this.#runs.filter((run) => number === undefined || run.number === number);
    for (const run of meant) {
      run.performance.stop();
      run.isStopped = true;
    }
    return meant;
  }

  /** Stops and forgets all of them. */
  clear(): void {
    this.stop();
    this.#runs = [];
  }
}
