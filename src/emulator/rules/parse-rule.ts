import {
  count,
  devices,
  duration,
  oneOf,
  optional,
  type Reader,
  readKeys,
  type Setting,
  share,
  text,
  toObject,
} from '../input/validators.ts';
import { awaitedEvent, type EventPattern } from './awaited-event.ts';
import { type Effect, effectKinds } from './effects.ts';
import type { EffectName, FaultRule } from './fault-rule.ts';
import type { Trigger } from './trigger-state.ts';

/** A rule that has been checked. */
export interface Rule {
  readonly id: string | undefined;
  /** The method that it waits for; undefined for any, or none. */
  readonly rpc: string | undefined;
  /** Whom it concerns; undefined for everybody. */
  readonly deviceIDs: ReadonlySet<number> | undefined;
  readonly effect: Effect;
  readonly trigger: Trigger;
  /** What it waits for. */
  readonly on: EventPattern | undefined;
  /** Whether it acts by itself, not upon a call. */
  readonly actsByItself: boolean;
  /** As it was written. */
  readonly json: FaultRule;
}

const window: Reader<{ from: number; to: number } | undefined> = (value, context) => {
  if (value === undefined) return undefined;
  const { from, to } = readKeys(value, { keys: { from: duration, to: duration }, what: 'a window' }, context);
  if (from >= to) throw new RangeError(`${context.place}: expected "from" before "to"`);
  return { from, to };
};

const effectNames = Object.keys(effectKinds) as EffectName[];

const commonKeys = {
  id: optional(text),
  rpc: optional(text),
  deviceIDs: optional(devices),
  effect: oneOf(...effectNames),
  at: optional(duration),
  window,
  on: awaitedEvent,
  every: optional(count(1)),
  nth: optional(count(1)),
  times: optional(count(1)),
  rate: optional(share),
};

/**
 * Reads a rule, a {@link FaultRule} in JSON.
 *
 * @param setting the devices that it may name, and the seed by which some are selected
 * @param place how messages name it
 * @throws RangeError naming the key
 */
export function parseRule(value: unknown, setting: Setting, place = 'rule'): Rule {
  const context = { place, world: setting.world, seed: setting.seed };
  const json = toObject(value, place);
  const kind = commonKeys.effect(json.effect, { ...context, place: `${place}: "effect"` });
  const effectKeys: Readonly<Record<string, Reader<unknown>>> = effectKinds[kind].keys;
  const values = readKeys(json, { keys: { ...effectKeys, ...commonKeys }, what: kind }, context);
  const { id, deviceIDs, on, every, nth, times, rate } = values;
  const rpc = methodOf(values.rpc, kind, place);
  const effect = { kind, ...Object.fromEntries(Object.keys(effectKeys).map((key) => [key, Reflect.get(values, key)])) };
  const rule = {
    id,
    rpc: rpc === '*' ? undefined : rpc,
    deviceIDs: deviceIDs && new Set(deviceIDs),
    effect: effect as Effect,
    trigger: {
      fromMs: values.window?.from ?? values.at ?? 0,
      untilMs: values.window?.to ?? Number.POSITIVE_INFINITY,
      ...{ isAwaited: on !== undefined, every, nth, times, rate },
    },
    on,
    actsByItself: kind === 'linkDown' && rpc === undefined,
    json: { ...(value as FaultRule) },
  };
  const flaw = flaws.find(([isFlawed]) => isFlawed(rule, setting));
  if (flaw) throw new RangeError(`${place}: ${flaw[1]}`);
  return rule;
}

function methodOf(rpc: string | undefined, kind: EffectName, place: string): string | undefined {
  const methods: readonly string[] = effectKinds[kind].methods;
  if (rpc === undefined || rpc === '*' || methods.includes(rpc)) return rpc;
  const known = `* or one of ${methods.join(', ')}`;
  throw new RangeError(`${place}: "rpc": ${kind} takes hold in ${known}; got ${JSON.stringify(rpc)}`);
}

const has = (key: keyof FaultRule) => (rule: Rule) => rule.json[key] !== undefined;

const both = (one: keyof FaultRule, other: keyof FaultRule) => (rule: Rule) => has(one)(rule) && has(other)(rule);

/** What makes no sense together, and how that is said. */
const flaws: readonly (readonly [(rule: Rule, setting: Setting) => boolean, string])[] = [
  [({ id }) => id === '', '"id": expected a name'],
  [({ effect }) => effect.kind === 'linkDown' && effect.lasts === 0, '"lasts": expected a duration above zero'],
  [both('at', 'window'), '"at" beside "window"'],
  [both('every', 'nth'), '"every" beside "nth"'],
  [
    (rule) => rule.actsByItself && !rule.on && (has('every')(rule) || has('nth')(rule)),
    '"every" and "nth" need something to count: "rpc" or "on"',
  ],
  [
    ({ actsByItself, deviceIDs, on }) => actsByItself && !deviceIDs && (!on || on.kind === 'gateway'),
    '"deviceIDs": missing; expected whose link goes down',
  ],
  [
    ({ effect }, { world }) =>
      effect.kind === 'wrongDevice' && effect.otherDeviceID !== undefined && !world.devices.has(effect.otherDeviceID),
    '"otherDeviceID": no such device in the fleet',
  ],
];
