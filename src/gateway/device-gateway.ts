import { Code, ConnectError, createClient, type Transport } from '@connectrpc/connect';
import { formatHostPort } from '../base/address.ts';
import { type Circumstances, classify, isAnswer } from '../errors/classify.ts';
import { Connect, DeviceInfoSchema, SearchDeviceInfoSchema, Status } from '../gen/connect_pb.ts';
import type { Gateway } from './gateway.ts';
import { messageRow } from './message-row.ts';
import type { Endpoint } from './transport.ts';

/** How much longer than its own duration a search may take to answer. */
const searchGraceMs = 5000;

/** What a call is, beside its name, for the deadline and for telling what its failure means. */
type CallKind = Partial<Pick<Circumstances, 'isWrite' | 'device' | 'timeoutMs'>>;

/**
 * A device gateway, by its `gsdk.connect.Connect` service.
 *
 * @param close ends the connection that the transport stands on
 */
export function deviceGateway(
  transport: Transport,
  connection: { endpoint: Omit<Endpoint, 'ca' | 'cert' | 'key'>; signal: AbortSignal; close(): void },
): Gateway {
  const { endpoint, signal, close } = connection;
  const client = createClient(Connect, transport);
  const target = formatHostPort(endpoint);

  async function ask<T>(rpc: string, call: (options: CallLimits) => Promise<T>, kind: CallKind = {}): Promise<T> {
    const timeoutMs = kind.timeoutMs ?? endpoint.timeoutMs;
    try {
      // Zero is none to the client library.
      return await call({ timeoutMs: Number.isFinite(timeoutMs) ? timeoutMs : 0, signal });
    } catch (error) {
      throw classify(error, { ...endpoint, isWrite: false, ...kind, target, rpc, timeoutMs, signal });
    }
  }

  return {
    target,
    close,

    async search(durationMs) {
      const timeoutMs = durationMs + searchGraceMs;
      const { deviceInfos, isSilent } = await ask(
        'SearchDevice',
        (limits) =>
          client.searchDevice({ timeout: durationMs }, limits).then(
            (answer) => ({ deviceInfos: answer.deviceInfos, isSilent: false }),
            (error) => {
              if (isNothingFound(error)) return { deviceInfos: [], isSilent: true };
              throw error;
            },
          ),
        { timeoutMs },
      );
      return { devices: byID(deviceInfos.map((info) => messageRow(SearchDeviceInfoSchema, info))), isSilent };
    },

    async devices() {
      const { deviceInfos } = await ask('GetDeviceList', (limits) => client.getDeviceList({}, limits));
      return byID(
        deviceInfos.map((info) => ({ ...messageRow(DeviceInfoSchema, info), connected: isConnected(info.status) })),
      );
    },

    async connect(connectInfo) {
      const device = { name: formatHostPort({ host: connectInfo.IPAddr, port: connectInfo.port }), isManaged: true };
      const call = (limits: CallLimits) => client.connect({ connectInfo }, limits);
      return (await ask('Connect', call, { isWrite: true, device })).deviceID;
    },

    async disconnect(deviceIDs) {
      const only = deviceIDs.length === 1 ? `${deviceIDs[0]}` : `one of ${deviceIDs.length} devices`;
      const call = (limits: CallLimits) => client.disconnect({ deviceIDs: [...deviceIDs] }, limits);
      await ask('Disconnect', call, { isWrite: true, device: { name: only, isManaged: true } });
    },
  };
}

/** The limits that every call is made with. */
interface CallLimits {
  timeoutMs: number;
  signal: AbortSignal;
}

/** A gateway reports a search that found nothing as an error (gateway-behaviour F47). */
const isNothingFound = (error: unknown) =>
  error instanceof ConnectError &&
  isAnswer(error) &&
  error.code === Code.NotFound &&
  error.rawMessage.includes('No device found');

const isConnected = (status: number) => status === Status.TCP_CONNECTED || status === Status.TLS_CONNECTED;

const byID = <T extends { deviceID: number }>(rows: T[]) => rows.sort((one, other) => one.deviceID - other.deviceID);
