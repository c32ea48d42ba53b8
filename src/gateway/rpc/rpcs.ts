import type {
  DescMessage,
  DescMethod,
  DescMethodServerStreaming,
  DescMethodUnary,
  DescService,
  Message,
} from '@bufbuild/protobuf';
import { closestMatch } from '../../base/closest-match.ts';
import { usageError } from '../../errors/gsdk-error.ts';
import { ConnectMaster } from '../../gen/connect_master_pb.ts';
import { Connect } from '../../gen/connect_pb.ts';
import { Device } from '../../gen/device_pb.ts';
import { Gateway } from '../../gen/gateway_pb.ts';
import { Login } from '../../gen/login_pb.ts';
import { Network } from '../../gen/network_pb.ts';
import { Tenant } from '../../gen/tenant_pb.ts';
import { UDPMaster } from '../../gen/udp_master_pb.ts';
import { UDP } from '../../gen/udp_pb.ts';

/** An RPC of the wire contract. */
export interface Rpc {
  /** `Connect.GetDeviceList` */
  name: string;
  /** Of a streaming one, the answer is any number of messages, until it is ended. */
  method: DescMethodUnary | DescMethodServerStreaming;
  isStream: boolean;
  /** Whether it may change something: whatever does not read by its name. */
  isWrite: boolean;
}

/** The names of the fields of a message. */
export const fieldNames = ({ fields }: DescMessage) => fields.map(({ name }) => name);

/** An RPC and what is to be sent. */
export interface RpcRequest {
  rpc: Rpc;
  message: Message;
}

const services: readonly DescService[] = [
  ...[Connect, Device, Network, UDP],
  ...[ConnectMaster, UDPMaster, Gateway, Tenant, Login],
];

/** The contract has none that a client streams to. */
const isAnswered = (method: DescMethod): method is Rpc['method'] =>
  method.methodKind === 'unary' || method.methodKind === 'server_streaming';

/** Every RPC of the wire contract, those of device gateways first. This file loads all of the generated code. */
export const rpcs: readonly Rpc[] = services.flatMap(({ name, methods }) =>
  methods.filter(isAnswered).map((method) => ({
    name: `${name}.${method.name}`,
    method,
    isStream: method.methodKind === 'server_streaming',
    isWrite: !/^(?:Get|Search|Subscribe)/.test(method.name),
  })),
);

/**
 * Finds an RPC: `Connect.GetDeviceList`, or as it is on the wire, `gsdk.connect.Connect/GetDeviceList`,
 * before V1.5 `connect.Connect/GetDeviceList`.
 *
 * @throws GsdkError (USAGE) when there is none of that name
 */
export function findRpc(word: string): Rpc {
  const name = word.replace(/^\/?(?:(?:gsdk\.)?\w+\.)?(\w+)[./]/, '$1.');
  const found = rpcs.find((rpc) => rpc.name === name);
  if (found) return found;
  const ofAnotherService = rpcs.find(({ method }) => method.name === name.split('.').at(-1))?.name;
  const meant =
    closestMatch(
      name,
      rpcs.map((rpc) => rpc.name),
    ) ?? ofAnotherService;
  throw usageError(`no RPC "${word}"`, meant ? `did you mean ${meant}?` : 'list them: gsdk rpc --list');
}
