import type { DescField, DescMessage } from '@bufbuild/protobuf';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import {
  AcceptFilterSchema,
  DeviceInfoSchema,
  PendingDeviceInfoSchema,
  SearchDeviceInfoSchema,
  SlaveDeviceInfoSchema,
} from '../../src/gen/connect_pb.ts';
import { CapabilityInfoSchema, FactoryInfoSchema } from '../../src/gen/device_pb.ts';
import { fieldType } from '../../src/render/field-types.ts';
import { toJsonSchema } from '../../src/render/schema.ts';
import promised from '../output-schemas.json' with { type: 'json' };
import { verbs } from '../support/command-tree.ts';
import { outputSchemas } from '../support/output-schemas.ts';
import { missingFrom } from '../support/schema-differences.ts';

const schemas = await outputSchemas();
/** Those whose output is not a document of theirs: another program's, a gateway's, a schema, a script, or a page of help. */
const apart = [
  'emulator exec',
  'emulator env',
  'emulator logs',
  'emulator fleet new',
  'emulator fleet schema',
  'completion',
];
const without = ['rpc', 'schema', 'help', ...apart];

test('every command says what it prints: document(command, { output })', () => {
  const missing = verbs.map(([words]) => words).filter((words) => !(words in schemas) && !without.includes(words));
  expect(missing).toEqual([]);
});

test.each(Object.entries(schemas))('the schema of %s is one of draft 2020-12', (_words, schema) => {
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: false });
  expect(() => ajv.compile(schema)).not.toThrow();
});

describe('what was promised', () => {
  test('is there still: no field is taken away, and none changes its type', () => {
    expect(missingFrom(schemas, promised)).toEqual([]);
  });

  test('is all that is there: node tools/docs.js adds what is new', () => {
    expect(missingFrom(promised, schemas)).toEqual([]);
  });

  test.each<[what: string, change: (shape: { fields: string[]; nullable?: string[] }) => void, missing: string]>([
    ['a field is taken away', (shape) => shape.fields.pop(), 'device ls.items.properties.port'],
    [
      'a field may be null',
      (shape) => Object.assign(shape, { nullable: ['port'] }),
      'device ls.items.properties.port.type',
    ],
  ])('is missed when %s', (_what, change, missing) => {
    const shape = { isRead: true, columns: [], fields: ['deviceID', 'port'] };
    const before = { 'device ls': toJsonSchema(shape, '') };
    change(shape);
    expect(missingFrom({ 'device ls': toJsonSchema(shape, '') }, before)).toContain(missing);
  });
});

describe.each<[string, DescMessage]>([
  ...[DeviceInfoSchema, SearchDeviceInfoSchema, PendingDeviceInfoSchema, AcceptFilterSchema].map(named),
  ...[SlaveDeviceInfoSchema, FactoryInfoSchema, CapabilityInfoSchema].map(named),
])('the fields of %s', (_name, { fields }) => {
  test.each(fields.map((field) => [field.name, field] as const))('%s has the type of the wire', (name, field) => {
    expect(fieldType(name).type).toBe(jsonType(field));
  });
});

test('a field that nobody has described is a mistake of ours', () => {
  expect(() => fieldType('colour')).toThrow('the field colour has no type');
});

function named(schema: DescMessage): [string, DescMessage] {
  return [schema.name, schema];
}

function jsonType({ fieldKind, scalar }: DescField): string {
  if (fieldKind === 'list') return 'array';
  if (fieldKind === 'enum') return 'string';
  // ScalarType: BOOL is 8, STRING is 9; all others in the contract are integers.
  return scalar === 8 ? 'boolean' : scalar === 9 ? 'string' : 'integer';
}
