import {
  create,
  type DescMessage,
  type DescMethod,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  type DescService,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from '@bufbuild/protobuf';
import type { Server, ServerUnaryCall, ServerWritableStream, sendUnaryData } from '@grpc/grpc-js';
import { isRpcError, toStatus } from '../services/rpc-error.ts';

/** What a handler is told about a call besides the request. */
export interface CallContext {
  /** The method, without its service. */
  readonly rpc: string;
  /** Aborted when nobody waits for the answer any more: cancelled, past its deadline, connection lost. */
  readonly signal: AbortSignal;
}

/** One async function or async generator for each RPC that a service has; those left out are unknown methods. */
export type Handlers<S extends DescService> = {
  readonly [K in keyof S['method']]?: Handler<S['method'][K]>;
};

type Handler<M> =
  M extends DescMethodUnary<infer I, infer O>
    ? (request: MessageShape<I>, context: CallContext) => Promise<MessageInitShape<O>>
    : M extends DescMethodServerStreaming<infer I, infer O>
      ? (request: MessageShape<I>, context: CallContext) => AsyncIterable<MessageInitShape<O>>
      : never;

/** Told of errors that are no answers: bugs in a handler. The client has got a neutral INTERNAL. */
export type OnBug = (error: unknown) => void;

/** How a service is offered. */
export interface ServeOptions {
  /** The full name that it has on the wire. */
  readonly name: string;
  readonly onBug: OnBug;
}

/** Registers a service of the generated code with a grpc-js server. */
export function serve<S extends DescService>(
  server: Server,
  service: S,
  handlers: Handlers<S>,
  { name, onBug }: ServeOptions,
): void {
  for (const method of service.methods) {
    const handler = (handlers as Record<string, unknown>)[method.localName];
    if (handler === undefined) continue;
    const [call, kind] =
      method.methodKind === 'unary'
        ? [unaryCall(handler as AnyUnary, method.name, onBug), 'unary']
        : [streamCall(handler as AnyStream, method.name, onBug), 'serverStream'];
    const { serialize, deserialize } = wire(method);
    server.register(`/${name}/${method.name}`, call, serialize, deserialize, kind);
  }
}

type AnyUnary = (request: object, context: CallContext) => Promise<object>;
type AnyStream = (request: object, context: CallContext) => AsyncIterable<object>;

const wire = ({ input, output }: DescMethod) => ({
  serialize: (response: object) =>
    Buffer.from(toBinary(output, create(output, response as MessageInitShape<DescMessage>))),
  deserialize: (bytes: Buffer) => fromBinary(input, bytes),
});

function unaryCall(handler: AnyUnary, rpc: string, onBug: OnBug) {
  return async (call: ServerUnaryCall<object, object>, respond: sendUnaryData<object>) => {
    const signal = cancellation(call);
    try {
      respond(null, await handler(call.request, { rpc, signal }));
    } catch (thrown) {
      const isBug = !isRpcError(thrown) && !signal.aborted;
      respond(toStatus(thrown));
      if (isBug) onBug(thrown);
    }
  };
}

function streamCall(handler: AnyStream, rpc: string, onBug: OnBug) {
  return async (call: ServerWritableStream<object, object>) => {
    const signal = cancellation(call);
    const write = writerOf(call, signal);
    try {
      for await (const message of handler(call.request, { rpc, signal })) await write(message);
      call.end();
    } catch (thrown) {
      const isBug = !isRpcError(thrown) && !signal.aborted;
      call.emit('error', toStatus(thrown));
      if (isBug) onBug(thrown);
    }
  };
}

/** A signal that is aborted when nobody waits for the answer any more. */
export function cancellation(call: { once(event: 'cancelled', listener: () => void): unknown }): AbortSignal {
  const controller = new AbortController();
  call.once('cancelled', () => controller.abort());
  return controller.signal;
}

/**
 * Writes messages one after the other, each once the connection has taken the one before, so that a slow client slows
 * its own stream and no other.
 */
function writerOf(call: ServerWritableStream<object, object>, signal: AbortSignal) {
  let taken = () => {};
  // One listener for all: a listener for each message costs more than the message.
  signal.addEventListener('abort', () => taken(), { once: true });
  return (message: object) =>
    new Promise<void>((resolve) => {
      taken = resolve;
      if (signal.aborted) resolve();
      else call.write(message, () => resolve());
    });
}
