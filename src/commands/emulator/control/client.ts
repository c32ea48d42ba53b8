import { type Client, createClient } from '@connectrpc/connect';
import { createConnectTransport } from '@connectrpc/connect-node';
import { ControlService } from '../../../gen/emulator/control_pb.ts';
import type { ControlAddress } from './control-file.ts';

/** The calls of the control service. */
export type ControlClient = Client<typeof ControlService>;

/** A client of the control service at an address. */
export function controlClient({ url, token }: ControlAddress): ControlClient {
  const transport = createConnectTransport({
    baseUrl: url,
    httpVersion: '1.1',
    acceptCompression: [],
    interceptors: [
      (next) => (request) => {
        request.header.set('authorization', `Bearer ${token}`);
        return next(request);
      },
    ],
  });
  return createClient(ControlService, transport);
}
