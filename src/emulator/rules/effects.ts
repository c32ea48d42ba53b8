import { Connect } from '../../gen/connect_pb.ts';
import { Device } from '../../gen/device_pb.ts';
import { Network } from '../../gen/network_pb.ts';
import { type Code, codes } from '../faults/faults.ts';
import { count, duration, flag, oneOf, optional, type Reader, text, type Values } from '../input/validators.ts';
import type { EffectName } from './fault-rule.ts';

/** Where an effect takes hold. */
export type Point = 'link' | 'dial' | 'command' | 'call';

interface EffectKind {
  readonly point: Point;
  /** The methods in which it can. */
  readonly methods: readonly string[];
  /** What it has to be told. */
  readonly keys: Readonly<Record<string, Reader<unknown>>>;
}

const all = [Connect, Device, Network].flatMap((service) => service.methods.map(({ name }) => name));
const dialling = ['Connect', 'AddAsyncConnection'];
const commanding = [
  ...['GetInfo', 'GetCapabilityInfo', 'GetIPConfig', 'SetSlaveDevice'],
  ...['SetConnectionMode', 'EnableSSL', 'DisableSSL'].flatMap((name) => [name, `${name}Multi`]),
];

const failures = codes.filter((code): code is Exclude<Code, 'OK'> => code !== 'OK');
const failure = { code: oneOf(...failures), text: optional(text) };
const carriedOut = optional(flag);

/** Every effect: where it takes hold, and what it has to be told. */
export const effectKinds = {
  linkDown: {
    point: 'link',
    methods: all,
    keys: { how: optional(oneOf('silent', 'fin', 'rst')), lasts: optional(duration) },
  },
  refuse: { point: 'dial', methods: dialling, keys: {} },
  blackHole: { point: 'dial', methods: dialling, keys: {} },
  slowHandshake: { point: 'dial', methods: dialling, keys: { handshake: duration } },
  certificateMismatch: { point: 'dial', methods: dialling, keys: {} },
  wrongDevice: { point: 'dial', methods: dialling, keys: { otherDeviceID: optional(count(1)) } },
  code: { point: 'call', methods: all, keys: { ...failure, carriedOut } },
  deviceError: { point: 'command', methods: ['Connect', ...commanding], keys: failure },
  hang: { point: 'call', methods: all, keys: { carriedOut } },
  notSupported: { point: 'command', methods: commanding, keys: {} },
} as const satisfies Record<EffectName, EffectKind>;

type Kinds = typeof effectKinds;

/** An effect with what it was told. */
export type Effect = {
  readonly [Name in EffectName]: { readonly kind: Name } & Values<Kinds[Name]['keys']>;
}[EffectName];

/** The effects that take hold at a point. */
export type EffectAt<P extends Point> = Extract<
  Effect,
  { kind: { [Name in EffectName]: Kinds[Name]['point'] extends P ? Name : never }[EffectName] }
>;

/** Whether an effect takes hold at a point. */
export const isAt = <P extends Point>(point: P, effect: Effect): effect is EffectAt<P> =>
  effectKinds[effect.kind].point === point;
