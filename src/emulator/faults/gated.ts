import type { DescService } from '@bufbuild/protobuf';
import type { CallContext, Handlers } from '../server/serve.ts';
import type { Gate } from './gate.ts';

/** The two doors of a gateway process: calls that have one answer, and streams. */
export interface Gates {
  readonly calls: Gate;
  readonly streams: Gate;
}

type Unary = (request: object, context: CallContext) => Promise<object>;
type Streaming = (request: object, context: CallContext) => AsyncIterable<object>;

/** Handlers whose requests and answers pass through gates: while those are shut, nothing is done and nothing said. */
export function gated<S extends DescService>(
  service: S,
  handlers: Handlers<S>,
  { calls, streams }: Gates,
): Handlers<S> {
  const pairs = Object.entries<Unary & Streaming>(handlers as Record<string, never>);
  const behindGates = pairs.map(([name, handler]) => {
    const isStream = service.method[name]?.methodKind === 'server_streaming';
    return [name, isStream ? streaming(handler, streams) : unary(handler, calls)];
  });
  return Object.fromEntries(behindGates);
}

const unary =
  (handler: Unary, gate: Gate): Unary =>
  async (request, context) => {
    await gate.pass(context.signal);
    context.signal.throwIfAborted();
    try {
      return await handler(request, context);
    } finally {
      await gate.pass(context.signal);
    }
  };

const streaming = (handler: Streaming, gate: Gate): Streaming =>
  async function* (request, context) {
    const held = gate.pass(context.signal);
    // Not awaited in vain: a subscription counts from the call on, before any other call is answered.
    if (held) await held;
    try {
      for await (const message of handler(request, context)) {
        await gate.pass(context.signal);
        yield message;
      }
    } finally {
      await gate.pass(context.signal);
    }
  };
