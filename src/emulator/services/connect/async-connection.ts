import type { AddAsyncConnectionRequest, DeleteAsyncConnectionRequest } from '../../../gen/connect_pb.ts';
import { cannotGetConnection } from '../../gateway-process/command.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';
import { defaultDevicePort } from '../../world/device.ts';

/**
 * Takes connections over to dial them by itself, and answers at once (gateway-behaviour F23). An address at which
 * nobody answers is no error (F24), nor is one that cannot be one.
 */
export const addAsyncConnection =
  ({ asyncConnections }: EmulatedGateway) =>
  async ({ connectInfos }: AddAsyncConnectionRequest) => {
    for (const { deviceID, IPAddr, port, useSSL } of connectInfos) {
      asyncConnections.add(deviceID, { IPAddr, port: port === 0 ? defaultDevicePort : port, useSSL });
    }
    return {};
  };

/** Disconnects and forgets asynchronous connections (gateway-behaviour F27); other IDs are an assumption (F28). */
export const deleteAsyncConnection =
  ({ asyncConnections, assumptions }: EmulatedGateway) =>
  async ({ deviceIDs }: DeleteAsyncConnectionRequest) => {
    const wanted = [...new Set(deviceIDs)];
    const deleted = wanted.filter((deviceID) => asyncConnections.delete(deviceID));
    if (deleted.length < wanted.length && assumptions.deleteUnknown === 'NOT_FOUND') {
      throw cannotGetConnection();
    }
    return {};
  };
