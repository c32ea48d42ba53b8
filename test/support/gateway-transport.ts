import { ConnectError, createRouterTransport, type ServiceImpl, type Transport } from '@connectrpc/connect';
import type { Connection } from '../../src/gateway/grpc/call.ts';
import { Connect } from '../../src/gen/connect_pb.ts';
import { Device } from '../../src/gen/device_pb.ts';
import { asAnswer } from './faults.ts';

/** A call as the client library hands it to a transport. */
export interface SentCall {
  rpc: string;
  message: unknown;
  timeoutMs: number | undefined;
  signal: AbortSignal | undefined;
}

/** A gateway without a network: what it throws arrives as its answer, with the headers of gRPC, and calls are kept. */
export function gatewayTransport(
  handlers: Partial<ServiceImpl<typeof Connect>>,
  ofDevices: Partial<ServiceImpl<typeof Device>> = {},
) {
  const inner = createRouterTransport(({ service }) => {
    service(Connect, handlers);
    service(Device, ofDevices);
  });
  const calls: SentCall[] = [];
  const transport: Transport = {
    ...inner,
    unary: async (method, signal, timeoutMs, ...others) => {
      calls.push({ rpc: method.name, message: others[1], timeoutMs, signal });
      return inner.unary(method, signal, timeoutMs, ...others).catch((error) => {
        throw asAnswer(ConnectError.from(error));
      });
    },
  };
  return { transport, calls };
}

/** A transport on which every call fails like this. */
export function failingTransport(error: unknown): Transport {
  const fail = () => Promise.reject(error);
  return { unary: fail, stream: fail };
}

/** What the calls of a gateway stand on in a test. */
export const testConnection = (others: Partial<Connection> = {}): Connection => ({
  endpoint: {
    host: 'gw1',
    port: 4000,
    caFile: undefined,
    serverName: undefined,
    connectTimeoutMs: 5000,
    timeoutMs: 30_000,
  },
  signal: new AbortController().signal,
  close: () => {},
  ...others,
});
