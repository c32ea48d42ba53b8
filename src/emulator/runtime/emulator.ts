import type { CallLog } from '../calls/call-log.ts';
import type { Clock } from '../clock/clock.ts';
import type { Control } from '../control/control.ts';
import type { DeviceActions } from '../device-actions/device-actions.ts';
import type { Faults } from '../faults/faults.ts';
import type { BehaviorSwitches } from '../fidelity/behavior-switches.ts';
import type { GatewayConfig, GatewayVersion } from '../gateway-process/settings.ts';
import type { FaultRules } from '../rules/fault-rule.ts';
import type { Runner } from '../scenario/runner.ts';
import type { CertificateOptions, TLSVersion } from '../server/certificates.ts';
import type { FleetDevice, LinkLoss } from '../world/device.ts';
import type { World } from '../world/world.ts';
import type { EventLog } from './event-log.ts';
import type { GatewayView } from './gateway-view.ts';
import { startGateway } from './start-gateway.ts';

/** What an emulator can be told; everything has a default. */
export interface EmulatorOptions {
  /** The devices in the world. Default: those of the vendor's tutorial. */
  readonly fleet?: readonly FleetDevice[];
  /** The gateway's own IPv4 address in the emulated network, which devices dial. Default 192.168.0.2, as in the tutorial. */
  readonly gatewayIPAddr?: string;
  /** The emulated time. Default: wall time. */
  readonly clock?: Clock;
  /** A port on 127.0.0.1. Default 0: any free one. */
  readonly port?: number;
  /** Departures from an ordinary server certificate, to make an expired or wrongly named one. */
  readonly certificates?: Partial<CertificateOptions>;
  /** The newest TLS version spoken. Default 1.2, as the real one (gateway-behaviour F62). */
  readonly tlsMax?: TLSVersion;
  /** The version of the gateway, with what it differs in (gateway-behaviour section 11). Default 1.9.1. */
  readonly gatewayVersion?: GatewayVersion | undefined;
  /** What its `config.json` says: timeouts, intervals and ports, in the keys and units of the vendor. Default: as it comes. */
  readonly gatewayConfig?: GatewayConfig | undefined;
  /** Other settings than the default for what nobody knows about real gateways. */
  readonly assumptions?: Partial<BehaviorSwitches>;
  /** What chance depends on, where something is left to it: `@random`, the `rate` of a fault. Default 1. */
  readonly seed?: number | undefined;
  /** Whether it can be handled from outside this process, with a token: see docs/emulator.md. Default false. */
  readonly control?: boolean;
  /** How many entries the journal keeps at least. Default 100,000. */
  readonly journalSize?: number;
  /** How many calls are kept at least. Default 10,000. */
  readonly callsSize?: number;
  /** Told of bugs in the emulator, which a client sees as INTERNAL only. Default: a process warning. */
  readonly onBug?: (error: unknown) => void;
}

/** A running gateway with its world of virtual devices. */
export interface Emulator {
  /** Where it listens, `127.0.0.1:PORT`. */
  readonly address: string;
  readonly port: number;
  /** The root certificate to trust, PEM: what the vendor calls `ca.crt`. */
  readonly caCertificate: string;
  /** The devices; changing one here is walking up to it. */
  readonly world: World;
  /** What chance depends on: what is told the same with the same seed does the same. */
  readonly seed: number;
  /** The emulated time, with nothing to wait for any more once the emulator is closed. */
  readonly clock: Clock;
  /** What the gateway process knows. */
  readonly gateway: GatewayView;
  /** What can be done to the gateway. */
  readonly faults: Faults;
  /** What goes wrong whenever some call or dial fits a rule. */
  readonly rules: FaultRules;
  /** What really happened, whether or not any client was told. */
  readonly journal: EventLog;
  /** The scenarios that have begun. */
  readonly stage: Runner;
  /** The calls that clients have made. */
  readonly calls: CallLog;
  /** What can be done at the devices. */
  readonly fieldwork: DeviceActions;
  /** Where it can be handled from outside this process, if it was started so. */
  readonly control: Control | undefined;
  /** Takes a device off the network. @throws RangeError for a device that is not in the fleet */
  unplug(deviceID: number, how: LinkLoss): void;
  /** Puts a device back; one that dials in does so at once. @throws RangeError for a device that is not in the fleet */
  plug(deviceID: number): void;
  /**
   * Ends the gateway process and starts another one at the same address; after a crash, just starts one. All
   * connections of clients are dropped; the world stays, and the new process remembers nothing (gateway-behaviour F56,
   * F57, F59).
   * @param remembers whether it keeps asynchronous connections and accept filter, other than `restartForgets` says
   * @throws Error if the emulator is closed
   */
  restartGateway(remembers?: boolean): void;
  /**
   * Makes gateway and world what they were at the start: the same fleet with the settings of the beginning, and a
   * gateway process that knows nothing. Whatever had begun, scenarios too, and faults, rules and certificates are taken
   * back; journal and calls are emptied. Time and its speed stay. @throws Error if the emulator is closed
   */
  reset(): void;
  /** Resolves when the port takes connections as it is meant to: again after a crash, or with its next certificate. */
  settled(): Promise<void>;
  /** Drops all connections (their calls end with UNAVAILABLE) and resolves when the port is free. May be called again. */
  close(): Promise<void>;
}

/**
 * Starts a gateway and resolves when it has answered a real call over TLS.
 * @throws RangeError for a fleet, a version or a seed that cannot be, Node's error if the port is taken
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const targets = await startGateway(options);
  if (!options.control) return targets.emulator;
  const { withControlServer: controlled } = await import('../control/with-control-server.ts');
  return controlled(targets);
}
