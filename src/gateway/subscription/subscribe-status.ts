import type { Client } from '@connectrpc/connect';
import { type Connect, Status, StatusSchema } from '../../gen/connect_pb.ts';
import type { SubscribeOptions } from '../gateway.ts';
import type { CallGateway, CallLimits } from '../grpc/call.ts';
import { enumName } from '../grpc/message-row.ts';

/** Reads the stream of changes as it comes; each one is handed on before the next one is read. */
export async function subscribeStatus(
  client: Client<typeof Connect>,
  ask: CallGateway,
  { queueSize, signal: ended, onOpen, onChange }: SubscribeOptions,
): Promise<void> {
  const call = async ({ timeoutMs, signal }: CallLimits) => {
    const limits = { timeoutMs, signal: AbortSignal.any([signal, ended]), onHeader: onOpen };
    try {
      for await (const { deviceID, status, timestamp } of client.subscribeStatus({ queueSize }, limits)) {
        onChange({ deviceID, status: enumName(StatusSchema, status), timestamp, connected: isConnected(status) });
      }
    } catch (error) {
      // Whoever listened has had enough: that is no failure.
      if (!ended.aborted) throw error;
    }
  };
  await ask('SubscribeStatus', call, { isStream: true, timeoutMs: Number.POSITIVE_INFINITY });
}

/** Whether a status is one of a live connection. */
export const isConnected = (status: number) => status === Status.TCP_CONNECTED || status === Status.TLS_CONNECTED;
