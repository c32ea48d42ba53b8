import { ConnectionMode, type SetAcceptFilterRequest } from '../../../gen/connect_pb.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';

/** Answers with the accept filter as it was set (gateway-behaviour F37, F40). */
export const getAcceptFilter =
  ({ acceptFilter }: EmulatedGateway) =>
  async () => {
    const { allowAll, deviceIDs, IPAddrs, subnetMasks } = acceptFilter.rules;
    return { filter: { allowAll, deviceIDs: [...deviceIDs], IPAddrs: [...IPAddrs], subnetMasks: [...subnetMasks] } };
  };

/**
 * Replaces the accept filter as a whole (gateway-behaviour F38). It decides at the next dial of a device (F42); what
 * becomes of devices that are connected is an assumption (F43).
 */
export const setAcceptFilter =
  ({ acceptFilter, managed, sessions, assumptions }: EmulatedGateway) =>
  async ({ filter }: SetAcceptFilterRequest) => {
    const { allowAll = false, deviceIDs = [], IPAddrs = [], subnetMasks = [] } = filter ?? {};
    acceptFilter.rules = { allowAll, deviceIDs, IPAddrs, subnetMasks };
    if (!assumptions.filterDropsLive) return {};
    for (const { deviceID, connectionMode } of managed.all()) {
      const isDialIn = connectionMode === ConnectionMode.DEVICE_TO_SERVER;
      if (isDialIn && !acceptFilter.accepts(deviceID)) sessions.end(deviceID);
    }
    return {};
  };
