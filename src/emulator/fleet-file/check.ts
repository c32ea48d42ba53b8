import { isIPv4 } from 'node:net';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { closestMatch } from '../../base/closest-match.ts';
import type { FleetDocument } from './document.ts';
import { type Path, type Problem, pathText } from './problem.ts';
import type { Schema } from './schema.ts';

/** A problem, and whether it is only a key that nobody knows. */
export interface Finding extends Problem {
  readonly isUnknownKey: boolean;
}

/** Holds a document against a schema; everything that is wrong, in the order of the file. */
export type Check = (document: FleetDocument) => Finding[];

/** Makes what holds documents against a schema. The schema is worked out at the first of them. */
export function checkBy(schema: Schema): Check {
  let validate: ValidateFunction | undefined;
  return (document) => {
    validate ??= new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true, formats, ...schemaIsFine }).compile(
      schema,
    );
    validate(document.value);
    return findings(validate.errors ?? [], document);
  };
}

function findings(errors: readonly ErrorObject[], document: FleetDocument): Finding[] {
  // Of alternatives that all fail, what is wrong with each of them is no help.
  const wholes = new Set(errors.filter(({ keyword }) => keyword === 'anyOf').map(branchOf));
  return errors
    .filter((error) => !isPartOf(branchOf(error), wholes))
    .filter(({ propertyName }) => propertyName === undefined)
    .map((error) => toFinding(error, document))
    .sort((one, other) => one.line - other.line || one.column - other.column);
}

/** The schemas are ours, and are held against the schema of schemas by a test: at run time that takes 20 ms. */
const schemaIsFine = { validateSchema: false, meta: false };

const formats = { ipv4: isIPv4, 'ipv4-network': (text: string) => isIPv4(text.replace(/\/\d{1,2}$/, '')) };

const branchOf = ({ instancePath, schemaPath }: ErrorObject) => `${instancePath} ${schemaPath}`;

/** Whether a branch grows out of one of these. */
function isPartOf(branch: string, wholes: ReadonlySet<string>): boolean {
  for (let end = branch.lastIndexOf('/'); end > 0; end = branch.lastIndexOf('/', end - 1)) {
    if (wholes.has(branch.slice(0, end))) return true;
  }
  return false;
}

function toFinding(error: ErrorObject, document: FleetDocument): Finding {
  const { source } = document;
  const path = toPath(error.instancePath);
  const { key, message } = worded(error);
  const place = key === undefined ? document.placeOf(path) : document.placeOfKey([...path, key]);
  const where = pathText(key === undefined ? path : [...path, key]);
  const isUnknownKey = error.keyword === 'additionalProperties';
  return { source, ...place, message: where === '' ? message : `${where}: ${message}`, isUnknownKey };
}

/** A JSON pointer as steps. */
const toPath = (pointer: string): Path =>
  pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));

/** What of a schema messages are made of. */
interface Titled {
  title?: string;
  properties?: object;
  propertyNames?: { title: string };
}

function worded({ keyword, params, parentSchema, data, message }: ErrorObject): { key?: string; message: string } {
  const { title, properties = {}, propertyNames } = (parentSchema ?? {}) as Titled;
  if (keyword === 'additionalProperties') {
    const key = String(params.additionalProperty);
    const meant = closestMatch(key, Object.keys(properties));
    return { key, message: `unknown key${meant ? `; did you mean ${meant}?` : ''}` };
  }
  if (keyword === 'propertyNames')
    return { key: String(params.propertyName), message: `expected ${propertyNames?.title}` };
  if (keyword === 'required') return { message: `${params.missingProperty} is missing` };
  return { message: title ? `expected ${title}, got ${shown(data)}` : `${message}, got ${shown(data)}` };
}

/** What came instead, its beginning if it is long. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
