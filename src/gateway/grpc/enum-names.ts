import type { DescEnum } from '@bufbuild/protobuf';
import { usageError } from '../../errors/gsdk-error.ts';
import { ConnectionModeSchema, StatusSchema } from '../../gen/connect_pb.ts';
import { TypeSchema } from '../../gen/device_pb.ts';
import { enumName, unknownEnumName } from './message-row.ts';

const enums = { type: TypeSchema, mode: ConnectionModeSchema, status: StatusSchema } satisfies Record<string, DescEnum>;

/**
 * Reads names of enum values, parted by commas, as they are printed. Lower case and dashes are taken
 * too (`tls-connected`), and so is the form in which a number without a name is printed (`STATUS_768`).
 *
 * @param kind which enum
 * @param option how messages name it: the option that takes it
 * @throws GsdkError (USAGE) when a name is not one of them
 */
export function parseEnumNames(kind: keyof typeof enums, text: string, option = `--${kind}`): string[] {
  const descriptor = enums[kind];
  const names = new Set(descriptor.values.map(({ name }) => name));
  return text.split(',').map((part) => {
    const wanted = part.trim().toUpperCase().replaceAll('-', '_');
    const known = descriptor.values.find(({ name }) => name === wanted)?.number;
    const [, digits] = unknownEnumName(descriptor).exec(wanted) ?? [];
    const number = known ?? (digits === undefined ? undefined : Number(digits));
    if (number !== undefined) return enumName(descriptor, number);
    throw usageError(`${option}: no such value "${part}"`, `it may be: ${[...names].join(', ')}`);
  });
}
