import type { GetInfoRequest } from '../../../gen/device_pb.ts';
import { commandedDevice } from '../../gateway-process/command.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';
import type { CallContext } from '../../server/serve.ts';
import { factoryInfoOf } from '../../world/factory-info.ts';

/** Asks a connected device what it is. */
export const getInfo =
  (gateway: EmulatedGateway) =>
  async ({ deviceID }: GetInfoRequest, context: CallContext) => ({
    info: factoryInfoOf(await commandedDevice(gateway, deviceID, context)),
  });
