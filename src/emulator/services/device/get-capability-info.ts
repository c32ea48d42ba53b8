import type { GetCapabilityInfoRequest, Type } from '../../../gen/device_pb.ts';
import { commandedDevice } from '../../gateway-process/command.ts';
import type { EmulatedGateway } from '../../gateway-process/device-gateway.ts';
import type { CallContext } from '../../server/serve.ts';
import { capabilitiesOf } from '../../world/capabilities.ts';

/** Asks a connected device what it can do. */
export const getCapabilityInfo =
  (gateway: EmulatedGateway) =>
  async ({ deviceID }: GetCapabilityInfoRequest, context: CallContext) => {
    const { type } = await commandedDevice(gateway, deviceID, context);
    return { capInfo: { type: type as Type, ...capabilitiesOf(type) } };
  };
