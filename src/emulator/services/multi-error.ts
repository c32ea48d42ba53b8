import { create, type MessageInitShape, toBinary } from '@bufbuild/protobuf';
import { status } from '@grpc/grpc-js';
import { type ErrorResponseSchema, MultiErrorResponseSchema } from '../../gen/err_pb.ts';
import { StatusSchema } from '../../gen/google/rpc/status_pb.ts';
import type { BehaviorSwitches } from '../fidelity/behavior-switches.ts';
import { RpcError } from './rpc-error.ts';

/** What went wrong with one device of several. */
export type DeviceError = MessageInitShape<typeof ErrorResponseSchema> & { deviceID: number };

/** The most that arrives at any client, in bytes before base64; with much more, some wait in vain (F73). */
const mostDetails = 36_000;

const typeNames = { new: MultiErrorResponseSchema.typeName, old: 'err.MultiErrorResponse' };

/** The error of a Multi RPC, with what went wrong for each device in the status details (gateway-behaviour F69 to F73). */
export function multiError(deviceErrors: readonly DeviceError[], assumptions: BehaviorSwitches): RpcError {
  const code = status[assumptions.multiErrorCode];
  const message = `${deviceErrors.length} device(s) failed`;
  const typeUrl = `type.googleapis.com/${typeNames[assumptions.errTypeName]}`;
  const value = multiErrorResponse(deviceErrors, assumptions.detailsLimit);
  const details = value === undefined ? [] : [{ typeUrl, value }];
  return new RpcError(code, message, toBinary(StatusSchema, create(StatusSchema, { code, message, details })));
}

/** As many of the errors, encoded, as the limit lets pass. */
function multiErrorResponse(
  deviceErrors: readonly DeviceError[],
  limit: BehaviorSwitches['detailsLimit'],
): Uint8Array | undefined {
  const response = create(MultiErrorResponseSchema, { deviceErrors: [...deviceErrors] });
  const bytes = toBinary(MultiErrorResponseSchema, response);
  if (limit === 'none' || bytes.length <= mostDetails) return bytes;
  if (limit === 'drop') return undefined;
  const share = Math.floor((deviceErrors.length * mostDetails) / bytes.length);
  return multiErrorResponse(deviceErrors.slice(0, share), limit);
}
