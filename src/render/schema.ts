import { type FieldType, fieldType, objectOf } from './field-types.ts';
import type { Shape } from './view.ts';

/** A JSON Schema (draft 2020-12). */
export type JsonSchema = FieldType;

const count = { type: 'integer', minimum: 0 } as const;
const textOrNull = { type: ['string', 'null'] } as const;

/** What stands around the results of a write. */
const resultsOf = (row: FieldType) => ({
  results: { type: 'array', items: row } as const,
  summary: objectOf({ requested: count, ok: count, changed: count, failed: count, skipped: count, unknown: count }),
  ...{ changed: { type: 'boolean' }, dryRun: { type: 'boolean' }, profile: textOrNull, gateway: textOrNull },
});

const filterOrNull = {
  ...objectOf(typesOf(['allowAll', 'deviceIDs', 'IPAddrs', 'subnetMasks'])),
  type: ['object', 'null'],
};

/**
 * The JSON Schema of what `-o json` prints for a shape. With `--fields` only the named ones are there; `ndjson` prints
 * what is in the array, or in `results`, an object a line; so does a stream.
 *
 * @param title the command, for people
 */
export function schemaOf(shape: Shape, title: string): JsonSchema {
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...documentOf(shape) };
}

function documentOf(shape: Shape): FieldType {
  const row = objectOf(typesOf(shape.fields, shape));
  if (shape.documentKind === 'lines') return objectOf(typesOf(shape.fields, shape), shape.always ?? []);
  if (shape.documentKind === 'results') return objectOf(resultsOf(row));
  if (shape.documentKind === 'filterChange') {
    return objectOf({ ...resultsOf(row), before: filterOrNull, after: filterOrNull });
  }
  return shape.isObject ? row : { type: 'array', items: row };
}

function typesOf(fields: readonly string[], shape?: Shape): Record<string, FieldType> {
  return Object.fromEntries(fields.map((name) => [name, fieldType(name, shape)]));
}
