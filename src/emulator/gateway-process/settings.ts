import { defaultServerPort, defaultSSLServerPort } from '../world/device.ts';

/**
 * The versions of a device gateway that can be played; those in between behave like the one before them, as far as a
 * client can tell (gateway-behaviour section 11).
 */
export const gatewayVersions = ['1.4', '1.5', '1.7.1', '1.9.1'] as const;

/** A version of a device gateway that can be played. */
export type GatewayVersion = (typeof gatewayVersions)[number];

/**
 * What a gateway's `config.json` says of how it behaves; keys and units, milliseconds and bytes, are the vendor's
 * (gateway-behaviour G1, G2, G5). What is left out is as a gateway comes.
 */
export interface GatewayConfig {
  readonly device_server?: {
    /** Where devices dial in without SSL. */
    readonly port?: number;
    /** Where they dial in with SSL. */
    readonly ssl_port?: number;
    readonly reconnect_interval?: number;
    /** From V1.7.1 on. */
    readonly detect_network_interval?: number;
  };
  readonly rpc_server?: { readonly max_recv_size?: number };
  readonly timeout?: { readonly cmd?: number; readonly keep_alive?: number };
}

/** What a gateway process does as its version and its configuration say, and not as anybody assumes; times are emulated. */
export interface GatewaySettings {
  /** What stands before the packages of its services and messages: nothing before V1.5 (F72). */
  readonly packagePrefix: 'gsdk.' | '';
  /** Whether an attempt to connect is told as TRY_TO_CONNECT: from V1.9.1 on (F08). */
  readonly tellsAttempts: boolean;
  /** How long it waits before it dials a lost device again (F25). */
  readonly reconnectIntervalMs: number;
  /** How long it waits for a device to answer a command (F65). */
  readonly commandTimeoutMs: number;
  /** How long a link may be gone before it notices: from V1.7.1 on it looks, before that it misses a sign of life (F66). */
  readonly lossNoticedMs: number;
  /** Where devices dial in without SSL (F45). */
  readonly serverPort: number;
  /** Where they dial in with SSL. */
  readonly SSLServerPort: number;
  /** The largest request that it takes, in bytes (F64). */
  readonly largestRequest: number;
}

/** The settings of a gateway as it comes. */
const deviceServer = {
  port: defaultServerPort,
  ssl_port: defaultSSLServerPort,
  reconnect_interval: 30_000,
  detect_network_interval: 10_000,
};
const rpcServer = { max_recv_size: 75_497_472 };
const timeouts = { cmd: 10_000, keep_alive: 32_000 };

/** The settings of a gateway of this version with this configuration. @throws RangeError for a version that cannot be played */
export function settingsOf(version: GatewayVersion = '1.9.1', config: GatewayConfig = {}): GatewaySettings {
  const { port, ssl_port, reconnect_interval, detect_network_interval } = { ...deviceServer, ...config.device_server };
  const { cmd, keep_alive } = { ...timeouts, ...config.timeout };
  const age = gatewayVersions.indexOf(version);
  if (age < 0) throw new RangeError(`expected a gateway version of ${gatewayVersions.join(', ')}, got "${version}"`);
  const isFrom = (first: GatewayVersion) => age >= gatewayVersions.indexOf(first);
  return {
    packagePrefix: isFrom('1.5') ? 'gsdk.' : '',
    tellsAttempts: isFrom('1.9.1'),
    reconnectIntervalMs: reconnect_interval,
    commandTimeoutMs: cmd,
    lossNoticedMs: isFrom('1.7.1') ? Math.min(detect_network_interval, keep_alive) : keep_alive,
    serverPort: port,
    SSLServerPort: ssl_port,
    largestRequest: { ...rpcServer, ...config.rpc_server }.max_recv_size,
  };
}
