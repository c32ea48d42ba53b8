import type { DescService } from '@bufbuild/protobuf';
import { applyCallFault } from '../rules/apply-call-fault.ts';
import type { FaultHooks } from '../rules/fault-hooks.ts';
import type { CallContext, Handlers } from '../server/serve.ts';
import type { Gate } from './gate.ts';

/** The two doors of a gateway process: calls that have one answer, and streams. */
export interface Gates {
  readonly calls: Gate;
  readonly streams: Gate;
}

type Unary = (request: object, context: CallContext) => Promise<object>;
type Streaming = (request: object, context: CallContext) => AsyncIterable<object>;

/** What stands between calls and their handlers. */
export interface Obstacles {
  readonly gates: Gates;
  readonly faults: FaultHooks;
}

/**
 * Handlers whose requests and answers pass through gates: while those are shut, nothing is done and nothing said. What
 * a rule says of a call becomes of it behind them.
 */
export function withFaults<S extends DescService>(
  service: S,
  handlers: Handlers<S>,
  { gates, faults }: Obstacles,
): Handlers<S> {
  const pairs = Object.entries<Unary & Streaming>(handlers as Record<string, never>);
  const behindGates = pairs.map(([name, handler]) => {
    const isStream = service.method[name]?.methodKind === 'server_streaming';
    return [name, isStream ? streaming(handler, gates.streams, faults) : unary(handler, gates.calls, faults)];
  });
  return Object.fromEntries(behindGates);
}

const unary =
  (handler: Unary, gate: Gate, faults: FaultHooks): Unary =>
  async (request, context) => {
    await gate.pass(context.signal);
    context.signal.throwIfAborted();
    const fault = faults.call(context.rpc, request);
    const carryOut = () => handler(request, context);
    try {
      return await (fault ? applyCallFault(fault, carryOut, context.signal) : carryOut());
    } finally {
      await gate.pass(context.signal);
    }
  };

const streaming = (handler: Streaming, gate: Gate, faults: FaultHooks): Streaming =>
  async function* (request, context) {
    const held = gate.pass(context.signal);
    // Not awaited in vain: a subscription counts from the call on, before any other call is answered.
    if (held) await held;
    const fault = faults.call(context.rpc, request);
    try {
      if (fault) await applyCallFault(fault, async () => {}, context.signal);
      for await (const message of handler(request, context)) {
        await gate.pass(context.signal);
        yield message;
      }
    } finally {
      await gate.pass(context.signal);
    }
  };
