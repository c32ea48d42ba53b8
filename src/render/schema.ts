import { type FieldType, fieldType, objectType } from './field-types.ts';
import type { Shape } from './view.ts';

/** A JSON Schema (draft 2020-12). */
export type JsonSchema = FieldType;

const count = { type: 'integer', minimum: 0 } as const;
const textOrNull = { type: ['string', 'null'] } as const;

/** What stands around the results of a write. */
const resultsOf = (row: FieldType) => ({
  results: { type: 'array', items: row } as const,
  summary: objectType({ requested: count, ok: count, changed: count, failed: count, skipped: count, unknown: count }),
  ...{ changed: { type: 'boolean' }, dryRun: { type: 'boolean' }, profile: textOrNull, gateway: textOrNull },
});

const filterOrNull = {
  ...objectType(typesOf(['allowAll', 'deviceIDs', 'IPAddrs', 'subnetMasks'])),
  type: ['object', 'null'],
};

/**
 * The JSON Schema of what `-o json` prints for a shape. With `--fields` only the named ones are there; `ndjson` prints
 * what is in the array, or in `results`, an object a line; so does a stream.
 *
 * @param title the command, for people
 */
export function toJsonSchema(shape: Shape, title: string): JsonSchema {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...documentOf(shape) };
}

function documentOf(shape: Shape): FieldType {
  const row = objectType(typesOf(shape.fields, shape));
  if (shape.documentKind === 'lines') return objectType(typesOf(shape.fields, shape), shape.always ?? []);
  if (shape.documentKind === 'results') return objectType(resultsOf(row));
  if (shape.documentKind === 'filterChange') {
    return objectType({ ...resultsOf(row), before: filterOrNull, after: filterOrNull });
  }
  return shape.isObject ? row : { type: 'array', items: row };
}

function typesOf(fields: readonly string[], shape?: Shape): Record<string, FieldType> {
  return Object.fromEntries(fields.map((name) => [name, fieldType(name, shape)]));
}
