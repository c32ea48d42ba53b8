import type { Clock } from './clock/clock.ts';
import { type DeviceGateway, deviceGateway } from './gateway/device-gateway.ts';
import { answerDialIn } from './gateway/dial-in.ts';
import { DialIns } from './world/dial-ins.ts';
import type { World } from './world/world.ts';

/** What a site is made of. */
type Surroundings = Pick<DeviceGateway, 'world' | 'clock' | 'assumptions'>;

/** A world with a gateway process in it, and everything that happens between them by itself. */
export class Site {
  readonly world: World;
  readonly clock: Clock;
  readonly gateway: DeviceGateway;
  readonly #dialIns: DialIns;

  /** Starts the gateway; the devices that dial in do so at once. */
  constructor(surroundings: Surroundings) {
    const { world, clock, assumptions } = surroundings;
    this.world = world;
    this.clock = clock;
    this.#dialIns = new DialIns({
      world,
      clock,
      retryMs: assumptions.deviceRetryMs,
      knock: (device) => answerDialIn(this.gateway, device),
    });
    this.gateway = deviceGateway(surroundings, (deviceID) => this.#dialIns.retry(deviceID));
    this.#dialIns.start();
  }

  /** Ends everything that was to happen by itself. */
  close(): void {
    this.gateway.stop();
    this.#dialIns.close();
  }
}
