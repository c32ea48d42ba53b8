import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConnectError, type ServiceImpl } from '@connectrpc/connect';
import { connectNodeAdapter } from '@connectrpc/connect-node';
import { ControlService } from '../../gen/emulator/control_pb.ts';
import { newToken, type Refusal, refusalOf } from './access.ts';
import type { Control } from './control.ts';

/** A control service that is served. */
export interface ControlServer extends Control {
  /** Ends what is open, and resolves when the port is free. May be called again. */
  close(): Promise<void>;
}

/** The largest request, in bytes: scenarios and rules are far below that. */
const largestRequest = 1_048_576;

/** Serves a control service on any free port of the IPv4 loopback, to those who have its token. */
export async function serveControl(
  service: Partial<ServiceImpl<typeof ControlService>>,
  onBug: (error: unknown) => void,
): Promise<ControlServer> {
  const token = newToken();
  const ending = new AbortController();
  const answer = connectNodeAdapter({
    routes: (router) => router.service(ControlService, service),
    grpc: false,
    grpcWeb: false,
    readMaxBytes: largestRequest,
    jsonOptions: { ignoreUnknownFields: false },
    shutdownSignal: ending.signal,
    interceptors: [
      (next) => async (request) => {
        try {
          return await next(request);
        } catch (error) {
          if (!(error instanceof ConnectError)) onBug(error);
          throw error;
        }
      },
    ],
  });
  const server = createServer((request, response) => {
    const refusal = refusalOf(request, { port, token });
    if (refusal) refuse(response, refusal);
    else answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const closed = once(server, 'close');
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    async close() {
      ending.abort();
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers without having read the request, and reads no more of that connection. */
function refuse(response: ServerResponse, { httpStatus, code, message }: Refusal): void {
  response.writeHead(httpStatus, { 'content-type': 'application/json', connection: 'close' });
  response.end(`${JSON.stringify({ code, message })}\n`);
}
