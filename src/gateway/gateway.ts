import type { Failure } from '../errors/gsdk-error.ts';
import type { CapabilityInfo, FactoryInfo as FactoryInfoMessage } from '../gen/device_pb.ts';
import type { MessageRow } from './grpc/message-row.ts';
import type { RpcRequest } from './rpc/rpcs.ts';
import type { GatewayIdentity } from './transport/certificate.ts';

/** A device that answered a search, its enums by name (`SearchDeviceInfo` of the wire contract). */
export interface FoundDevice {
  deviceID: number;
  type: string;
  useDHCP: boolean;
  connectionMode: string;
  IPAddr: string;
  port: number;
  useSSL: boolean;
  serverAddr: string;
}

/** A device that the gateway manages, its enums by name (`DeviceInfo` of the wire contract). */
export interface ManagedDevice {
  deviceID: number;
  type: string;
  connectionMode: string;
  IPAddr: string;
  /** 0 for a device that dialled in (gateway-behaviour F04). */
  port: number;
  status: string;
  /** Whether the gateway itself dials again: true for async connections only (F03). */
  autoReconnect: boolean;
  useSSL: boolean;
  /** Ours: whether the status is one of a live connection. */
  connected: boolean;
}

/** Where a gateway is to find a device. */
export interface ConnectTarget {
  IPAddr: string;
  port: number;
  useSSL: boolean;
}

/** Where a gateway is to find a device again and again. */
export interface AsyncTarget extends ConnectTarget {
  deviceID: number;
}

/** Who may dial in (`AcceptFilter` of the wire contract). */
export interface AcceptFilter {
  /** Everybody; the IDs are kept and mean nothing meanwhile (F39). */
  allowAll: boolean;
  deviceIDs: number[];
  /** Stored by gateways, and never decisive (F40). */
  IPAddrs: string[];
  /** As `IPAddrs`. */
  subnetMasks: string[];
}

/** A device that dialled in and was not accepted (`PendingDeviceInfo` of the wire contract). */
export interface PendingDevice {
  deviceID: number;
  type: string;
  IPAddr: string;
  /** Unix seconds of its last attempt (F41). */
  lastTry: number;
}

/** What is fixed by a device's hardware and firmware (`FactoryInfo` of the wire contract). */
export type FactoryInfo = MessageRow<FactoryInfoMessage>;

/** What a device supports (`CapabilityInfo` of the wire contract, but for its type). */
export type Capabilities = Omit<MessageRow<CapabilityInfo>, 'type'>;

/** What a device says of itself. */
export interface DeviceDetails {
  factory: FactoryInfo;
  /** Absent where the device or the gateway cannot tell. */
  capabilities: Capabilities | undefined;
}

/** The slaves of one parent device (`SlaveDeviceInfo` of the wire contract). */
export interface SlaveDevices {
  /** The parent. */
  deviceID: number;
  rs485SlaveDeviceIDs: number[];
  wiegandSlaveDeviceIDs: number[];
}

/** Who dials whom, by the names of the wire contract. */
export type ConnectionModeName = 'SERVER_TO_DEVICE' | 'DEVICE_TO_SERVER';

/** What went wrong with devices of a call that acts on several, by ID; the others are done (gateway-behaviour F67). */
export type DeviceFailures = ReadonlyMap<number, Failure>;

/**
 * Takes an answer as data: fields by their wire names, zero values included, enums by name.
 *
 * @returns whether more of a stream is wanted
 */
export type OnAnswer = (answer: Readonly<Record<string, unknown>>) => Promise<boolean> | boolean;

/** A change of a device's status, as a gateway tells it (`StatusChange` of the wire contract). */
export interface StatusChange {
  deviceID: number;
  status: string;
  /** Unix seconds of the change, by the clock of the gateway (F11). */
  timestamp: number;
  /** Ours: whether the status is one of a live connection. */
  connected: boolean;
}

/** Whom a write is for: a device by its ID, or whatever device answers at an address. */
export type WriteTarget = number | string;

/** How a write is announced. */
export interface Announcement {
  /** Whether nothing will be sent: then it is only asked whether it could be. */
  dryRun: boolean;
  /** Whether it is for whoever may come, beyond those that are named: more than any number of devices. */
  isForAll?: boolean;
}

