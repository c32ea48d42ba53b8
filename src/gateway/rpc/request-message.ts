import { type DescEnum, type DescField, type DescMessage, fromJson, type JsonValue } from '@bufbuild/protobuf';
import { usageError } from '../../errors/gsdk-error.ts';
import { unknownEnumName } from '../grpc/message-row.ts';
import { fieldNames, type Rpc, type RpcRequest } from './rpcs.ts';

/**
 * Makes the request of an RPC of JSON with the names of the wire contract. Enums are names, as they are printed
 * (`TLS_CONNECTED`, `TYPE_153`), or numbers.
 *
 * @param source how messages name the JSON
 * @throws GsdkError (USAGE) for an unknown field, or a value of another kind
 */
export function toRequest(rpc: Rpc, json: unknown, source: string): RpcRequest {
  const { input } = rpc.method;
  try {
    return { rpc, message: fromJson(input, withNumbers(input, json) as JsonValue) };
  } catch (error) {
    throw usageError(
      `${source}: ${(error as Error).message}`,
      `fields of ${input.name}: ${fieldNames(input).join(', ') || 'none'}`,
    );
  }
}

/** The library knows the names of an enum, but not what we print for a number without one. */
function withNumbers(schema: DescMessage, json: unknown): unknown {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return json;
  const fields = new Map(schema.fields.map((field) => [field.name, field]));
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      const field = fields.get(name);
      return [name, field ? fieldWithNumbers(field, value) : value];
    }),
  );
}

function fieldWithNumbers(field: DescField, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => fieldWithNumbers(field, item));
  if (field.message) return withNumbers(field.message, value);
  return field.enum && typeof value === 'string' ? enumNumber(field.enum, value) : value;
}

function enumNumber(descriptor: DescEnum, name: string): string | number {
  const [, digits] = unknownEnumName(descriptor).exec(name) ?? [];
  return digits === undefined ? name : Number(digits);
}
