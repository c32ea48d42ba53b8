import { type DescMessage, type DescService, type MessageShape, toJson } from '@bufbuild/protobuf';
import { status } from '@grpc/grpc-js';
import type { Code } from '../faults/faults.ts';
import type { CallContext, Handlers } from '../server/serve.ts';
import { toStatus } from '../services/rpc-error.ts';
import type { CallLog, Json } from './call-log.ts';

type Unary = (request: object, context: CallContext) => Promise<object>;
type Streaming = (request: object, context: CallContext) => AsyncIterable<object>;
type Begin = (request: object) => (code: Code) => void;

/** Handlers whose calls are noted, with what became of them. */
export function recordCalls<S extends DescService>(
  service: S,
  handlers: Handlers<S>,
  { calls, name }: { calls: CallLog; name: string },
): Handlers<S> {
  const pairs = Object.entries<Unary & Streaming>(handlers as Record<string, never>);
  const noted = pairs.map(([localName, handler]) => {
    const method = service.method[localName];
    if (!method) return [localName, handler];
    const begin: Begin = (request) =>
      calls.begin({ service: name, method: method.name, request: summary(method.input, request) });
    return [localName, method.methodKind === 'unary' ? unary(handler, begin) : streaming(handler, begin)];
  });
  return Object.fromEntries(noted);
}

const unary =
  (handler: Unary, begin: Begin): Unary =>
  async (request, context) => {
    const end = begin(request);
    try {
      const response = await handler(request, context);
      end('OK');
      return response;
    } catch (thrown) {
      end(codeOf(thrown, context));
      throw thrown;
    }
  };

const streaming = (handler: Streaming, begin: Begin): Streaming =>
  async function* (request, context) {
    const end = begin(request);
    try {
      yield* handler(request, context);
      end(context.signal.aborted ? 'CANCELLED' : 'OK');
    } catch (thrown) {
      end(codeOf(thrown, context));
      throw thrown;
    }
  };

/** What is thrown once nobody waits any more is no answer. */
const codeOf = (thrown: unknown, { signal }: CallContext): Code =>
  signal.aborted ? 'CANCELLED' : (status[toStatus(thrown).code ?? status.UNKNOWN] as Code);

/** How many items of a list are kept of a request. */
const mostItems = 20;

const summary = (input: DescMessage, request: object): Json =>
  shortened(toJson(input, request as MessageShape<DescMessage>, { alwaysEmitImplicit: true }));

function shortened(value: Json): Json {
  if (Array.isArray(value)) {
    const kept = value.slice(0, mostItems).map(shortened);
    return value.length > mostItems ? [...kept, `and ${value.length - mostItems} more`] : kept;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, shortened(item)]));
}
