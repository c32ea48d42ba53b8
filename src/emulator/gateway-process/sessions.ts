import { Status } from '../../gen/connect_pb.ts';
import type { Clock } from '../clock/clock.ts';
import { Timetable } from '../clock/timetable.ts';
import type { Device } from '../world/device.ts';
import type { ManagedList } from './managed-list.ts';
import type { GatewaySettings } from './settings.ts';

/** Told when a session has ended; the gateway is to dial again in `redialMs`, if it is the one who dials. */
export type OnSessionEnd = (deviceID: number, redialMs: number) => void;

/** What sessions work with. */
export interface SessionsOptions {
  readonly managed: ManagedList;
  readonly clock: Clock;
  readonly settings: GatewaySettings;
  readonly onEnd: OnSessionEnd;
}

/** The sessions between a gateway process and its devices: the one place where they begin and end. */
export class Sessions {
  readonly #managed: ManagedList;
  readonly #settings: GatewaySettings;
  readonly #onEnd: OnSessionEnd;
  readonly #losses: Timetable;

  constructor({ managed, clock, settings, onEnd }: SessionsOptions) {
    this.#managed = managed;
    this.#settings = settings;
    this.#onEnd = onEnd;
    this.#losses = new Timetable(clock);
  }

  /** Opens a session with a device that has an entry in the managed list (F09). */
  open(device: Device, useSSL: boolean): void {
    const ordinary = useSSL ? Status.TLS_CONNECTED : Status.TCP_CONNECTED;
    this.#managed.connected(device, device.statusWhenConnected ?? ordinary);
  }

  /** Ends the session with a device, if there is one. */
  end(deviceID: number, redialMs = this.#settings.reconnectIntervalMs): void {
    this.#losses.clear(deviceID);
    if (!this.#managed.isConnected(deviceID)) return;
    this.#managed.disconnected(deviceID);
    this.#onEnd(deviceID, redialMs);
  }

  /** The link of a session has gone in silence: the session ends when the gateway notices (F66). */
  lose(deviceID: number): void {
    this.#losses.set(deviceID, this.#settings.lossNoticedMs, () => this.end(deviceID));
  }

  /** The link is there again; a session that has not ended goes on. */
  recover(deviceID: number): void {
    this.#losses.clear(deviceID);
  }

  /** Notices nothing any more. */
  close(): void {
    this.#losses.close();
  }
}
