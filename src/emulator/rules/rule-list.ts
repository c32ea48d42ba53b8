import type { FaultRule, FaultRules, RuleReport } from './fault-rule.ts';
import { parseRule } from './parse-rule.ts';
import { RuleInForce, type RuleSurroundings } from './rule-in-force.ts';

/** The rules in force, in the order in which they came. */
export class RuleList implements FaultRules {
  readonly #surroundings: RuleSurroundings;
  readonly #rules = new Map<string, RuleInForce>();
  #named = 0;

  constructor(surroundings: RuleSurroundings) {
    this.#surroundings = surroundings;
  }

  /** Whether there is none. */
  get isEmpty(): boolean {
    return this.#rules.size === 0;
  }

  /** All of them. */
  all(): Iterable<RuleInForce> {
    return this.#rules.values();
  }

  add(json: FaultRule): RuleReport {
    const rule = parseRule(json, this.#surroundings);
    const id = rule.id ?? this.#newID();
    if (this.#rules.has(id)) throw new RangeError(`rule: "id": there is a rule ${JSON.stringify(id)} already`);
    const inForce = new RuleInForce(id, rule, this.#surroundings);
    this.#rules.set(id, inForce);
    this.#note(id, 'added');
    inForce.start();
    return inForce.report();
  }

  list(): RuleReport[] {
    return [...this.#rules.values()].map((rule) => rule.report());
  }

  remove(id: string): boolean {
    const rule = this.#rules.get(id);
    if (!rule) return false;
    this.#rules.delete(id);
    this.#note(id, 'removed');
    rule.end();
    return true;
  }

  clear(): void {
    for (const id of [...this.#rules.keys()]) this.remove(id);
    this.#named = 0;
  }

  /** A name that no rule has. */
  #newID(): string {
    do this.#named += 1;
    while (this.#rules.has(`rule-${this.#named}`));
    return `rule-${this.#named}`;
  }

  #note(id: string, what: 'added' | 'removed'): void {
    this.#surroundings.journal.add({ kind: 'rule', id, what, deviceIDs: [] });
  }
}
