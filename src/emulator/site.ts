import { type DeviceGateway, deviceGateway } from './gateway/device-gateway.ts';
import { answerDialIn } from './gateway/dial-in.ts';
import { DialIns } from './world/dial-ins.ts';

/**
 * How a device goes off the network: `fin` closes its session in order, and the gateway knows at once; `silent` is a
 * cable that is cut, and the gateway has to notice (gateway-behaviour F66).
 */
export type LinkLoss = 'fin' | 'silent';

/** What a site is made of. */
type Surroundings = Pick<DeviceGateway, 'world' | 'clock' | 'assumptions'>;

/** A world with a gateway process in it, and everything that happens between them by itself. */
export class Site {
  readonly #surroundings: Surroundings;
  readonly #dialIns: DialIns;
  #gateway: DeviceGateway;

  /** Starts the gateway; the devices that dial in do so at once. */
  constructor(surroundings: Surroundings) {
    const { world, clock, assumptions } = surroundings;
    this.#surroundings = surroundings;
    this.#dialIns = new DialIns({
      world,
      clock,
      retryMs: assumptions.deviceRetryMs,
      knock: (device) => answerDialIn(this.#gateway, device),
    });
    this.#gateway = this.#startGateway();
    this.#dialIns.start();
  }

  /** The gateway process that runs now. */
  get gateway(): DeviceGateway {
    return this.#gateway;
  }

  /** Ends the gateway process, and with it all sessions, and starts another one. */
  restartGateway(): DeviceGateway {
    const { assumptions } = this.#surroundings;
    const old = this.#gateway;
    old.stop();
    this.#gateway = this.#startGateway();
    if (!assumptions.restartForgets) remember(old, this.#gateway);
    for (const { deviceID, isConnected } of old.managed.all()) if (isConnected) this.#dialIns.retry(deviceID);
    return this.#gateway;
  }

  /** Takes a device off the network. @throws RangeError for a device that is not in the fleet */
  unplug(deviceID: number, how: LinkLoss): void {
    this.#surroundings.world.device(deviceID).answers = false;
    if (how === 'fin') this.#gateway.sessions.end(deviceID);
    else this.#gateway.sessions.lose(deviceID);
  }

  /** Puts a device back: a session that has not ended goes on, otherwise it may dial in. @throws RangeError likewise */
  plug(deviceID: number): void {
    this.#surroundings.world.device(deviceID).answers = true;
    this.#gateway.sessions.recover(deviceID);
    this.#dialIns.dial(deviceID);
  }

  /** Ends everything that was to happen by itself. */
  close(): void {
    this.#gateway.stop();
    this.#dialIns.close();
  }

  #startGateway(): DeviceGateway {
    return deviceGateway(this.#surroundings, (deviceID) => this.#dialIns.retry(deviceID));
  }
}

/** Hands over what a gateway with a database would remember (gateway-behaviour F59); slaves it stores nowhere (F57). */
function remember(old: DeviceGateway, gateway: DeviceGateway): void {
  gateway.acceptFilter.rules = old.acceptFilter.rules;
  for (const { deviceID, autoReconnect, IPAddr, port, useSSL } of old.managed.all()) {
    if (autoReconnect) gateway.asyncConnections.add(deviceID, { IPAddr, port, useSSL });
  }
}
