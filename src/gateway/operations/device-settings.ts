import type { Client } from '@connectrpc/connect';
import { type Connect, ConnectionMode, SlaveDeviceInfoSchema } from '../../gen/connect_pb.ts';
import type { Gateway } from '../gateway.ts';
import type { CallGateway, CallLimits } from '../grpc/call.ts';
import { messageRow } from '../grpc/message-row.ts';
import { callMulti } from '../grpc/multi-call.ts';
import { omitUndefined } from '../grpc/some-of.ts';

/** The calls of a device gateway that change devices themselves, or what it knows of their slaves. */
export function readDeviceSettings(
  client: Client<typeof Connect>,
  ask: CallGateway,
): Pick<Gateway, 'slaves' | 'setSlaves' | 'setMode' | 'setSsl'> {
  return {
    async slaves() {
      const { slaveDeviceInfos } = await ask('GetSlaveDevice', (limits) => client.getSlaveDevice({}, limits));
      const rows = slaveDeviceInfos.map((info) => messageRow(SlaveDeviceInfoSchema, info));
      return rows.sort((one, other) => one.deviceID - other.deviceID);
    },

    async setSlaves(slaves) {
      const slaveDeviceInfos = slaves.map((info) => ({ ...info }));
      const device = omitUndefined(slaves.map(({ deviceID }) => deviceID));
      const call = (limits: CallLimits) => client.setSlaveDevice({ slaveDeviceInfos }, limits);
      await ask('SetSlaveDevice', call, { isWrite: true, device });
    },

    setMode(ids, mode) {
      const request = { deviceIDs: [...ids], connectionMode: ConnectionMode[mode] };
      const call = (limits: CallLimits) => client.setConnectionModeMulti(request, limits);
      return callMulti(ask, 'SetConnectionModeMulti', { deviceIDs: ids, call });
    },

    setSsl(ids, useSSL) {
      const request = { deviceIDs: [...ids] };
      const call = (limits: CallLimits) =>
        useSSL ? client.enableSSLMulti(request, limits) : client.disableSSLMulti(request, limits);
      return callMulti(ask, useSSL ? 'EnableSSLMulti' : 'DisableSSLMulti', { deviceIDs: ids, call });
    },
  };
}
