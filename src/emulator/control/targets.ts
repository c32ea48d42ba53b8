import type { Emulator } from '../emulator.ts';
import type { GatewayHost } from '../gateway-host.ts';
import type { Site } from '../site.ts';

/** What a control service acts on. */
export interface ControlTargets {
  readonly emulator: Emulator;
  readonly site: Site;
  readonly host: GatewayHost;
  /** Told of bugs, of which the client learns INTERNAL only. */
  readonly onBug: (error: unknown) => void;
}
