import { type Code, codes, type ResetCode, resetCodes, type StreamEnd } from '../faults/faults.ts';
import { count, devices, duration, flag, list, oneOf, optional, type Reader, text } from '../readers.ts';
import type { FaultRule } from '../rules/fault-rule.ts';
import { parseRule } from '../rules/parse-rule.ts';
import { conditionKeys, flawOf } from './conditions.ts';
import { deviceVerbs } from './device-verbs.ts';
import { Expectation } from './expectation.ts';
import { type Verb, verb } from './verb.ts';

/** A rule that could be added now; it is read again when it is. */
const faultRule: Reader<FaultRule> = (value, context) => {
  parseRule(value, context, context.place);
  return value as FaultRule;
};

const end = optional(oneOf('fin', 'rst'));

/** Every verb of a scenario by its name, which is that of the method it calls. */
export const verbs: Readonly<Record<string, Verb>> = {
  ...deviceVerbs,
  restartGateway: verb({ remembers: optional(flag) }, (emulator, { remembers }) => emulator.restartGateway(remembers)),
  crash: verb(
    { down: optional(duration), how: end, remembers: optional(flag) },
    ({ faults }, { down, how, remembers }) => faults.crash({ downMs: down, how, remembers }),
  ),
  freeze: verb(
    { what: optional(oneOf('everything', 'streams')), for: optional(duration) },
    ({ faults, clock }, { what, for: forMs }) => {
      faults.freeze(what);
      if (forMs !== undefined) clock.after(forMs, () => faults.thaw());
    },
  ),
  thaw: verb({}, ({ faults }) => faults.thaw()),
  dropStreams: verb(
    { code: optional(oneOf(...codes)), text: optional(text), rst: optional(oneOf(...resetCodes)) },
    ({ faults }, values) => faults.dropStreams(streamEnd(values)),
  ),
  dropConnections: verb({ how: end }, ({ faults }, { how }) => faults.dropConnections(how)),
  goAway: verb({ grace: optional(duration), freezeStreams: optional(flag) }, ({ faults }, { grace, freezeStreams }) =>
    faults.goAway({ graceMs: grace, freezeStreams }),
  ),
  rotateCertificate: verb(
    { newRoot: optional(flag), expired: optional(flag), names: optional(list(text)) },
    ({ faults }, options) => faults.rotateCertificate(options),
  ),
  burst: verb(
    { changes: count(1), deviceIDs: optional(devices), perSecond: optional(count(1)) },
    ({ faults }, options) => faults.burst(options),
  ),
  registerLate: verb({ late: duration }, ({ faults }, { late }) => faults.registerLate(late)),
  limitQueues: verb({ size: count(0) }, ({ faults }, { size }) => faults.limitQueues(size)),
  loseChanges: verb({ count: count(0) }, ({ faults }, values) => faults.loseChanges(values.count)),
  duplicateChanges: verb({ count: count(0) }, ({ faults }, values) => faults.duplicateChanges(values.count)),
  fault: verb({ rule: faultRule }, ({ rules }, { rule }) => rules.add(rule)),
  removeFault: verb({ id: text }, ({ rules }, { id }) => rules.remove(id)),
  clearFaults: verb({}, ({ rules }) => rules.clear()),
  clear: verb({}, ({ faults }) => faults.clear()),
  expect: verb(
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
