import { Client, credentials } from '@grpc/grpc-js';
import { Connect } from '../../gen/connect_pb.ts';
import { wallDeadline } from '../clock/real.ts';
import type { GatewaySettings } from '../gateway-process/settings.ts';
import { methodPath } from './wire-names.ts';

/** What to probe. */
export interface ProbeTarget {
  readonly address: string;
  /** The root to trust. */
  readonly ca: string;
  /** False if the certificate was made to be refused; the call itself has to succeed all the same. */
  readonly isTrustworthy: boolean;
  readonly settings: GatewaySettings;
}

/** Proves that a gateway is ready, by a real call over real TLS. @throws ServiceError if it is not, within 5 s */
export async function probe({ address, ca, isTrustworthy, settings }: ProbeTarget): Promise<void> {
  const trust = credentials.createSsl(Buffer.from(ca), null, null, { rejectUnauthorized: isTrustworthy });
  const client = new Client(address, trust, {
    'grpc.enable_http_proxy': 0,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.ssl_target_name_override': 'localhost', // Node warns of an IP address as a server name
  });
  try {
    await emptyCall(client, methodPath(Connect.method.getDeviceList, settings));
  } finally {
    client.close();
  }
}

function emptyCall(client: Client, path: string): Promise<void> {
  const bytes = (message: Buffer) => message;
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(path, bytes, bytes, Buffer.alloc(0), { deadline: wallDeadline(5_000) }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}
