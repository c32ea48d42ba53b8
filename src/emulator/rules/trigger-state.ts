import { chance } from '../input/seed.ts';

/** When a rule fires; times in emulated milliseconds, from the adding of the rule. */
export interface Trigger {
  readonly fromMs: number;
  readonly untilMs: number;
  /** Whether it waits for an event first. */
  readonly isAwaited: boolean;
  readonly every: number | undefined;
  readonly nth: number | undefined;
  readonly times: number | undefined;
  readonly rate: number | undefined;
}

/** Counts what a rule matches, and decides when it fires. */
export class TriggerState {
  /** How often there was something to match, while it could have fired. */
  matched = 0;
  /** How often it has fired. */
  fired = 0;
  readonly #trigger: Trigger;
  readonly #chance: { readonly seed: number; readonly id: string };
  readonly #matchedOf = new Map<number, number>();
  #isArmed: boolean;

  /** @param given whose turns they are, and the seed: that on which chance depends */
  constructor(trigger: Trigger, given: { readonly seed: number; readonly id: string }) {
    this.#trigger = trigger;
    this.#chance = given;
    this.#isArmed = !trigger.isAwaited;
  }

  /** The event has come that it has waited for. */
  arm(): void {
    this.#isArmed = true;
  }

  /**
   * Counts that there is something to match, `ageMs` after the rule was added, and decides.
   *
   * @param deviceIDs whom it concerns; if nobody, chance is asked once
   * @returns those for whom the rule fires; undefined if it does not
   */
  take(ageMs: number, deviceIDs: readonly number[]): readonly number[] | undefined {
    const { times = Number.POSITIVE_INFINITY } = this.#trigger;
    if (!this.pass(ageMs) || !this.#isTurn() || this.fired >= times) return undefined;
    const chosen = deviceIDs.filter((deviceID) => this.#isChosen(deviceID));
    const isFor = deviceIDs.length > 0 ? chosen.length > 0 : this.#isChosen(0);
    if (!isFor) return undefined;
    this.fired += 1;
    return chosen;
  }

  /** Counts that there is something to match, of which another rule has decided; false if it could not have fired. */
  pass(ageMs: number): boolean {
    const { fromMs, untilMs } = this.#trigger;
    if (!this.#isArmed || ageMs < fromMs || ageMs >= untilMs) return false;
    this.matched += 1;
    return true;
  }

  #isTurn(): boolean {
    const { nth, every = 1 } = this.#trigger;
    return nth === undefined ? this.matched % every === 0 : this.matched === nth;
  }

  #isChosen(deviceID: number): boolean {
    const { rate } = this.#trigger;
    if (rate === undefined) return true;
    const { seed, id } = this.#chance;
    const matched = (this.#matchedOf.get(deviceID) ?? 0) + 1;
    this.#matchedOf.set(deviceID, matched);
    return chance(seed, 'rate', id, deviceID, matched) < rate;
  }
}
