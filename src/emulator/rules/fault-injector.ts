import { status } from '@grpc/grpc-js';
import type { Endpoint } from '../gateway-process/dial.ts';
import type { DialTrouble } from '../gateway-process/dial-attempt.ts';
import { RpcError } from '../services/rpc-error.ts';
import type { Device } from '../world/device.ts';
import type { World } from '../world/world.ts';
import { type Effect, type EffectAt, isAt, type Point } from './effects.ts';
import type { FaultHooks } from './fault-hooks.ts';
import { notSupported } from './not-supported.ts';
import { findRequestDevices } from './request-devices.ts';
import type { RuleList } from './rule-list.ts';

/** What happens at one of the points. */
interface Occasion {
  /** Undefined where nobody has called. */
  readonly rpc: string | undefined;
  readonly deviceIDs: readonly number[];
}

/** The rules of a list, asked where they act. */
export class FaultInjector implements FaultHooks {
  readonly #rules: RuleList;
  readonly #world: World;

  constructor(rules: RuleList, world: World) {
    this.#rules = rules;
    this.#world = world;
  }

  call(rpc: string, request: object): EffectAt<'call'> | undefined {
    if (this.#rules.isEmpty) return undefined;
    const occasion = { rpc, deviceIDs: findRequestDevices(request, this.#world) };
    this.#takeLinksDown(occasion);
    return this.#decided('call', occasion);
  }

  dial(rpc: string, endpoint: Endpoint): DialTrouble | undefined {
    if (this.#rules.isEmpty) return undefined;
    const device = this.#world.host(endpoint.IPAddr)?.get(endpoint.port);
    const occasion = { rpc, deviceIDs: device ? [device.deviceID] : [] };
    return this.#trouble(occasion, device, endpoint.useSSL);
  }

  dialIn(device: Device): DialTrouble | undefined {
    if (this.#rules.isEmpty) return undefined;
    return this.#trouble({ rpc: undefined, deviceIDs: [device.deviceID] }, device, device.useSSL);
  }

  command(rpc: string, deviceID: number): RpcError | undefined {
    if (this.#rules.isEmpty) return undefined;
    const effect = this.#decided('command', { rpc, deviceIDs: [deviceID] });
    if (effect?.kind === 'deviceError') return new RpcError(status[effect.code], effect.text ?? '');
    return effect && notSupported(rpc, deviceID);
  }

  #trouble(occasion: Occasion, device: Device | undefined, useSSL: boolean): DialTrouble | undefined {
    const isPossible = (effect: Effect) =>
      (effect.kind !== 'certificateMismatch' || (useSSL && device?.useSSL === true)) &&
      (effect.kind !== 'wrongDevice' || (occasion.rpc !== undefined && this.#other(effect, device) !== undefined));
    const effect = this.#decided('dial', occasion, isPossible);
    if (effect?.kind === 'slowHandshake') return { kind: 'slowHandshake', handshakeMs: effect.handshake };
    if (effect?.kind !== 'wrongDevice') return effect;
    const other = this.#other(effect, device);
    return other && { kind: 'wrongDevice', device: other };
  }

  /** Who answers instead of a device: the one that the rule names, or the next one that could. */
  #other(
    { otherDeviceID }: EffectAt<'dial'> & { kind: 'wrongDevice' },
    device: Device | undefined,
  ): Device | undefined {
    if (otherDeviceID !== undefined) return this.#world.devices.get(otherDeviceID);
    let first: Device | undefined;
    let hasPassed = false;
    for (const other of this.#world.devices.values()) {
      if (other === device) hasPassed = true;
      else if (other.useSSL !== device?.useSSL || other.connectionMode !== device.connectionMode) continue;
      else if (hasPassed) return other;
      else first ??= other;
    }
    return first;
  }

  #takeLinksDown({ rpc, deviceIDs }: Occasion): void {
    for (const one of this.#rules.all()) {
      if (one.rule.effect.kind !== 'linkDown' || one.rule.actsByItself) continue;
      const concerned = one.concerned(rpc, deviceIDs);
      if (concerned && concerned.length > 0) one.takeDown(one.fires(concerned) ?? []);
    }
  }

  /** The effect of the first rule that fires; those after it only count. */
  #decided<P extends Point>(
    point: P,
    { rpc, deviceIDs }: Occasion,
    isPossible: (effect: Effect) => boolean = () => true,
  ): EffectAt<P> | undefined {
    let decided: EffectAt<P> | undefined;
    for (const one of this.#rules.all()) {
      const { effect } = one.rule;
      const concerned = isAt(point, effect) && one.concerned(rpc, deviceIDs);
      if (!concerned || !isPossible(effect)) continue;
      if (decided) one.pass();
      else if (one.fires(concerned.slice(0, 1))) decided = effect;
    }
    return decided;
  }
}
