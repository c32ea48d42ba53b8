import { create } from '@bufbuild/protobuf';
import type { Client } from '@connectrpc/connect';
import { toGsdkError } from '../../errors/gsdk-error.ts';
import { CapabilityInfoSchema, type Device, FactoryInfoSchema } from '../../gen/device_pb.ts';
import type { DeviceDetails } from '../gateway.ts';
import type { CallGateway } from '../grpc/call.ts';
import { messageRow } from '../grpc/message-row.ts';

/** Asks a managed device what it is and what it can do: a command to the device, which has to be connected. */
export async function toDeviceDetails(
  client: Client<typeof Device>,
  ask: CallGateway,
  deviceID: number,
): Promise<DeviceDetails> {
  const about = { device: { name: `${deviceID}`, isManaged: true } };
  const { info } = await ask('GetInfo', (limits) => client.getInfo({ deviceID }, limits), about);
  const answer = await ask(
    'GetCapabilityInfo',
    (limits) => client.getCapabilityInfo({ deviceID }, limits),
    about,
  ).catch(unlessUnsupported);
  const factory = messageRow(FactoryInfoSchema, info ?? create(FactoryInfoSchema));
  if (answer === undefined) return { factory, capabilities: undefined };
  const { type: _, ...capabilities } = messageRow(CapabilityInfoSchema, answer.capInfo ?? create(CapabilityInfoSchema));
  return { factory, capabilities };
}

/** What a device is counts for more than what it can do, which the older ones cannot tell. */
function unlessUnsupported(error: unknown): undefined {
  if (toGsdkError(error).failure.class === 'UNSUPPORTED') return undefined;
  throw error;
}
