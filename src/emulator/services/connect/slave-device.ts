import { status } from '@grpc/grpc-js';
import type { SetSlaveDeviceRequest } from '../../../gen/connect_pb.ts';
import { commandedDevice } from '../../gateway-process/command.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';
import type { Slaves } from '../../gateway-process/slave-list.ts';
import type { CallContext } from '../../server/serve.ts';
import type { Device } from '../../world/device.ts';
import { RpcError } from '../rpc-error.ts';

/** Lists the slaves that were set since the gateway started (gateway-behaviour F57). */
export const getSlaveDevice =
  ({ slaves }: EmulatedGateway) =>
  async () => ({
    slaveDeviceInfos: slaves.all().map(({ deviceID, rs485SlaveDeviceIDs, wiegandSlaveDeviceIDs }) => ({
      deviceID,
      rs485SlaveDeviceIDs: [...rs485SlaveDeviceIDs],
      wiegandSlaveDeviceIDs: [...wiegandSlaveDeviceIDs],
    })),
  });

/**
 * Sets the slaves of connected devices. All of them are checked before any is taken: a slave has to be attached to its
 * parent (gateway-behaviour F58). What becomes of parents that are not named is an assumption (F76).
 */
export const setSlaveDevice =
  (gateway: EmulatedGateway) =>
  async ({ slaveDeviceInfos }: SetSlaveDeviceRequest, context: CallContext) => {
    const { slaves, assumptions } = gateway;
    for (const info of slaveDeviceInfos) {
      const unknown = unknownSlave(info, await commandedDevice(gateway, info.deviceID, context));
      if (unknown === undefined) continue;
      throw new RpcError(
        status[assumptions.unregisteredSlave],
        `slave ${unknown} is not registered on ${info.deviceID}`,
      );
    }
    if (assumptions.setSlaves === 'replaces') slaves.clear();
    for (const info of slaveDeviceInfos) slaves.set(info);
    return {};
  };

function unknownSlave(wanted: Slaves, parent: Device): number | undefined {
  return (
    wanted.rs485SlaveDeviceIDs.find((ID) => !parent.rs485SlaveDeviceIDs.includes(ID)) ??
    wanted.wiegandSlaveDeviceIDs.find((ID) => !parent.wiegandSlaveDeviceIDs.includes(ID))
  );
}