/** How a stream of changes is listened to. */
export interface SubscribeOptions {
  /** How many changes the gateway keeps for us while we are busy; more are dropped without a word (F13). */
  queueSize: number;
  /** Ends the stream. */
  signal: AbortSignal;
  /** The gateway has confirmed the stream. Go servers do not before the first change. */
  onOpen(): void;
  onChange(change: StatusChange): void;
}

/**
 * A gateway that manages devices, whichever of the two kinds it is: what differs between a device
 * gateway and a master gateway is behind these members, the master's gateway ID included.
 *
 * All calls throw `GsdkError` only, already classified. Reads are safe to repeat; writes are sent once.
 */
export interface Gateway {
  /** The gateway as `host:port`. */
  readonly target: string;
  /** How it shows itself: its certificate, and what its answers so far tell; `undefined` where the connection is not up. */
  identity(): GatewayIdentity | undefined;
  /**
   * Devices in the subnet of the gateway that answer within `durationMs`, connected or not, by ID.
   * `isSilent` when the gateway reported that nothing answered (an error on the wire: F47).
   */
  search(durationMs: number): Promise<{ devices: FoundDevice[]; isSilent: boolean }>;
  /** Every device that the gateway manages, connected or not, by ID. */
  devices(): Promise<ManagedDevice[]>;
  /** Connects to whatever device is there and resolves to its ID once the connection is up (F16, F19). */
  connect(target: ConnectTarget): Promise<number>;
  /** Ends the connections of these devices, at most 100 in one call. */
  disconnect(deviceIDs: readonly number[]): Promise<void>;
  /**
   * Has the gateway connect to these devices, now and whenever they are lost (F23 to F26). It does not
   * fail because a device cannot be reached, and replaces the address of one that is there already (F29).
   */
  addAsync(targets: readonly AsyncTarget[]): Promise<void>;
  /** Disconnects these devices and has the gateway forget them (F27); at most 100 in one call. */
  deleteAsync(deviceIDs: readonly number[]): Promise<void>;
  /** Who may dial in. */
  filter(): Promise<AcceptFilter>;
  /** Replaces the whole filter (F38); what was there before is gone. */
  setFilter(filter: AcceptFilter): Promise<void>;
  /** Devices that dialled in and were not accepted, by ID. */
  pending(): Promise<PendingDevice[]>;
  /** What a managed device says of itself; it has to be connected. */
  info(deviceID: number): Promise<DeviceDetails>;
  /** Makes any call of the wire contract; resolves when it is answered, or when enough of a stream has come. */
  call(request: RpcRequest, onAnswer: OnAnswer): Promise<void>;
  /** The slaves that the gateway knows, an entry a parent, by its ID. It forgets them when it reconnects (F57). */
  slaves(): Promise<SlaveDevices[]>;
  /** Tells the gateway the slaves of these parents. What becomes of parents that are not named is unknown (F76). */
  setSlaves(slaves: readonly SlaveDevices[]): Promise<void>;
  /**
   * Tells connected devices who is to dial whom, at most 100 in one call. It throws only when the call failed as a
   * whole; then the outcome of each device is unknown.
   */
  setMode(deviceIDs: readonly number[], mode: ConnectionModeName): Promise<DeviceFailures>;
  /** Has connected devices speak TLS and nothing else, or stop that (F52). Otherwise as `setMode`. */
  setSsl(deviceIDs: readonly number[], useSSL: boolean): Promise<DeviceFailures>;
  /** Listens for changes of status from now on (F10, F12); resolves when the gateway ends the stream. */
  subscribe(options: SubscribeOptions): Promise<void>;
  /**
   * Says whom a write is for, all of them, before its first call; what comes to the same devices later in the run may
   * go without. A guard in front of the gateway counts and records them.
   *
   * @throws GsdkError (CONFLICT) when a guard forbids it: nothing is sent then
   */
  announce(targets: readonly WriteTarget[], announcement: Announcement): void;
  /** Ends the connection to the gateway itself. */
  close(): void;
}
