import type { Clock } from '../clock/clock.ts';
import type { Emulator } from '../runtime/emulator.ts';
import type { GatewayHost } from '../runtime/gateway-host.ts';
import type { Simulation } from '../runtime/simulation.ts';

/** What a control service acts on. */
export interface ControlTargets {
  readonly emulator: Emulator;
  readonly site: Simulation;
  readonly host: GatewayHost;
  /** The clock as it was handed in, which whoever has it can move. */
  readonly clock: Clock;
  /** Told of bugs, of which the client learns INTERNAL only. */
  readonly onBug: (error: unknown) => void;
}
