/**
 * The versions of a device gateway that can be played; those in between behave like the one before them, as far as a
 * client can tell (gateway-behaviour section 11).
 */
export const gatewayVersions = ['1.4', '1.5', '1.7.1', '1.9.1'] as const;

/** A version of a device gateway that can be played. */
export type GatewayVersion = (typeof gatewayVersions)[number];

/** What a gateway process does as its version says, and not as anybody assumes; times are emulated. */
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
}

/** `reconnect_interval`, `detect_network_interval`, `timeout.cmd` and `timeout.keep_alive` of a gateway as it comes (G5). */
const [reconnectIntervalMs, detectNetworkIntervalMs, commandTimeoutMs, keepAliveMs] = [30_000, 10_000, 10_000, 32_000];

/** The settings of a gateway of this version. @throws RangeError for a version that cannot be played */
export function settingsOf(version: GatewayVersion = '1.9.1'): GatewaySettings {
  const age = gatewayVersions.indexOf(version);
  if (age < 0) throw new RangeError(`expected a gateway version of ${gatewayVersions.join(', ')}, got "${version}"`);
  const isFrom = (first: GatewayVersion) => age >= gatewayVersions.indexOf(first);
  return {
    packagePrefix: isFrom('1.5') ? 'gsdk.' : '',
    tellsAttempts: isFrom('1.9.1'),
    reconnectIntervalMs,
    commandTimeoutMs,
    lossNoticedMs: isFrom('1.7.1') ? detectNetworkIntervalMs : keepAliveMs,
  };
}
