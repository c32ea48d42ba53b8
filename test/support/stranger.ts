import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, type ClientReadableStream, credentials, type ServiceError } from '@grpc/grpc-js';
import { loadSync, type MessageTypeDefinition, type ServiceDefinition } from '@grpc/proto-loader';

/** A device in `GetDeviceList`, enums as numbers. */
export interface StrangerDevice {
  deviceID: number;
  type: number;
  connectionMode: number;
  IPAddr: string;
  port: number;
  status: number;
  autoReconnect: boolean;
  useSSL: boolean;
}

/** A device in `SearchDevice`, enums as numbers. */
export interface StrangerFind {
  deviceID: number;
  type: number;
  useDHCP: boolean;
  connectionMode: number;
  IPAddr: string;
  port: number;
  useSSL: boolean;
  serverAddr: string;
}

/** A change of status as it came over the wire; `timestamp` in Unix seconds. */
export interface StrangerChange {
  deviceID: number;
  status: number;
  timestamp: number;
}

/** A connection for `AddAsyncConnection`. */
export interface StrangerConnection {
  deviceID: number;
  IPAddr: string;
  port?: number;
  useSSL?: boolean;
}

/** The accept filter; what is left out is empty. */
export interface StrangerFilter {
  allowAll?: boolean;
  deviceIDs?: number[];
  IPAddrs?: string[];
  subnetMasks?: string[];
}

/** A device in `GetPendingList`, `lastTry` in Unix seconds. */
export interface StrangerPending {
  deviceID: number;
  type: number;
  IPAddr: string;
  lastTry: number;
}

/** The slaves of a device. */
export interface StrangerSlaves {
  deviceID: number;
  rs485SlaveDeviceIDs: number[];
  wiegandSlaveDeviceIDs: number[];
}

/** What went wrong with one device of several; `code` is a gRPC code. */
export interface StrangerDeviceError {
  deviceID: number;
  code: number;
  msg: string;
}

/** An open `SubscribeStatus`. */
export interface StrangerStream {
  /** Everything that has come so far. */
  readonly received: readonly StrangerChange[];
  /** Whether the response headers have come. */
  readonly hasHeaders: () => boolean;
  /** Resolves when `count` changes have come in all, to those; rejects if the stream ends before. */
  take(count: number): Promise<StrangerChange[]>;
  /** Stops reading, so that flow control makes itself felt; `resume` goes on. */
  pause(): void;
  resume(): void;
  cancel(): void;
  /** The status with which the stream ended. */
  readonly ended: Promise<{ code: number; details: string }>;
}

/** Another gRPC client than ours: it shares no line with `src`, and its calls all have deadlines. */
export interface Stranger {
  /** Calls a method of `gsdk.connect.Connect`; rejects with grpc-js's ServiceError. */
  call<T>(method: string, request?: object): Promise<T>;
  /** Calls a method of another service, by its full name. */
  callOf<T>(service: string, method: string, request?: object): Promise<T>;
  /** Calls any path with bytes as they are. */
  raw(path: string, request: Buffer): Promise<Buffer>;
  search(timeout?: number): Promise<StrangerFind[]>;
  connect(info: { IPAddr: string; port?: number; useSSL?: boolean }): Promise<number>;
  disconnect(...deviceIDs: number[]): Promise<void>;
  disconnectAll(): Promise<void>;
  addAsync(...connectInfos: StrangerConnection[]): Promise<void>;
  deleteAsync(...deviceIDs: number[]): Promise<void>;
  filter(): Promise<Required<StrangerFilter>>;
  setFilter(filter: StrangerFilter): Promise<void>;
  pending(): Promise<StrangerPending[]>;
  slaves(): Promise<StrangerSlaves[]>;
  setSlaves(...slaveDeviceInfos: StrangerSlaves[]): Promise<void>;
  setMode(deviceID: number, connectionMode: number): Promise<void>;
  enableSSL(deviceID: number): Promise<void>;
  disableSSL(deviceID: number): Promise<void>;
  /** Calls a Multi method; resolves to the device errors in its answer. */
  multi(method: string, request: { deviceIDs: number[]; connectionMode?: number }): Promise<StrangerDeviceError[]>;
  devices(): Promise<StrangerDevice[]>;
  /** Resolves when the gateway has taken the subscription. */
  subscribe(queueSize?: number): Promise<StrangerStream>;
  close(): void;
}

