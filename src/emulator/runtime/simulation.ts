import {
  createEmulatedGateway,
  type EmulatedGateway,
  type EmulatedGatewayOptions,
} from '../gateway-process/device-gateway.ts';
import { answerDialIn } from '../gateway-process/dial-in.ts';
import type { Device, FleetDevice, LinkLoss } from '../world/device.ts';
import { DialIns } from '../world/dial-ins.ts';
import type { DeviceAction, EventLog } from './event-log.ts';

/** What a site is made of. */
type Surroundings = EmulatedGatewayOptions & { readonly journal: EventLog };

/** A world with a gateway process in it, and everything that happens between them by itself. */
export class Simulation {
  readonly #surroundings: Surroundings;
  readonly #dialIns: DialIns;
  #gateway: EmulatedGateway;
  #isUp = true;

  /** Starts the gateway; the devices that dial in do so at once. */
  constructor(surroundings: Surroundings) {
    const { world, clock, assumptions } = surroundings;
    this.#surroundings = surroundings;
    this.#dialIns = new DialIns({
      world,
      clock,
      retryMs: assumptions.deviceRetryMs,
      trouble: (device) => (this.#isUp ? surroundings.faults?.dialIn(device) : undefined),
      knock: (device) => this.#isUp && answerDialIn(this.#gateway, device),
    });
    this.#gateway = this.#newGateway();
    this.#dialIns.start();
  }

  /** The gateway process that runs now, or ran last. */
  get gateway(): EmulatedGateway {
    return this.#gateway;
  }

  /** Whether a gateway process runs. */
  get isUp(): boolean {
    return this.#isUp;
  }

  /** Ends the gateway process, and with it all sessions. Devices that dial in go on trying. */
  stopGateway(): void {
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#gateway.stop();
    this.#surroundings.journal.add({ kind: 'gateway', what: 'stopped' });
    for (const { deviceID, isConnected } of this.#gateway.managed.all()) if (isConnected) this.#dialIns.retry(deviceID);
  }

  /**
   * Starts a gateway process after the last one has ended.
   * @param remembers whether it still has the asynchronous connections and the accept filter of the last one (F59)
   */
  startGateway(remembers: boolean): EmulatedGateway {
    const last = this.#gateway;
    this.#gateway = this.#newGateway();
    this.#isUp = true;
    if (remembers) remember(last, this.#gateway);
    return this.#gateway;
  }

  /** Makes the world what it was at first, and starts a gateway process in it; the devices that dial in do so at once. */
  reset(): EmulatedGateway {
    this.#surroundings.world.reset();
    this.#gateway = this.#newGateway();
    this.#isUp = true;
    this.#dialIns.start();
    return this.#gateway;
  }

  /** Takes a device off the network. @throws RangeError for a device that is not in the fleet */
  unplug(deviceID: number, how: LinkLoss): void {
    const { world, journal } = this.#surroundings;
    world.device(deviceID).answers = false;
    journal.add({ kind: 'device', deviceID, what: 'unplug' });
    this.#loseLink(deviceID, how);
  }

  /** Puts a device back: a session that has not ended goes on, otherwise it may dial in. @throws RangeError likewise */
  plug(deviceID: number): void {
    const { world, journal } = this.#surroundings;
    Object.assign(world.device(deviceID), { answers: true, refuses: false });
    journal.add({ kind: 'device', deviceID, what: 'plug' });
    this.#gateway.sessions.recover(deviceID);
    this.#dialIns.dial(deviceID);
  }

  /**
   * Changes a device so that its session cannot go on as it was; afterwards it dials in, if it is one that does.
   * @param change may throw: then nothing has happened
   * @throws RangeError for a device that is not in the fleet
   */
  change(deviceID: number, what: DeviceAction, change: (device: Device) => void): void {
    const { world, journal } = this.#surroundings;
    change(world.device(deviceID));
    journal.add({ kind: 'device', deviceID, what });
    this.#loseLink(deviceID, 'fin');
    this.#dialIns.dial(deviceID);
  }

  /** Adds devices, all or none; they may dial in at once. @throws RangeError for one that cannot be */
  add(fleet: readonly FleetDevice[]): void {
    const { world, journal } = this.#surroundings;
    world.add(fleet);
    for (const { deviceID } of fleet) {
      journal.add({ kind: 'device', deviceID, what: 'add' });
      this.#dialIns.dial(deviceID);
    }
  }

  /** Takes a device away for good; its session ends. @throws RangeError for a device that is not in the fleet */
  remove(deviceID: number): void {
    const { world, journal } = this.#surroundings;
    world.device(deviceID);
    journal.add({ kind: 'device', deviceID, what: 'remove' });
    this.#loseLink(deviceID, 'fin');
    this.#dialIns.forget(deviceID);
    world.remove(deviceID);
  }

  /** Ends everything that was to happen by itself. */
  close(): void {
    this.#gateway.stop();
    this.#dialIns.close();
  }

  #loseLink(deviceID: number, how: LinkLoss): void {
    if (!this.#isUp) return;
    if (how === 'silent') this.#gateway.sessions.lose(deviceID);
    else this.#gateway.sessions.end(deviceID);
  }

  #newGateway(): EmulatedGateway {
    this.#surroundings.journal.add({ kind: 'gateway', what: 'started' });
    return createEmulatedGateway(this.#surroundings, (deviceID) => this.#dialIns.retry(deviceID));
  }
}

/** Hands over what a gateway with a database would remember (gateway-behaviour F59); slaves it stores nowhere (F57). */
function remember(old: EmulatedGateway, gateway: EmulatedGateway): void {
  gateway.acceptFilter.rules = old.acceptFilter.rules;
  for (const { deviceID, autoReconnect, IPAddr, port, useSSL } of old.managed.all()) {
    if (autoReconnect) gateway.asyncConnections.add(deviceID, { IPAddr, port, useSSL });
  }
}
