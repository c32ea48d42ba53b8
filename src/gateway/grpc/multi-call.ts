import { fromBinary } from '@bufbuild/protobuf';
import { ConnectError } from '@connectrpc/connect';
import { toDeviceFailure } from '../../errors/classify.ts';
import type { Failure } from '../../errors/gsdk-error.ts';
import { isAnswer, toGrpcCodeName } from '../../errors/status-class.ts';
import { outcomeOfDevice } from '../../errors/write-outcome.ts';
import { type ErrorResponse, MultiErrorResponseSchema } from '../../gen/err_pb.ts';
import type { DeviceFailures } from '../gateway.ts';
import type { CallGateway, CallLimits } from './call.ts';
import { omitUndefined } from './some-of.ts';

/**
 * Makes a call that acts on several devices at once, and reads what became of each in both places where
 * gateways tell: the status details of a call that failed, and `deviceErrors` of its answer (gateway-behaviour F69).
 *
 * @returns the devices that failed; the others are done
 * @throws GsdkError, with outcome unknown, when the call failed without a word about its devices
 */
export async function callMulti(
  ask: CallGateway,
  rpc: string,
  {
    deviceIDs,
    call,
  }: { deviceIDs: readonly number[]; call(limits: CallLimits): Promise<{ deviceErrors: ErrorResponse[] }> },
): Promise<DeviceFailures> {
  const wanted = new Set(deviceIDs);
  const named = (errors: readonly ErrorResponse[]) => errors.filter(({ deviceID }) => wanted.has(deviceID));
  const callOrDetails = async (limits: CallLimits) => {
    try {
      return named((await call(limits)).deviceErrors);
    } catch (error) {
      const told = named(readErrorDetails(error));
      if (told.length > 0) return told;
      throw error;
    }
  };
  const errors = await ask(rpc, callOrDetails, { isWrite: true, device: omitUndefined(deviceIDs) });
  return new Map(errors.map((error) => [error.deviceID, toFailure(error)]));
}

/** Since V1.5 and before (gateway-behaviour F72). */
const detailTypes: readonly string[] = [MultiErrorResponseSchema.typeName, 'err.MultiErrorResponse'];

/** What the status details of a failed call say of devices; nothing, if it was no Multi call. */
export function readErrorDetails(error: unknown): ErrorResponse[] {
  if (!(error instanceof ConnectError) || !isAnswer(error)) return [];
  return error.details.flatMap((detail) =>
    'type' in detail && detailTypes.includes(detail.type) ? decoded(detail.value) : [],
  );
}

/** Details that cannot be read say nothing; the call has failed all the same. */
function decoded(bytes: Uint8Array): ErrorResponse[] {
  try {
    return fromBinary(MultiErrorResponseSchema, bytes).deviceErrors;
  } catch {
    return [];
  }
}

/** What went wrong with one device, in our terms. */
export const toFailure = ({ deviceID, code, msg }: Omit<ErrorResponse, '$typeName'>): Failure => ({
  ...toDeviceFailure({ code, text: msg }, { name: `${deviceID}`, isManaged: true }),
  outcome: outcomeOfDevice(toGrpcCodeName(code)),
});
