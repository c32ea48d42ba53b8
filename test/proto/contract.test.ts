import { readdirSync, readFileSync } from 'node:fs';
import type { DescFile } from '@bufbuild/protobuf';
import { createClient, createRouterTransport, type Interceptor } from '@connectrpc/connect';
import { describe, expect, test } from 'vitest';
import { Connect } from '../../src/gen/connect_pb.ts';
import { UDPMaster } from '../../src/gen/udp_master_pb.ts';
import { type Contract, type ContractPackage, differences } from './contract-differences.ts';

const contract = JSON.parse(readFileSync(new URL('../wire-contract.json', import.meta.url), 'utf8')) as Contract;
const packages = Object.keys(contract.packages);
const files = await compiledFiles();

describe('the compiled .proto files keep the wire contract', () => {
  test.each(packages)('%s', (name) => {
    const only = { packages: { [name]: contract.packages[name] } } as Contract;
    const compiled = files.filter((file) => file.proto.package === name);
    expect(differences(only, compiled)).toEqual([]);
  });

  test('and hold no package that the contract does not know', () => {
    expect(files.map((file) => file.proto.package).sort()).toEqual([...packages].sort());
  });
});

describe('an RPC is called by its path in the contract', () => {
  let called: string | undefined;
  const remember: Interceptor = (next) => (request) => {
    called = new URL(request.url).pathname;
    return next(request);
  };
  const transport = createRouterTransport(
    ({ service }) => {
      service(Connect, { searchDevice: () => ({}) });
      service(UDPMaster, { getIPConfig: () => ({}) });
    },
    { transport: { interceptors: [remember] } },
  );

  test.each([
    ['/gsdk.connect.Connect/SearchDevice', () => createClient(Connect, transport).searchDevice({})],
    ['/gsdk.udp_master.UDPMaster/GetIPConfig', () => createClient(UDPMaster, transport).getIPConfig({})],
  ])('%s', async (path, call) => {
    await call();
    expect(called).toBe(path);
  });
});

describe('a contract that says something else is reported:', () => {
  test.each<[string, string, (changed: ContractPackage) => unknown, string[]]>([
    [
      'another field number',
      'gsdk.connect',
      ({ messages }) => messages.ConnectResponse?.splice(0, 1, field('deviceID', 2, 'uint32')),
      [
        'missing: field gsdk.connect.ConnectResponse.deviceID = 2, uint32',
        'extra: field gsdk.connect.ConnectResponse.deviceID = 1, uint32',
      ],
    ],
    [
      'another field type',
      'gsdk.connect',
      ({ messages }) => messages.DisconnectRequest?.splice(0, 1, field('deviceIDs', 1, 'uint64')),
      [
        'missing: field gsdk.connect.DisconnectRequest.deviceIDs = 1, uint64',
        'extra: field gsdk.connect.DisconnectRequest.deviceIDs = 1, repeated uint32',
      ],
    ],
    [
      'a message more',
      'gsdk.login',
      ({ messages }) => Object.assign(messages, { Ticket: [field('text', 1, 'string')] }),
      ['missing: message gsdk.login.Ticket', 'missing: field gsdk.login.Ticket.text = 1, string'],
    ],
    [
      'a method less',
      'gsdk.gateway',
      ({ services }) => services.Gateway?.pop(),
      [
        'extra: rpc /gsdk.gateway.Gateway/SubscribeStatus (gsdk.gateway.SubscribeStatusRequest) returns (stream gsdk.gateway.StatusChange)',
      ],
    ],
    [
      'an enum value less',
      'gsdk.connect',
      ({ enums }) => enums.Status?.pop(),
      ['extra: value gsdk.connect.Status.TRY_TO_CONNECT = 4'],
    ],
    [
      'an enum without its alias',
      'gsdk.connect',
      ({ enums }) => enums.ConnectionMode?.pop(),
      [
        'missing: enum gsdk.connect.ConnectionMode',
        'extra: enum gsdk.connect.ConnectionMode, allow_alias',
        'extra: value gsdk.connect.ConnectionMode.DEFAULT = 0',
      ],
    ],
    [
      'the alias before the first name',
      'gsdk.device',
      ({ enums }) => enums.Type?.splice(5, 0, ...enums.Type.splice(6, 1)),
      ['out of order: value gsdk.device.Type.ENTRY_MAX = 5', 'out of order: value gsdk.device.Type.XPASS_S2 = 5'],
    ],
    [
      'another file',
      'gsdk.cert',
      (changed) => Object.assign(changed, { file: 'name.proto' }),
      ['missing: package gsdk.cert in name.proto, proto3', 'extra: package gsdk.cert in cert.proto, proto3'],
    ],
  ])('%s', (_, name, change, expected) => {
    const copy = structuredClone(contract);
    change(copy.packages[name] as ContractPackage);
    expect(differences(copy, files)).toEqual(expected);
  });

  test('a package less, a package more', () => {
    const { 'gsdk.err': err, ...others } = contract.packages;
    const renamed = { packages: { ...others, err } } as Contract;
    const lines = differences(renamed, files);
    expect(lines).toContain('missing: package err in err.proto, proto3');
    expect(lines).toContain('extra: package gsdk.err in err.proto, proto3');
  });
});

const field = (name: string, number: number, type: string) => ({ name, number, type, repeated: false });

/** The descriptors of the generated files that lie flat in src/gen, as the vendor's do. */
async function compiledFiles(): Promise<DescFile[]> {
  const folder = new URL('../../src/gen/', import.meta.url);
  const modules = readdirSync(folder).filter((name) => name.endsWith('_pb.ts'));
  const imported = await Promise.all(modules.map((name) => import(new URL(name, folder).href)));
  return imported.map((module, index) => module[`file_${modules[index]?.replace('_pb.ts', '')}`]);
}
