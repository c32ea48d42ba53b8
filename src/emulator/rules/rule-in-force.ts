import type { Clock } from '../clock/clock.ts';
import { type ClosableClock, closableClock } from '../clock/closable.ts';
import type { EventLog } from '../runtime/event-log.ts';
import { isAwaited } from './awaited-event.ts';
import { DownLinks, type Links } from './down-links.ts';
import { effectKinds } from './effects.ts';
import type { RuleReport } from './fault-rule.ts';
import type { Rule } from './parse-rule.ts';
import { TriggerState } from './trigger-state.ts';

/** What rules work with. */
export interface RuleSurroundings extends Links {
  readonly clock: Clock;
  readonly journal: EventLog;
  readonly seed: number;
}

/** A rule that has been added: whom it concerns, when it fires, and what it does by itself. */
export class RuleInForce {
  readonly id: string;
  readonly rule: Rule;
  readonly #journal: EventLog;
  readonly #clock: ClosableClock;
  readonly #turns: TriggerState;
  readonly #downLinks: DownLinks;
  readonly #addedMs: number;
  #unfollow: (() => void) | undefined;

  constructor(id: string, rule: Rule, surroundings: RuleSurroundings) {
    this.id = id;
    this.rule = rule;
    this.#journal = surroundings.journal;
    this.#clock = closableClock(surroundings.clock);
    this.#turns = new TriggerState(rule.trigger, { seed: surroundings.seed, id });
    this.#downLinks = new DownLinks(surroundings);
    this.#addedMs = this.#clock.now();
  }

  report(): RuleReport {
    const { fired, matched } = this.#turns;
    return { id: this.id, fired, matched, rule: this.rule.json };
  }

  /** Begins to wait for its event or its time, if it does. */
  start(): void {
    const { on, actsByItself, trigger } = this.rule;
    if (on) this.#await();
    if (!actsByItself) return;
    const act = () => this.#act([...(this.rule.deviceIDs ?? [])]);
    if (!on && trigger.fromMs > 0) this.#clock.after(trigger.fromMs, act);
    if (!on && trigger.fromMs === 0) act();
    if (trigger.untilMs < Number.POSITIVE_INFINITY) this.#clock.after(trigger.untilMs, () => this.#downLinks.putBack());
  }

  /** Ends everything that it has begun. */
  end(): void {
    this.#unfollow?.();
    this.#clock.close();
    this.#downLinks.putBack();
  }

  /** Of the devices of a call those whom it concerns; undefined if it has nothing to do with that call. */
  concerned(rpc: string | undefined, deviceIDs: readonly number[]): readonly number[] | undefined {
    const { rpc: wanted, effect, deviceIDs: own } = this.rule;
    const isMethod = rpc === undefined ? wanted === undefined : this.#isMethod(rpc);
    if (!isMethod) return undefined;
    if (!own) return deviceIDs;
    if (deviceIDs.length === 0) return effect.kind === 'linkDown' ? [...own] : undefined;
    const concerned = deviceIDs.filter((deviceID) => own.has(deviceID));
    return concerned.length === 0 ? undefined : concerned;
  }

  /** Counts an occasion and decides: for whom the rule fires, undefined if it does not. */
  fires(deviceIDs: readonly number[]): readonly number[] | undefined {
    const fired = this.#turns.take(this.#ageMs(), deviceIDs);
    if (fired) this.#journal.add({ kind: 'rule', id: this.id, what: 'fired', deviceIDs: fired });
    return fired;
  }

  /** Counts an occasion of which another rule has decided. */
  pass(): void {
    this.#turns.pass(this.#ageMs());
  }

  /** Takes links down, for as long as the rule says. */
  takeDown(deviceIDs: readonly number[]): void {
    const { effect } = this.rule;
    if (effect.kind !== 'linkDown') return;
    this.#downLinks.takeDown(deviceIDs, effect.how ?? 'silent');
    if (effect.lasts !== undefined) this.#clock.after(effect.lasts, () => this.#downLinks.putBack(deviceIDs));
  }

  #isMethod(rpc: string): boolean {
    const { rpc: wanted, effect } = this.rule;
    const methods: readonly string[] = effectKinds[effect.kind].methods;
    return wanted === undefined ? methods.includes(rpc) : wanted === rpc;
  }

  #await(): void {
    const { on, actsByItself, deviceIDs } = this.rule;
    if (!on) return;
    const pattern = { ...on, deviceIDs: on.kind === 'gateway' ? undefined : (on.deviceIDs ?? deviceIDs) };
    this.#unfollow = this.#journal.follow((entry) => {
      if (!isAwaited(pattern, entry)) return;
      this.#turns.arm();
      // Not here and now: the journal tells in the middle of what happens.
      if (actsByItself) this.#clock.after(0, () => this.#act(this.#targets(entry)));
    });
  }

  /** Whose link an event takes down: those of the rule, or of them the one that it happened to. */
  #targets(event: object): readonly number[] {
    const { deviceIDs, on } = this.rule;
    const isOwn = 'deviceID' in event && typeof event.deviceID === 'number' && !(on?.deviceIDs && deviceIDs);
    return isOwn ? [event.deviceID as number] : [...(deviceIDs ?? [])];
  }

  #act(deviceIDs: readonly number[]): void {
    const fired = this.fires(deviceIDs);
    if (fired) this.takeDown(fired);
  }

  #ageMs(): number {
    return this.#clock.now() - this.#addedMs;
  }
}
