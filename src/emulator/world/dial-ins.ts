import { ConnectionMode } from '../../gen/connect_pb.ts';
import type { Clock } from '../clock/clock.ts';
import { Timetable } from '../clock/timetable.ts';
import type { DialTrouble } from '../gateway-process/dial-attempt.ts';
import type { Device } from './device.ts';
import type { World } from './world.ts';

/** How devices dial in. */
export interface DialInOptions {
  readonly world: World;
  readonly clock: Clock;
  /** How long a device waits before it dials again, after a refusal or the end of a session. */
  readonly retryMs: number;
  /** What goes wrong with a dial that a device begins now. */
  readonly trouble: (device: Device) => DialTrouble | undefined;
  /** Asks the gateway for a session; true if there is one now. */
  readonly knock: (device: Device) => boolean;
}

/**
 * What devices in DEVICE_TO_SERVER mode do by themselves: they dial the gateway until they have a session
 * (gateway-behaviour F34, F41).
 */
export class DialIns {
  readonly #options: DialInOptions;
  readonly #timetable: Timetable;

  constructor(options: DialInOptions) {
    this.#options = options;
    this.#timetable = new Timetable(options.clock);
  }

  /** Lets all devices of that mode dial once. */
  start(): void {
    for (const { deviceID } of this.#options.world.devices.values()) this.dial(deviceID);
  }

  /** A device dials now, and goes on until it is let in; one that waits to be dialled does nothing. */
  readonly dial = (deviceID: number): void => {
    const { world, trouble } = this.#options;
    const device = world.device(deviceID);
    this.#timetable.clear(deviceID);
    if (!dialsIn(device)) return;
    const fault = isHeard(device, world.gatewayIPAddr) ? trouble(device) : undefined;
    if (!fault) this.#knock(deviceID);
    else if (fault.kind === 'slowHandshake') this.#timetable.set(deviceID, fault.handshakeMs, this.#knock);
    else this.retry(deviceID);
  };

  readonly #knock = (deviceID: number): void => {
    const { world, knock } = this.#options;
    const device = world.device(deviceID);
    if (!isHeard(device, world.gatewayIPAddr) || !knock(device)) this.retry(deviceID);
  };

  /** A device without a session dials after its delay, if it is one that dials. */
  retry(deviceID: number): void {
    const { world, retryMs } = this.#options;
    if (dialsIn(world.device(deviceID))) this.#timetable.set(deviceID, retryMs, this.dial);
  }

  /** A device that is not there any more dials no more. */
  forget(deviceID: number): void {
    this.#timetable.clear(deviceID);
  }

  /** Lets nobody dial any more. */
  close(): void {
    this.#timetable.close();
  }
}

const dialsIn = ({ connectionMode }: Device) => connectionMode === ConnectionMode.DEVICE_TO_SERVER;

/** Whether what the device dials comes to the gateway's machine. */
const isHeard = ({ answers, serverAddr }: Device, gatewayIPAddr: string) => answers && serverAddr === gatewayIPAddr;
