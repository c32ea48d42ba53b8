import { create } from '@bufbuild/protobuf';
import { type Client, Code, ConnectError, createClient, type Transport } from '@connectrpc/connect';
import { formatHostPort } from '../base/address.ts';
import { isAnswer } from '../errors/status-class.ts';
import {
  AcceptFilterSchema,
  Connect,
  DeviceInfoSchema,
  PendingDeviceInfoSchema,
  SearchDeviceInfoSchema,
} from '../gen/connect_pb.ts';
import { Device } from '../gen/device_pb.ts';
import type { Gateway } from './gateway.ts';
import { type CallGateway, type CallLimits, type Connection, createCaller } from './grpc/call.ts';
import { messageRow } from './grpc/message-row.ts';
import { omitUndefined } from './grpc/some-of.ts';
import { toDeviceDetails } from './operations/device-details.ts';
import { readDeviceSettings } from './operations/device-settings.ts';
import { isConnected, subscribeStatus } from './subscription/subscribe-status.ts';

/** A device gateway, by its services `gsdk.connect.Connect` and `gsdk.device.Device`. */
export function createDeviceGateway(transport: Transport, connection: Connection): Gateway {
  const client = createClient(Connect, transport);
  const devices = createClient(Device, transport);
  const ask = createCaller(connection);
  const gateway: Gateway = {
    target: formatHostPort(connection.endpoint),
    identity: () => connection.identity?.(),
    close: connection.close,
    // By itself it forbids nothing: guards are put in front of it.
    announce: () => {},
    ...readDeviceSettings(client, ask),
    search: (durationMs) => search(client, ask, durationMs),

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
      const call = (limits: CallLimits) => client.disconnect({ deviceIDs: [...deviceIDs] }, limits);
      await ask('Disconnect', call, { isWrite: true, device: omitUndefined(deviceIDs) });
    },

    async addAsync(targets) {
      const connectInfos = targets.map((target) => ({ ...target }));
      await ask('AddAsyncConnection', (limits) => client.addAsyncConnection({ connectInfos }, limits), {
        isWrite: true,
      });
    },

    async deleteAsync(deviceIDs) {
      const call = (limits: CallLimits) => client.deleteAsyncConnection({ deviceIDs: [...deviceIDs] }, limits);
      await ask('DeleteAsyncConnection', call, { isWrite: true, device: omitUndefined(deviceIDs) });
    },

    async filter() {
      const { filter } = await ask('GetAcceptFilter', (limits) => client.getAcceptFilter({}, limits));
      return messageRow(AcceptFilterSchema, filter ?? create(AcceptFilterSchema));
    },

    async setFilter(filter) {
      await ask('SetAcceptFilter', (limits) => client.setAcceptFilter({ filter }, limits), { isWrite: true });
    },

    async pending() {
      const { deviceInfos } = await ask('GetPendingList', (limits) => client.getPendingList({}, limits));
      return byID(deviceInfos.map((info) => messageRow(PendingDeviceInfoSchema, info)));
    },

    subscribe: (options) => subscribeStatus(client, ask, options),

    info: (deviceID) => toDeviceDetails(devices, ask, deviceID),

    async call(request, onAnswer) {
      const { callRpc } = await import('./rpc/call-rpc.ts');
      await callRpc({ transport, ask, gateway }, request, onAnswer);
    },
  };
  return gateway;
}

/** How much longer than its own duration a search may take to answer. */
const searchGraceMs = 5000;

async function search(client: Client<typeof Connect>, ask: CallGateway, durationMs: number) {
  const call = (limits: CallLimits) =>
    client.searchDevice({ timeout: durationMs }, limits).catch((error) => {
      if (isNothingFound(error)) return undefined;
      throw error;
    });
  const answer = await ask('SearchDevice', call, { timeoutMs: durationMs + searchGraceMs });
  const rows = (answer?.deviceInfos ?? []).map((info) => messageRow(SearchDeviceInfoSchema, info));
  return { devices: byID(rows), isSilent: answer === undefined };
}

/** A gateway reports a search that found nothing as an error (gateway-behaviour F47). */
const isNothingFound = (error: unknown) =>
  error instanceof ConnectError &&
  isAnswer(error) &&
  error.code === Code.NotFound &&
  error.rawMessage.includes('No device found');

const byID = <T extends { deviceID: number }>(rows: T[]) => rows.sort((one, other) => one.deviceID - other.deviceID);
