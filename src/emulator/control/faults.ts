import type { JsonObject } from '@bufbuild/protobuf';
import { NotFoundError } from '../input/not-found-error.ts';
import type { FaultRule, FaultRules, RuleReport } from '../rules/fault-rule.ts';
import { toControlError } from './refused.ts';
import type { ControlTargets } from './targets.ts';

/** Puts rules in force, all or none. */
export const addFaults =
  ({ emulator }: ControlTargets) =>
  async ({ rules }: { rules: JsonObject[] }) =>
    toControlError(() => {
      if (rules.length === 0) throw new RangeError('rules: expected one at least');
      return { faults: addAll(rules, emulator.rules).map(faultMessage) };
    });

function addAll(rules: readonly object[], inForce: FaultRules): RuleReport[] {
  const added: RuleReport[] = [];
  try {
    for (const rule of rules) added.push(inForce.add(rule as FaultRule));
    return added;
  } catch (error) {
    for (const { id } of added) inForce.remove(id);
    throw error;
  }
}

/** Lists the rules in force. */
export const listFaults =
  ({ emulator }: ControlTargets) =>
  async () => ({ faults: emulator.rules.list().map(faultMessage) });

/** Takes rules back, all that are named or none. */
export const removeFaults =
  ({ emulator }: ControlTargets) =>
  async ({ ids, all }: { ids: string[]; all: boolean }) =>
    toControlError(() => {
      if (all === ids.length > 0) throw new RangeError('ids: expected some, or "all": true');
      const inForce = emulator.rules.list();
      const missing = ids.find((id) => !inForce.some((rule) => rule.id === id));
      if (missing !== undefined) throw new NotFoundError(`no rule ${JSON.stringify(missing)} is in force`);
      const meant = inForce.filter(({ id }) => all || ids.includes(id));
      for (const { id } of meant) emulator.rules.remove(id);
      return { faults: meant.map(faultMessage) };
    });

const faultMessage = ({ rule, ...report }: RuleReport) => ({ ...report, rule: asJson(rule) });

/** The rule as it was written, without what it leaves out. */
const asJson = (rule: FaultRule): JsonObject => JSON.parse(JSON.stringify(rule));
