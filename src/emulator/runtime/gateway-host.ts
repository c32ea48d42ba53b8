import type { Server } from '@grpc/grpc-js';
import type { Clock } from '../clock/clock.ts';
import type { Cancel } from '../clock/scheduler.ts';
import type { CrashOptions, RotationOptions } from '../faults/faults.ts';
import type { EmulatedGateway } from '../gateway-process/device-gateway.ts';
import { type Certificates, expired, makeCertificates } from '../server/certificates.ts';
import type { Listener } from '../server/listener.ts';
import type { Simulation } from './simulation.ts';

/** What a host works with. */
export interface GatewayHostOptions {
  readonly site: Simulation;
  readonly listener: Listener;
  readonly clock: Clock;
  /** What it shows at first. */
  readonly certificates: Certificates;
  /** Whether a gateway process remembers what the last one knew, unless told otherwise (F59). */
  readonly remembers: boolean;
  /** Makes a gateway process answer calls. */
  readonly serve: (gateway: EmulatedGateway) => Server;
  readonly onBug: (error: unknown) => void;
}

/** The machine that a gateway process runs on: ends it and starts the next one at the same port. */
export class GatewayHost {
  readonly #options: GatewayHostOptions;
  #comesBack: Cancel | undefined;
  #isClosed = false;
  #settling: Promise<void> = Promise.resolve();

  constructor(options: GatewayHostOptions) {
    this.#options = options;
  }

  /** Ends the process and starts the next one at once. @throws Error if the host is closed */
  restart(remembers = this.#options.remembers): void {
    this.#next((site) => site.startGateway(remembers));
  }

  /**
   * Makes everything what it was at first: the world, a process that knows nothing, the certificate.
   * @param forget what is to be forgotten before the next process begins
   */
  reset(forget: () => void): void {
    this.#next((site) => {
      forget();
      return site.reset();
    });
    const { listener, certificates } = this.#options;
    this.#settle(this.#settling.then(() => listener.certify(certificates)));
  }

  /** Ends the process, and leaves its port refusing. @throws Error if the host is closed */
  crash({ how = 'fin', downMs, remembers }: CrashOptions = {}): void {
    this.refuseIfClosed();
    const { site, listener, clock } = this.#options;
    this.#comesBack?.();
    if (site.isUp) listener.shut(how);
    site.stopGateway();
    if (downMs !== undefined) this.#comesBack = clock.after(downMs, () => this.restart(remembers));
  }

  /** Makes another certificate, and shows it on the connections that come from then on. */
  rotateCertificate({ newRoot, expired: isExpired, names }: RotationOptions): void {
    const { certificates, listener } = this.#options;
    const options = { ...(isExpired && expired()), ...(names && { names }) };
    const made = newRoot ? makeCertificates(options) : certificates.renewed(options);
    // Of two that are made at the same time the later one is shown in the end.
    this.#settle(this.#settling.then(async () => listener.certify(await made)));
  }

  /** Resolves when the port takes connections as it is meant to: again, or with its next certificate. */
  settled(): Promise<void> {
    return this.#settling;
  }

  /** @throws Error if the host is closed */
  refuseIfClosed(): void {
    if (this.#isClosed) throw new Error('the emulator is closed');
  }

  #next(start: (site: Simulation) => EmulatedGateway): void {
    this.refuseIfClosed();
    const { site, listener, serve } = this.#options;
    this.#comesBack?.();
    const wasUp = site.isUp;
    site.stopGateway();
    const server = serve(start(site));
    if (wasUp) listener.replace(server);
    else this.#settle(listener.reopen(server));
  }

  #settle(change: Promise<void>): void {
    this.#settling = Promise.all([this.#settling, change.catch(this.#options.onBug)]).then(() => {});
  }

  /** Starts and ends nothing any more. */
  close(): void {
    this.#isClosed = true;
    this.#comesBack?.();
  }
}
