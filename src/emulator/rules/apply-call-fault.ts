import { status } from '@grpc/grpc-js';
import { isRpcError, RpcError } from '../services/rpc-error.ts';
import type { EffectAt } from './effects.ts';

/**
 * Lets a call end as a rule says: with a status, or not at all before nobody waits for it any more.
 *
 * @param carryOut what the call is for, done first where only the answer is to be lost
 */
export async function applyCallFault(
  fault: EffectAt<'call'>,
  carryOut: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<never> {
  if (fault.carriedOut) await carryOut().catch(ignoreAnswer);
  if (fault.kind === 'code') throw new RpcError(status[fault.code], fault.text ?? '');
  return untilAborted(signal);
}

function ignoreAnswer(thrown: unknown): void {
  if (!isRpcError(thrown)) throw thrown;
}

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });
