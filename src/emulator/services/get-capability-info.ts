import type { GetCapabilityInfoRequest, Type } from '../../gen/device_pb.ts';
import { commandedDevice } from '../gateway/command.ts';
import type { DeviceGateway } from '../gateway/device-gateway.ts';
import type { CallContext } from '../server/serve.ts';
import { capabilitiesOf } from '../world/capabilities.ts';

/** Asks a connected device what it can do. */
export const getCapabilityInfo =
  (gateway: DeviceGateway) =>
  async ({ deviceID }: GetCapabilityInfoRequest, context: CallContext) => {
    const { type } = await commandedDevice(gateway, deviceID, context);
    return { capInfo: { type: type as Type, ...capabilitiesOf(type) } };
  };
