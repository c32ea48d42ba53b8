import { Status } from '../../gen/connect_pb.ts';
import type { Clock } from '../clock/clock.ts';
import { Timetable } from '../clock/timetable.ts';
import type { BehaviorSwitches } from '../fidelity/behavior-switches.ts';
import type { FaultHooks } from '../rules/fault-hooks.ts';
import type { Device } from '../world/device.ts';
import type { World } from '../world/world.ts';
import type { Endpoint } from './dial.ts';
import { beginDial, type DialAttempt } from './dial-attempt.ts';
import type { ManagedDevice } from './managed-device.ts';
import type { ManagedList } from './managed-list.ts';
import type { Sessions } from './sessions.ts';
import type { GatewaySettings } from './settings.ts';
import type { SlaveList } from './slave-list.ts';

/** What asynchronous connections work with. */
interface Surroundings {
  readonly world: World;
  readonly clock: Clock;
  readonly assumptions: BehaviorSwitches;
  readonly settings: GatewaySettings;
  readonly managed: ManagedList;
  readonly sessions: Sessions;
  readonly slaves: SlaveList;
  readonly faults: FaultHooks;
}

/**
 * The dialling of asynchronous connections: at once, and again an interval after each failure and each lost
 * session, for ever (gateway-behaviour F25, F26). The connections themselves are entries of the managed list.
 */
export class AsyncConnections {
  readonly #surroundings: Surroundings;
  readonly #timetable: Timetable;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#timetable = new Timetable(surroundings.clock);
  }

  /** Adds a connection and answers before it is dialled (F23); one that is there already is updated (F29). */
  add(deviceID: number, endpoint: Endpoint): void {
    const { managed, assumptions } = this.#surroundings;
    const old = managed.get(deviceID);
    if (old?.autoReconnect && assumptions.addAgain === 'ignored') return;
    if (old?.autoReconnect && !isSameEndpoint(old, endpoint)) this.#giveUp(deviceID);
    managed.addAsync(deviceID, endpoint);
    if (!managed.isConnected(deviceID)) this.#timetable.set(deviceID, 0, this.#attempt);
  }

  /** Removes a connection, after its session (F27); false if the device has no asynchronous one. */
  delete(deviceID: number): boolean {
    const { managed } = this.#surroundings;
    if (!managed.get(deviceID)?.autoReconnect) return false;
    this.#giveUp(deviceID);
    managed.remove(deviceID);
    this.#timetable.clear(deviceID);
    return true;
  }

  /** Dials again in `delayMs`, if the device has an asynchronous connection. */
  redial(deviceID: number, delayMs: number): void {
    if (this.#surroundings.managed.get(deviceID)?.autoReconnect) this.#timetable.set(deviceID, delayMs, this.#attempt);
  }

  /** Dials nobody any more. */
  close(): void {
    this.#timetable.close();
  }

  /** Ends what an old connection had, its slaves too (F77). */
  #giveUp(deviceID: number): void {
    const { sessions, slaves, assumptions } = this.#surroundings;
    sessions.end(deviceID);
    if (assumptions.deleteAsyncDropsSlaves) slaves.drop(deviceID);
  }

  readonly #attempt = (deviceID: number): void => {
    const { world, managed, assumptions, settings, faults } = this.#surroundings;
    const entry = this.#waiting(deviceID);
    if (!entry) return;
    if (settings.tellsAttempts) managed.notConnected(deviceID, Status.TRY_TO_CONNECT);
    const trouble = faults.dial('AddAsyncConnection', entry);
    const attempt = beginDial(entry, { world, timeoutMs: assumptions.dialTimeoutMs, trouble });
    this.#timetable.set(deviceID, attempt.takesMs, () => this.#finish(deviceID, attempt));
  };

  #finish(deviceID: number, attempt: DialAttempt): void {
    const entry = this.#waiting(deviceID);
    if (!entry) return;
    const device = attempt.end();
    if (typeof device !== 'string' && this.#isWelcome(device, entry)) {
      this.#surroundings.sessions.open(device, entry.useSSL);
      return;
    }
    this.#surroundings.managed.notConnected(deviceID, this.#failure(entry));
    this.#timetable.set(deviceID, this.#surroundings.settings.reconnectIntervalMs, this.#attempt);
  }

  /** The entry of a device that is to be dialled, and has not been connected in another way meanwhile. */
  #waiting(deviceID: number): ManagedDevice | undefined {
    const entry = this.#surroundings.managed.get(deviceID);
    return entry?.autoReconnect && !entry.isConnected ? entry : undefined;
  }

  /** Whether the device that answered may have the session; another than the expected one takes over its entry (F30). */
  #isWelcome({ deviceID }: Device, entry: ManagedDevice): boolean {
    const { managed, assumptions } = this.#surroundings;
    if (deviceID === entry.deviceID) return true;
    if (assumptions.onIdMismatch === 'reject' || managed.get(deviceID)) return false;
    managed.remove(entry.deviceID);
    managed.addAsync(deviceID, entry);
    return true;
  }

  #failure({ useSSL }: ManagedDevice): Status {
    const { failedDialStatus } = this.#surroundings.assumptions;
    if (failedDialStatus === 'DISCONNECTED') return Status.DISCONNECTED;
    const isTLS = useSSL && failedDialStatus === 'CANNOT_CONNECT_BY_SSL';
    return isTLS ? Status.TLS_CANNOT_CONNECT : Status.TCP_CANNOT_CONNECT;
  }
}

const isSameEndpoint = (a: Endpoint, b: Endpoint) =>
  a.IPAddr === b.IPAddr && a.port === b.port && a.useSSL === b.useSSL;
