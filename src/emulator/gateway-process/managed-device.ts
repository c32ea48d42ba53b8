/** What the gateway knows of a device that it manages: the fields of `DeviceInfo`, and whether a session is up. */
export interface ManagedDevice {
  readonly deviceID: number;
  /** UNDEFINED for an asynchronous connection that has never been up (assumed). */
  readonly type: number;
  readonly connectionMode: number;
  readonly IPAddr: string;
  /** Zero for a device that dialled in (gateway-behaviour F04). */
  readonly port: number;
  readonly useSSL: boolean;
  /** True for an asynchronous connection: it stays in the list when its session ends (F03, F33). */
  readonly autoReconnect: boolean;
  readonly isConnected: boolean;
  readonly status: number;
}
