import { EventEmitter, once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Metadata, Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from '@grpc/grpc-js';
import { loadSync, type MessageTypeDefinition, type ServiceDefinition } from '@grpc/proto-loader';
import { afterAll } from 'vitest';
import { foreignCertificates, foreignName } from './foreign-certificates.ts';
import { root } from './gsdk.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A device behind a foreign gateway; enums are numbers, and any number will do. */
export interface ForeignDevice {
  deviceID: number;
  type: number;
  IPAddr: string;
  port?: number;
  useSSL?: boolean;
  serverAddr?: string;
  connectionMode?: number;
  /** The status once it is connected. */
  status?: number;
  /** Whether it is managed and connected from the start. */
  isConnected?: boolean;
}

/** An error to answer with: a gRPC status and its text, as it is. */
export class Refusal extends Error {
  readonly code: status;
  readonly metadata = new Metadata();

  constructor(code: status, text: string) {
    super(text);
    this.code = code;
  }
}

/** An error of one device of a Multi call; `code` is a number of gRPC. */
export interface ForeignDeviceError {
  deviceID: number;
  code: number;
  msg: string;
}

/** The refusal of a Multi call, its devices in the status details; `type` is that of the details. */
export function multiRefusal(deviceErrors: readonly ForeignDeviceError[], type = 'gsdk.err.MultiErrorResponse') {
  const refusal = new Refusal(status.INTERNAL, `${deviceErrors.length} device(s) failed`);
  const details = [
    { type_url: `type.googleapis.com/${type}`, value: encode('gsdk.err.MultiErrorResponse', { deviceErrors }) },
  ];
  const bytes = encode('google.rpc.Status', { code: refusal.code, message: refusal.message, details });
  refusal.metadata.set('grpc-status-details-bin', bytes);
  return refusal;
}

type Request = Record<string, unknown>;
type Answer = (request: Request) => unknown;

/** What a foreign gateway is told. */
export interface ForeignOptions {
  devices?: readonly ForeignDevice[];
  /** Answers in the place of the ordinary ones, by RPC. Throwing a `Refusal` is an answer too. */
  answers?: Readonly<Record<string, Answer>>;
}

/** A gateway that is not ours, and how gsdk finds it. */
export interface ForeignGateway {
  address: string;
  port: number;
  caFile: string;
  env: { GSDK_GATEWAY: string; GSDK_CA_FILE: string; GSDK_SERVER_NAME: string };
  /** The names of the RPCs that came, in order. */
  readonly calls: readonly string[];
  /** Resolves when this RPC comes the next time. */
  nextCall(rpc: string): Promise<unknown>;
  /** Drops everything at once. */
  kill(): void;
}

/** An answer that never comes. */
export const silence: Answer = () => new Promise(() => {});

const protoFolder = join(root, 'proto');
const protos = loadSync(
  [...readdirSync(protoFolder).filter((file) => file.endsWith('.proto')), 'google/rpc/status.proto'],
  { includeDirs: [protoFolder], keepCase: true, longs: Number, defaults: true },
);
const definition = protos['gsdk.connect.Connect'] as ServiceDefinition;
const encode = (message: string, value: object) =>
  (protos[message] as MessageTypeDefinition<object, object>).serialize(value);

/**
 * Starts a gateway that shares no code with the product: grpc-js with its own TLS, the messages read
 * from `proto/` at run time. Stopped after the last test of the file. Not to be called within a test.
 */
export async function foreignGateway({ devices = [], answers = {} }: ForeignOptions = {}): Promise<ForeignGateway> {
  const { root: ca, leaf, key } = await foreignCertificates();
  const caFile = join(temporaryFolder(), 'ca.crt');
  writeFileSync(caFile, ca);
  const calls: string[] = [];
  const arrivals = new EventEmitter();
  const server = new Server({ 'grpc.max_send_message_length': -1 });
  const all = { ...ordinaryAnswers(devices), ...answers };
  const served = Object.entries(all).map(([rpc, answer]) => {
    const handler = async (call: ServerUnaryCall<Request, unknown>, respond: sendUnaryData<unknown>) => {
      calls.push(rpc);
      arrivals.emit(rpc);
      try {
        respond(null, await answer(call.request));
      } catch (error) {
        const { code, metadata } =
          error instanceof Refusal ? error : { code: status.UNKNOWN, metadata: new Metadata() };
        respond({ code, metadata, details: (error as Error).message });
      }
    };
    return [rpc, handler];
  });
  server.addService(definition, Object.fromEntries(served));
  const port = await bind(server, leaf, key);
  const kill = () => server.forceShutdown();
  afterAll(kill);
  const address = `127.0.0.1:${port}`;
  const env = { GSDK_GATEWAY: address, GSDK_CA_FILE: caFile, GSDK_SERVER_NAME: foreignName };
  return { address, port, caFile, env, calls, nextCall: (rpc) => once(arrivals, rpc), kill };
}

function bind(server: Server, leaf: string, key: string): Promise<number> {
  const identity = [{ cert_chain: Buffer.from(leaf), private_key: Buffer.from(key) }];
  return new Promise((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createSsl(null, identity), (error, port) =>
      error ? reject(error) : resolve(port),
    );
  });
}

function ordinaryAnswers(devices: readonly ForeignDevice[]): Record<string, Answer> {
  const managed = new Set(devices.filter(({ isConnected }) => isConnected));
  return {
    SearchDevice: () => ({ deviceInfos: devices }),
    GetDeviceList: () => ({
      deviceInfos: [...managed].map((device) => ({ status: device.useSSL ? 2 : 1, ...device, autoReconnect: false })),
    }),
    Connect: ({ connectInfo }) => {
      const { IPAddr } = connectInfo as { IPAddr: string };
      const device = devices.find((candidate) => candidate.IPAddr === IPAddr);
      if (!device)
        throw new Refusal(status.UNAVAILABLE, `Cannot connect to the device: dial tcp ${IPAddr}: i/o timeout`);
      managed.add(device);
      return { deviceID: device.deviceID };
    },
    Disconnect: ({ deviceIDs }) => {
      for (const device of [...managed]) if ((deviceIDs as number[]).includes(device.deviceID)) managed.delete(device);
      return {};
    },
  };
}
