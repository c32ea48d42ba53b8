import { type Code, codes, type ResetCode, resetCodes, type StreamEnd } from '../faults/faults.ts';
import { count, devices, duration, flag, list, oneOf, optional, type Reader, text } from '../input/validators.ts';
import type { FaultRule } from '../rules/fault-rule.ts';
import { parseRule } from '../rules/parse-rule.ts';
import { type ActionDefinition, defineAction } from './action.ts';
import { conditionKeys, flawOf } from './conditions.ts';
import { deviceActions } from './device-actions.ts';
import { Expectation } from './expectation.ts';

/** A rule that could be added now; it is read again when it is. */
const faultRule: Reader<FaultRule> = (value, context) => {
  parseRule(value, context, context.place);
  return value as FaultRule;
};

const end = optional(oneOf('fin', 'rst'));

/** Every defineAction of a scenario by its name, which is that of the method it calls. */
export const actions: Readonly<Record<string, ActionDefinition>> = {
  ...deviceActions,
  restartGateway: defineAction({ remembers: optional(flag) }, (emulator, { remembers }) =>
    emulator.restartGateway(remembers),
  ),
  crash: defineAction(
    { down: optional(duration), how: end, remembers: optional(flag) },
    ({ faults }, { down, how, remembers }) => faults.crash({ downMs: down, how, remembers }),
  ),
  freeze: defineAction(
    { what: optional(oneOf('everything', 'streams')), for: optional(duration) },
    ({ faults, clock }, { what, for: forMs }) => {
      faults.freeze(what);
      if (forMs !== undefined) clock.after(forMs, () => faults.thaw());
    },
  ),
  thaw: defineAction({}, ({ faults }) => faults.thaw()),
  dropStreams: defineAction(
    { code: optional(oneOf(...codes)), text: optional(text), rst: optional(oneOf(...resetCodes)) },
    ({ faults }, values) => faults.dropStreams(streamEnd(values)),
  ),
  dropConnections: defineAction({ how: end }, ({ faults }, { how }) => faults.dropConnections(how)),
  goAway: defineAction(
    { grace: optional(duration), freezeStreams: optional(flag) },
    ({ faults }, { grace, freezeStreams }) => faults.goAway({ graceMs: grace, freezeStreams }),
  ),
  rotateCertificate: defineAction(
    { newRoot: optional(flag), expired: optional(flag), names: optional(list(text)) },
    ({ faults }, options) => faults.rotateCertificate(options),
  ),
  burst: defineAction(
    { changes: count(1), deviceIDs: optional(devices), perSecond: optional(count(1)) },
    ({ faults }, options) => faults.burst(options),
  ),
  registerLate: defineAction({ late: duration }, ({ faults }, { late }) => faults.registerLate(late)),
  limitQueues: defineAction({ size: count(0) }, ({ faults }, { size }) => faults.limitQueues(size)),
  loseChanges: defineAction({ count: count(0) }, ({ faults }, values) => faults.loseChanges(values.count)),
  duplicateChanges: defineAction({ count: count(0) }, ({ faults }, values) => faults.duplicateChanges(values.count)),
  fault: defineAction({ rule: faultRule }, ({ rules }, { rule }) => rules.add(rule)),
  removeFault: defineAction({ id: text }, ({ rules }, { id }) => rules.remove(id)),
  clearFaults: defineAction({}, ({ rules }) => rules.clear()),
  clear: defineAction({}, ({ faults }) => faults.clear()),
  expect: defineAction(
    { ...conditionKeys, within: optional(duration) },
    (emulator, { within = 0, ...conditions }) => new Expectation(emulator, conditions, within),
    ({ within: _, ...conditions }) => flawOf(conditions),
  ),
};

function streamEnd(end: {
  code: Code | undefined;
  text: string | undefined;
  rst: ResetCode | undefined;
}): StreamEnd | undefined {
  if (end.rst !== undefined) return { rst: end.rst };
  return end.code === undefined ? undefined : { code: end.code, text: end.text };
}
