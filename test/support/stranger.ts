import { EventEmitter } from 'node:events';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client, type ClientReadableStream, credentials, type ServiceError } from '@grpc/grpc-js';
import { loadSync, type ServiceDefinition } from '@grpc/proto-loader';

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
  devices(): Promise<StrangerDevice[]>;
  /** Resolves when the gateway has taken the subscription. */
  subscribe(queueSize?: number): Promise<StrangerStream>;
  close(): void;
}

const protoFolder = fileURLToPath(new URL('../../proto/', import.meta.url));
const protos = loadSync(
  readdirSync(protoFolder).filter((file) => file.endsWith('.proto')),
  { includeDirs: [protoFolder], keepCase: true, longs: Number, defaults: true },
);
const connectService = protos['gsdk.connect.Connect'] as ServiceDefinition;

const deadlineMs = 5_000;
const asTheyAre = (bytes: Buffer) => bytes;

/** Where a stranger calls, and whom it trusts. */
export interface StrangerTarget {
  readonly address: string;
  /** PEM; no other root is trusted. */
  readonly caCertificate: string;
  /** The name that the certificate must bear. Default localhost. */
  readonly serverName?: string;
}

/** A client of the gateway at `address`. Nothing is sent before the first call. */
export function stranger({ address, caCertificate, serverName = 'localhost' }: StrangerTarget): Stranger {
  const client = new Client(address, credentials.createSsl(Buffer.from(caCertificate)), {
    'grpc.ssl_target_name_override': serverName,
    'grpc.enable_http_proxy': 0,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.max_send_message_length': -1,
    'grpc.max_receive_message_length': -1,
  });
  const call = async <T>(name: string, request: object = {}) => {
    const { path, requestSerialize, responseDeserialize } = methodOf(name);
    return (await unary(client, { path, serialize: requestSerialize, deserialize: responseDeserialize }, request)) as T;
  };
  return {
    call,
    raw: (path, request) => unary(client, { path, serialize: asTheyAre, deserialize: asTheyAre }, request),
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
    devices: async () => (await call<{ deviceInfos: StrangerDevice[] }>('GetDeviceList')).deviceInfos,
    subscribe: async (queueSize = 16) => {
      const stream = openStream(client, queueSize);
      await call('GetDeviceList'); // sent after the subscription on the same connection, so answered after it too
      return stream;
    },
    close: () => client.close(),
  };
}

function methodOf(name: string) {
  const method = connectService[name];
  if (!method) throw new Error(`no method ${name} in proto/connect.proto`);
  return method;
}

interface Method<Request, Response> {
  path: string;
  serialize: (request: Request) => Buffer;
  deserialize: (bytes: Buffer) => Response;
}

function unary<Request, Response>(client: Client, method: Method<Request, Response>, request: Request) {
  const { path, serialize, deserialize } = method;
  const deadline = Date.now() + deadlineMs;
  return new Promise<Response>((resolve, reject) => {
    client.makeUnaryRequest(path, serialize, deserialize, request, { deadline }, (error, response) =>
      error ? reject(error) : resolve(response as Response),
    );
  });
}

function openStream(client: Client, queueSize: number): StrangerStream {
  const { path, requestSerialize, responseDeserialize } = methodOf('SubscribeStatus');
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
