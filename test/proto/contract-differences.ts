import { type DescEnum, type DescField, type DescFile, type DescMethod, ScalarType } from '@bufbuild/protobuf';
import { nestedTypes } from '@bufbuild/protobuf/reflect';
import { Edition } from '@bufbuild/protobuf/wkt';

export interface Contract {
  packages: Record<string, ContractPackage>;
}

export interface ContractPackage {
  file: string;
  services: Record<string, { name: string; request: string; response: string; serverStreaming: boolean }[]>;
  messages: Record<string, { name: string; number: number; type: string; repeated: boolean }[]>;
  enums: Record<string, { name: string; number: number }[]>;
}

/**
 * What differs between the wire contract and the compiled descriptors, one line
 * each, nothing when they agree.
 *
 * Both sides are written out as the same kind of lines, one for each name on the
 * wire; then the lines are compared. Where both have the same lines, their order
 * has to be the same too: it decides which name of an aliased enum value is first.
 */
export function differences(contract: Contract, files: DescFile[]): string[] {
  const wanted = new Map(Object.entries(contract.packages).map(([name, parts]) => [name, contractLines(name, parts)]));
  const found = (name: string) => files.filter((file) => file.proto.package === name).flatMap(compiledLines);
  const names = new Set([...wanted.keys(), ...files.map((file) => file.proto.package)]);
  return [...names].flatMap((name) => compare(wanted.get(name) ?? [], found(name)));
}

function compare(wanted: string[], found: string[]): string[] {
  const missing = wanted.filter((line) => !found.includes(line)).map((line) => `missing: ${line}`);
  const extra = found.filter((line) => !wanted.includes(line)).map((line) => `extra: ${line}`);
  if (missing.length + extra.length > 0) return [...missing, ...extra];
  return wanted.filter((line, place) => line !== found[place]).map((line) => `out of order: ${line}`);
}

function contractLines(packageName: string, { file, services, messages, enums }: ContractPackage): string[] {
  const full = (name: string) => `${packageName}.${name}`;
  return [
    `package ${packageName} in ${file}, proto3`,
    ...Object.entries(services).flatMap(([service, methods]) => [
      `service ${full(service)}`,
      ...methods.map((method) => rpcLine(`/${full(service)}/${method.name}`, method)),
    ]),
    ...Object.entries(messages).flatMap(([message, fields]) => [
      `message ${full(message)}`,
      ...fields.map((field) => fieldLine(full(message), field)),
    ]),
    ...Object.entries(enums).flatMap(([name, values]) => enumLines(full(name), values, hasAliases(values))),
  ];
}

function compiledLines(file: DescFile): string[] {
  const types = [...nestedTypes(file)];
  const syntax = file.edition === Edition.EDITION_PROTO3 ? 'proto3' : `edition ${file.edition}`;
  return [
    `package ${file.proto.package} in ${file.proto.name}, ${syntax}`,
    ...file.services.flatMap((service) => [`service ${service.typeName}`, ...service.methods.map(compiledRpc)]),
    ...types
      .filter((type) => type.kind === 'message')
      .flatMap(({ typeName, fields }) => [
        `message ${typeName}`,
        ...fields.map((field) => fieldLine(typeName, compiledField(field))),
      ]),
    ...types.filter((type) => type.kind === 'enum').flatMap(compiledEnum),
    ...types.filter((type) => type.kind === 'extension').map(({ typeName }) => `extension ${typeName}`),
  ];
}

const compiledRpc = ({ parent, name, input, output, proto }: DescMethod) =>
  rpcLine(`/${parent.typeName}/${name}`, {
    request: `${proto.clientStreaming ? 'stream ' : ''}${input.typeName}`,
    response: output.typeName,
    serverStreaming: proto.serverStreaming,
  });

function compiledField({ name, number, proto, message, enum: values, ...field }: DescField) {
  const presence = proto.proto3Optional || field.oneof ? 'optional ' : '';
  const scalar = field.scalar === undefined ? '' : ScalarType[field.scalar].toLowerCase();
  const type = field.fieldKind === 'map' ? 'map' : (message?.typeName ?? values?.typeName ?? scalar);
  return { name, number, type: `${presence}${type}`, repeated: field.fieldKind === 'list' };
}

const compiledEnum = ({ typeName, values, proto }: DescEnum) =>
  enumLines(typeName, values, proto.options?.allowAlias ?? false);

const rpcLine = (path: string, rpc: { request: string; response: string; serverStreaming: boolean }) =>
  `rpc ${path} (${rpc.request}) returns (${rpc.serverStreaming ? 'stream ' : ''}${rpc.response})`;

const fieldLine = (message: string, field: { name: string; number: number; type: string; repeated: boolean }) =>
  `field ${message}.${field.name} = ${field.number}, ${field.repeated ? 'repeated ' : ''}${field.type}`;

const enumLines = (name: string, values: { name: string; number: number }[], aliases: boolean) => [
  `enum ${name}${aliases ? ', allow_alias' : ''}`,
  ...values.map((value) => `value ${name}.${value.name} = ${value.number}`),
];

const hasAliases = (values: { number: number }[]) => new Set(values.map(({ number }) => number)).size < values.length;
