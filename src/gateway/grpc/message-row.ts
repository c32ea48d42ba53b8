import type { DescEnum, DescField, DescMessage, Message, MessageShape } from '@bufbuild/protobuf';

/** A message as data: every field under its wire name, zero values included, enums by name. */
export type MessageRow<M extends Message> = {
  [K in Exclude<keyof M, '$typeName' | '$unknown'>]: M[K] extends number
    ? number extends M[K]
      ? number
      : string
    : M[K];
};

/**
 * Turns a message into data for rows and JSON, nested ones too; a nested one that is not set is null. Protobuf's own
 * JSON will not do: it leaves out zero values, and prints `DEFAULT` where the contract says `SERVER_TO_DEVICE`.
 */
export function messageRow<D extends DescMessage>(schema: D, message: MessageShape<D>): MessageRow<MessageShape<D>> {
  const values = message as unknown as Record<string, unknown>;
  const cells = schema.fields.map((field) => [field.name, cell(field, values[field.localName])]);
  return Object.fromEntries(cells) as MessageRow<MessageShape<D>>;
}

/**
 * The name of an enum value: the first one where several share the number. A number without a name,
 * as a newer gateway may send, is the name of the enum and the number: `TYPE_153`.
 */
export function enumName(descriptor: DescEnum, number: number): string {
  const known = descriptor.values.find((value) => value.number === number);
  return known?.name ?? `${prefixOf(descriptor)}${number}`;
}

/** Matches what {@link enumName} makes of numbers without a name, and captures the number. */
export const unknownEnumName = (descriptor: DescEnum) => new RegExp(`^${prefixOf(descriptor)}(\\d{1,10})$`);

const prefixOf = ({ name }: DescEnum) => `${name.replace(/(?<=[a-z])[A-Z]/g, '_$&').toUpperCase()}_`;

function cell(field: DescField, value: unknown): unknown {
  if (field.fieldKind === 'list') return (value as unknown[]).map((item) => single(field, item));
  return single(field, value);
}

function single(field: DescField, value: unknown): unknown {
  if (field.enum) return enumName(field.enum, value as number);
  if (field.message) return value === undefined ? null : messageRow(field.message, value as Message);
  return typeof value === 'bigint' ? plainInteger(value) : value;
}

/** A number, unless it is too large for one: then its digits. */
const plainInteger = (value: bigint) => (Number.isSafeInteger(Number(value)) ? Number(value) : String(value));
