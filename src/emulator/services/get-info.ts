import type { GetInfoRequest } from '../../gen/device_pb.ts';
import { commandedDevice } from '../gateway/command.ts';
import type { DeviceGateway } from '../gateway/device-gateway.ts';
import type { CallContext } from '../server/serve.ts';
import { factoryInfoOf } from '../world/factory-info.ts';

/** Asks a connected device what it is. */
export const getInfo =
  (gateway: DeviceGateway) =>
  async ({ deviceID }: GetInfoRequest, context: CallContext) => ({
    info: factoryInfoOf(await commandedDevice(gateway, deviceID, context)),
  });
