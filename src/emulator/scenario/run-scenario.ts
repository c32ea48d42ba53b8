import type { Emulator } from '../runtime/emulator.ts';
import { Expectation } from './expectation.ts';
import type { Scenario, Step } from './scenario.ts';

/**
 * How it stands with a step: `waiting` until it has happened as often as it is to, then `done`, or `failed` where it
 * could not be done. What is expected is `open` as long as there is time, `met`, or `unmet`.
 */
export type StepState = 'waiting' | 'done' | 'failed' | 'open' | 'met' | 'unmet';

/** A step of a scenario that goes on, or is over. */
export interface StepReport {
  /** Its number, from 1. */
  readonly step: number;
  /** Its verb. */
  readonly do: string;
  /** How often it has happened, and is to. */
  readonly happened: number;
  readonly times: number;
  readonly state: StepState;
  /** Why it failed, is unmet, or is still open. */
  readonly message: string | undefined;
}

/** A scenario that goes on, or is over. */
export interface ScenarioRun {
  /** All steps, as they stand now. */
  report(): StepReport[];
  /** The numbers of the steps that have not happened yet as often as they are to, from 1. */
  unfinished(): number[];
  /** Lets nothing of it happen any more, and looks no more for what it expects; what has been done stays done. */
  stop(): void;
}

/** Lets a scenario happen, its time counted from now; it ends with the emulator. */
export function runScenario(emulator: Emulator, { steps }: Scenario): ScenarioRun {
  const plays = steps.map((step, index) => new StepPlay(step, index + 1, emulator));
  for (const one of plays) one.start();
  return {
    report: () => plays.map((one) => one.report()),
    unfinished: () => plays.filter((one) => one.isWaiting).map(({ number }) => number),
    stop: () => {
      for (const one of plays) one.stop();
    },
  };
}

class StepPlay {
  readonly number: number;
  readonly #step: Step;
  readonly #emulator: Emulator;
  readonly #expectations: Expectation[] = [];
  #happened = 0;
  #cancel = () => {};
  #failure: string | undefined;

  constructor(step: Step, number: number, emulator: Emulator) {
    this.#step = step;
    this.number = number;
    this.#emulator = emulator;
  }

  get isWaiting(): boolean {
    return this.#happened < this.#step.times;
  }

  start(): void {
    this.#cancel = this.#emulator.clock.after(this.#step.atMs, this.#happen);
  }

  stop(): void {
    this.#cancel();
    for (const expectation of this.#expectations) expectation.stop();
  }

  report(): StepReport {
    const { name, times } = this.#step;
    const wanting = this.#expectations.find((expectation) => expectation.whyUnmet() !== undefined);
    const message = this.#failure ?? wanting?.whyUnmet();
    return { step: this.number, do: name, happened: this.#happened, times, state: this.#state(wanting), message };
  }

  #state(wanting: Expectation | undefined): StepState {
    if (this.#failure !== undefined) return 'failed';
    if (wanting) return wanting.isOver ? 'unmet' : 'open';
    if (this.isWaiting) return 'waiting';
    return this.#expectations.length > 0 ? 'met' : 'done';
  }

  readonly #happen = (): void => {
    const { verb, values, everyMs } = this.#step;
    this.#happened += 1;
    if (this.isWaiting && everyMs !== undefined) this.#cancel = this.#emulator.clock.after(everyMs, this.#happen);
    try {
      const begun: unknown = verb.run(this.#emulator, values as never);
      if (begun instanceof Expectation) this.#expectations.push(begun);
    } catch (error) {
      // A device may have been taken away since the scenario was read. The other steps go on.
      this.#failure ??= (error as Error).message;
    }
  };
}
