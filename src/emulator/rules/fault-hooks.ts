import type { Endpoint } from '../gateway-process/dial.ts';
import type { DialTrouble } from '../gateway-process/dial-attempt.ts';
import type { RpcError } from '../services/rpc-error.ts';
import type { Device } from '../world/device.ts';
import type { EffectAt } from './effects.ts';

/** The places in the gateway where rules act: each is asked once for each thing that could go wrong. */
export interface FaultHooks {
  /** A call has come in: what its answer suffers from. */
  call(rpc: string, request: object): EffectAt<'call'> | undefined;
  /** The gateway begins to dial: what goes wrong with that. */
  dial(rpc: string, endpoint: Endpoint): DialTrouble | undefined;
  /** A device begins to dial the gateway: what goes wrong with that. */
  dialIn(device: Device): DialTrouble | undefined;
  /** A device that has a session gets a command: the error that it answers with. */
  command(rpc: string, deviceID: number): RpcError | undefined;
}

/** Where nothing goes wrong. */
export const noFaults: FaultHooks = {
  call: () => undefined,
  dial: () => undefined,
  dialIn: () => undefined,
  command: () => undefined,
};
