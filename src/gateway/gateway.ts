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

/**
 * A gateway that manages devices, whichever of the two kinds it is: what differs between a device
 * gateway and a master gateway is behind these members, the master's gateway ID included.
 *
 * All calls throw `GsdkError` only, already classified. Reads are safe to repeat; writes are sent once.
 */
export interface Gateway {
  /** The gateway as `host:port`. */
  readonly target: string;
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
  /** Ends the connection to the gateway itself. */
  close(): void;
}
