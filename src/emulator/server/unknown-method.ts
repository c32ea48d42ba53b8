import { type Server, type ServerDuplexStream, status } from '@grpc/grpc-js';
import type { CallLog } from '../calls/call-log.ts';
import type { Gate } from '../faults/gate.ts';
import { cancellation } from './serve.ts';

/**
 * Makes a grpc-js server refuse what it does not serve in the words of a Go server, which real gateways are
 * (gateway-behaviour section 0). grpc-js has words of its own for that and no hook for others, so its look-up
 * of handlers is extended.
 *
 * @param services full names of the services that the server knows
 * @param others the gate through which these answers pass too, and the log in which these calls stand
 */
export function refuseUnknownMethods(server: Server, services: ReadonlySet<string>, others: Others): void {
  const internals = server as unknown as { _retrieveHandler(path: string): object | null };
  const known = internals._retrieveHandler.bind(server);
  internals._retrieveHandler = (path) => known(path) ?? refusal(path, unknownMethodText(path, services), others);
}

interface Others {
  readonly gate: Gate;
  readonly calls: CallLog;
}

/** What a Go server says about a path that it does not serve. */
export function unknownMethodText(path: string, services: ReadonlySet<string>): string {
  const name = path.replace(/^\//, '');
  const slash = name.lastIndexOf('/');
  if (slash < 0) return `malformed method name: ${JSON.stringify(path)}`;
  const service = name.slice(0, slash);
  if (!services.has(service)) return `unknown service ${service}`;
  return `unknown method ${name.slice(slash + 1)} for service ${service}`;
}

/** Of the kinds of handler, the bidirectional one alone answers before the request has been read. */
const refusal = (path: string, details: string, { gate, calls }: Others) => ({
  type: 'bidi',
  path,
  func: async (call: ServerDuplexStream<Buffer, Buffer>) => {
    const [, service = '', method = ''] = /^\/?(.*?)\/?([^/]*)$/.exec(path) ?? [];
    const end = calls.begin({ service, method, request: {} });
    await gate.pass(cancellation(call));
    end('UNIMPLEMENTED');
    call.emit('error', { code: status.UNIMPLEMENTED, details });
  },
  serialize: (bytes: Buffer) => bytes,
  deserialize: (bytes: Buffer) => bytes,
});