const protoFolder = fileURLToPath(new URL('../../proto/', import.meta.url));
const protoFiles = [...readdirSync(protoFolder).filter((file) => file.endsWith('.proto')), 'google/rpc/status.proto'];
const loadProtos = (folder: string) =>
  loadSync(protoFiles, { includeDirs: [folder], keepCase: true, longs: Number, defaults: true });
const protos = loadProtos(protoFolder);

/** The same contract as it was before V1.5, when its packages had no `gsdk.` before them. */
function loadOldProtos() {
  const folder = mkdtempSync(join(tmpdir(), 'old-protos-'));
  try {
    for (const file of protoFiles) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), readFileSync(join(protoFolder, file), 'utf8').replace(/\bgsdk\./g, ''));
    }
    return loadProtos(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const asTheyAre = (bytes: Buffer) => bytes;

/** Where a stranger calls, and whom it trusts. */
export interface StrangerTarget {
  readonly address: string;
  /** PEM; no other root is trusted. */
  readonly caCertificate: string;
  /** The name that the certificate must bear. Default localhost. */
  readonly serverName?: string;
  /** How long each call may take; a subscription twice as long. Default 5 s. */
  readonly deadlineMs?: number;
  /** Whether it is a client from before V1.5, whose packages have no `gsdk.` before them. */
  readonly isOld?: boolean;
}

/** A client of the gateway at `address`. Nothing is sent before the first call. */
export function stranger(target: StrangerTarget): Stranger {
  const { address, caCertificate, serverName = 'localhost', deadlineMs = 5_000, isOld = false } = target;
  const contract: Contract = isOld ? { prefix: '', protos: loadOldProtos() } : { prefix: 'gsdk.', protos };
  const client = new Client(address, credentials.createSsl(Buffer.from(caCertificate)), {
    'grpc.ssl_target_name_override': serverName,
    'grpc.enable_http_proxy': 0,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.max_send_message_length': -1,
    'grpc.max_receive_message_length': -1,
  });
  const callOf = async <T>(service: string, name: string, request: object = {}) => {
    const { path, requestSerialize, responseDeserialize } = methodOf(service, name, contract);
    const method = { path, serialize: requestSerialize, deserialize: responseDeserialize };
    return (await unary(client, method, { request, deadlineMs })) as T;
  };
  const call = <T>(name: string, request?: object) => callOf<T>(`${contract.prefix}connect.Connect`, name, request);
  return {
    call,
    callOf,
    raw: (path, request) =>
      unary(client, { path, serialize: asTheyAre, deserialize: asTheyAre }, { request, deadlineMs }),
    search: async (timeout = 0) =>
      (await call<{ deviceInfos: StrangerFind[] }>('SearchDevice', { timeout })).deviceInfos,
    connect: async (connectInfo) => (await call<{ deviceID: number }>('Connect', { connectInfo })).deviceID,
    disconnect: async (...deviceIDs) => void (await call('Disconnect', { deviceIDs })),
    disconnectAll: async () => void (await call('DisconnectAll')),
    addAsync: async (...connectInfos) => void (await call('AddAsyncConnection', { connectInfos })),
    deleteAsync: async (...deviceIDs) => void (await call('DeleteAsyncConnection', { deviceIDs })),
    filter: async () => (await call<{ filter: Required<StrangerFilter> }>('GetAcceptFilter')).filter,
    setFilter: async (filter) => void (await call('SetAcceptFilter', { filter })),
    pending: async () => (await call<{ deviceInfos: StrangerPending[] }>('GetPendingList')).deviceInfos,
    slaves: async () => (await call<{ slaveDeviceInfos: StrangerSlaves[] }>('GetSlaveDevice')).slaveDeviceInfos,
    setSlaves: async (...slaveDeviceInfos) => void (await call('SetSlaveDevice', { slaveDeviceInfos })),
    setMode: async (deviceID, connectionMode) => void (await call('SetConnectionMode', { deviceID, connectionMode })),
    enableSSL: async (deviceID) => void (await call('EnableSSL', { deviceID })),
    disableSSL: async (deviceID) => void (await call('DisableSSL', { deviceID })),
    multi: async (method, request) =>
      (await call<{ deviceErrors: StrangerDeviceError[] }>(method, request)).deviceErrors,
    devices: async () => (await call<{ deviceInfos: StrangerDevice[] }>('GetDeviceList')).deviceInfos,
    subscribe: async (queueSize = 16) => {
      const stream = openStream(client, { queueSize, deadlineMs, contract });
      await call('GetDeviceList'); // sent after the subscription on the same connection, so answered after it too
      return stream;
    },
    close: () => client.close(),
  };
}

/** What a failed Multi call says of its devices in the trailer `grpc-status-details-bin`. */
export function statusDetails({ metadata }: ServiceError): {
  code: number;
  message: string;
  details: { type: string; deviceErrors: StrangerDeviceError[] }[];
} {
  const { code, message, details } = decode<RpcStatus>('google.rpc.Status', metadata.get(trailer)[0] as Buffer);
  return {
    code,
    message,
    details: details.map(({ type_url, value }) => ({
      type: type_url,
      ...decode<{ deviceErrors: StrangerDeviceError[] }>('gsdk.err.MultiErrorResponse', value),
    })),
  };
}

const trailer = 'grpc-status-details-bin';

interface RpcStatus {
  code: number;
  message: string;
  details: { type_url: string; value: Buffer }[];
}

const decode = <T>(message: string, bytes: Buffer) =>
  (protos[message] as MessageTypeDefinition<object, object>).deserialize(bytes) as T;

/** The messages and services that a client knows, and what stands before their packages. */
interface Contract {
  prefix: string;
  protos: typeof protos;
}

function methodOf(service: string, name: string, contract: Contract) {
  const method = (contract.protos[service] as ServiceDefinition | undefined)?.[name];
  if (!method) throw new Error(`no method ${name} of ${service} in proto`);
  return method;
}

interface Method<Request, Response> {
  path: string;
  serialize: (request: Request) => Buffer;
  deserialize: (bytes: Buffer) => Response;
}

function unary<Request, Response>(
  client: Client,
  { path, serialize, deserialize }: Method<Request, Response>,
  { request, deadlineMs }: { request: Request; deadlineMs: number },
) {
  const deadline = Date.now() + deadlineMs;
  return new Promise<Response>((resolve, reject) => {
    client.makeUnaryRequest(path, serialize, deserialize, request, { deadline }, (error, response) =>
      error ? reject(error) : resolve(response as Response),
    );
  });
}

function openStream(
  client: Client,
  { queueSize, deadlineMs, contract }: { queueSize: number; deadlineMs: number; contract: Contract },
): StrangerStream {
  const { path, requestSerialize, responseDeserialize } = methodOf(
    `${contract.prefix}connect.Connect`,
    'SubscribeStatus',
    contract,
  );
  const stream = client.makeServerStreamRequest(
    path,
    requestSerialize,
    responseDeserialize as (bytes: Buffer) => StrangerChange,
    { queueSize },
    { deadline: Date.now() + 2 * deadlineMs },
  );
  const received: StrangerChange[] = [];
  const arrivals = new EventEmitter();
  let hasHeaders = false;
  stream.on('metadata', () => {
    hasHeaders = true;
  });
  stream.on('data', (change: StrangerChange) => {
    received.push(change);
    arrivals.emit('change');
  });
  const ended = endOf(stream);
  const take = async (count: number) => {
    if (received.length < count) {
      const missing = ended.then(({ code }) => {
        throw new Error(`the stream ended with code ${code} after ${received.length} of ${count} changes`);
      });
      await Promise.race([missing, arrived(arrivals, () => received.length >= count)]);
    }
    return received.slice(0, count);
  };
  return {
    received,
    hasHeaders: () => hasHeaders,
    take,
    pause: () => stream.pause(),
    resume: () => stream.resume(),
    cancel: () => stream.cancel(),
    ended,
  };
}

function arrived(arrivals: EventEmitter, isEnough: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (!isEnough()) return;
      arrivals.off('change', check);
      resolve();
    };
    arrivals.on('change', check);
  });
}

function endOf(stream: ClientReadableStream<unknown>): Promise<{ code: number; details: string }> {
  return new Promise((resolve) => {
    stream.on('error', ({ code, details }: ServiceError) => resolve({ code, details }));
    stream.on('status', resolve);
  });
}
