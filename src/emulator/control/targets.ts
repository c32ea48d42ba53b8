import type { Clock } from '../clock/clock.ts';
import type { Emulator } from '../emulator.ts';
import type { GatewayHost } from '../gateway-host.ts';
import type { Site } from '../site.ts';

/** What a control service acts on. */
export interface ControlTargets {
  readonly emulator: Emulator;
  readonly site: Site;
  readonly host: GatewayHost;
  /** The clock as it was handed in, which whoever has it can move. */
  readonly clock: Clock;
  /** Told of bugs, of which the client learns INTERNAL only. */
  readonly onBug: (error: unknown) => void;
}
