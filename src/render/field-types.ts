import type { Json } from './view.ts';

/** What a field holds, as JSON Schema. */
export type FieldType = Readonly<Record<string, Json>>;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const integer = { type: 'integer' } as const;
const time = { type: 'string', format: 'date-time' } as const;
const milliseconds = { type: 'integer', minimum: 0 } as const;
const deviceID = { type: 'integer', minimum: 0, maximum: 4_294_967_295 } as const;
/** Texts by names that are not known beforehand. */
const texts = { type: 'object', additionalProperties: text } as const;
const listOf = (items: FieldType) => ({ type: 'array', items }) as const;
/** A newer gateway may send what no table has, so the names are open. */
const enumName = { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' } as const;
const nullable = ({ type, ...others }: FieldType): FieldType => ({ ...others, type: [type as string, 'null'] });

/** An object; every field of it is there, unless it is said which are. */
export const objectType = (
  properties: Readonly<Record<string, FieldType>>,
  required: readonly string[] = Object.keys(properties),
): FieldType => ({ type: 'object', properties, required });

/** The accept filter. */
const filter = { allowAll: flag, deviceIDs: listOf(deviceID), IPAddrs: listOf(text), subnetMasks: listOf(text) };

/** Fields by their names: there is one vocabulary, so a name means the same wherever it stands. */
const fieldTypes: Readonly<Record<string, FieldType>> = {
  ...{ deviceID, type: enumName, connectionMode: enumName, IPAddr: text, port: integer, status: enumName },
  ...{ autoReconnect: flag, useSSL: flag, connected: flag, useDHCP: flag, serverAddr: text },
  ...{ lastTry: integer, lastTryTime: time },
  ...{ MACAddr: text, modelName: text, firmwareVersion: text, kernelVersion: text, BSCoreVersion: text },
  ...{ boardVersion: text, maxNumOfUser: integer },
  ...filter,
  ...{ rs485SlaveDeviceIDs: listOf(deviceID), wiegandSlaveDeviceIDs: listOf(deviceID) },
  ...{ deviceUseSSL: flag, deviceConnectionMode: enumName, differs: flag },
  ...{ address: text, comesBack: flag, stoppedBy: text, ok: flag, changed: flag },
  outcome: { type: 'string', enum: ['applied', 'not-applied', 'unknown', 'skipped'] },
  error: objectType({ class: enumName, code: nullable(enumName), message: text, hint: nullable(text) }),
  ...{ exists: flag, accepted: flag, listed: flag },
  ...{ gateway: text, devices: integer, connectMs: milliseconds, answerMs: milliseconds, totalMs: milliseconds },
  ...{ minVersion: text, maxVersion: text, tlsVersion: text, subject: text, issuer: text, names: listOf(text) },
  ...{ notBefore: time, notAfter: time, daysLeft: integer, sha256: text, rootSha256: text },
  ...{ async: integer, pending: integer, slaves: integer, filterListed: integer },
  layer: text,
  hint: text,
  ...{ attempts: integer, waitedMs: milliseconds, met: flag },
  ...{ readOnly: flag, maxDevices: integer, auditFile: text },
  ...{ setting: text, value: text, source: text, path: text, inUse: flag, caFile: text },
  ...{ event: text, time, from: enumName, to: enumName, timestamp: integer, timestampTime: time, synthetic: flag },
  ...{ managed: integer, reason: text, since: time, gapMs: milliseconds, attempt: integer, managedBefore: integer },
  ...{ managedAfter: integer, emptied: flag, changes: integer, downSince: time, downForMs: milliseconds, lost: flag },
  profile: nullable(text),
  ...{ name: text, pid: integer, startTime: time, stopped: flag },
  state: { type: 'string', enum: ['running', 'starting', 'dead'] },
  ...{ controlFile: text, manual: flag, factor: { type: 'number' }, seq: integer, kind: text, what: text, rule: text },
  ...{ service: text, method: text, request: { type: 'object' }, code: enumName, found: integer, message: text },
  ...{ id: text, effect: text, fired: integer, matched: integer, run: integer, scenario: text, step: integer },
  ...{ do: text, happened: integer, times: integer, steps: integer },
  ...{ present: flag, plugged: flag, refuses: flag },
  ...{ up: flag, subscribers: integer, frozen: flag, sinceSeq: integer },
  ...{ file: text, line: integer, column: integer, problem: text },
  ...{ serverPort: integer, SSLServerPort: integer, group: text, labels: texts, factoryInfo: texts, answers: flag },
  ...{ handshakeMs: milliseconds, answerMs: milliseconds, statusWhenConnected: integer },
  ...{ statement: text, mark: text, switch: text, about: text },
  ...{ finding: enumName, want: text, have: text, heldUntil: time },
};

/**
 * What a field holds.
 *
 * @param shape may have fields of its own, and fields that are null at times
 * @throws TypeError for a field that nobody has described
 */
export function fieldType(name: string, { types, nullable: nulls }: Described = {}): FieldType {
  const known = types?.[name] ?? fieldTypes[name] ?? (name.endsWith('Supported') ? flag : undefined);
  if (!known) throw new TypeError(`the field ${name} has no type: src/render/field-types.ts`);
  return nulls?.includes(name) ? nullable(known) : known;
}

/** What a shape says of its fields beside their names. */
export interface Described {
  /** Types of fields that mean something else here than everywhere. */
  types?: Readonly<Record<string, FieldType>>;
  /** The fields that may be null. */
  nullable?: readonly string[];
  /** Of rows that do not all have the same fields: those that each has. */
  always?: readonly string[];
}
