import { type Configuration, toGatewayContext } from '../../config/resolve.ts';
import type { Gateway } from '../../gateway/gateway.ts';
import type { CompletedCall } from '../../gateway/grpc/call.ts';
import type { ServiceNames } from '../../gateway/grpc/service-names.ts';
import type { Admit } from '../../gateway/guarded-gateway.ts';
import type { OpenConnection } from '../../gateway/subscription/gateway-link.ts';
import type { Endpoint } from '../../gateway/transport/endpoint.ts';
import type { Result } from '../../render/view.ts';
import type { Host } from '../host.ts';
import { rejectWrites, runWithGuards } from './guards.ts';

/** The run for which a gateway is asked. */
export interface RunContext {
  host: Host;
  /** The command line, without the program. */
  argv: readonly string[];
  /** Aborted when the user interrupts; its reason is the error to report. */
  signal: AbortSignal;
  /** Told of each call, and what else somebody needs to know who wants to do the same again. */
  onDetail(message: string): void;
}

/** The way to one gateway, by one configuration. Nothing goes to a gateway but through here, and nothing unguarded. */
export class GatewayAccess {
  readonly configuration: Configuration;
  readonly #run: RunContext;
  readonly #whose: string;
  /** For all connections of the run. */
  readonly #packageNames: ServiceNames = {
    areOld: false,
    onChange: (areOld) => this.#tell(`the gateway knows its services by the names ${namesOf(areOld)}`),
  };

  /** @param isOneOfSeveral whether what is told of it has to name its profile */
  constructor(configuration: Configuration, run: RunContext, isOneOfSeveral: boolean) {
    this.configuration = configuration;
    this.#run = run;
    this.#whose = isOneOfSeveral ? `${configuration.profile?.value}: ` : '';
  }

  /** Aborted when the user interrupts; its reason is the error to report. */
  get signal(): AbortSignal {
    return this.#run.signal;
  }

  /** The gateway, and the profile it is from, for documents. */
  get context() {
    return toGatewayContext(this.configuration);
  }

  /** With a gateway at hand that can be read, and whose connection is ended whatever happens. */
  async online<T>(question: (gateway: Gateway) => Promise<T>): Promise<T> {
    return this.#online(rejectWrites, question);
  }

  /**
   * The same with a gateway that can be written to, within the guards of the configuration.
   *
   * @throws GsdkError (CONFLICT) before anything is sent, when a guard forbids it
   */
  async writing(question: (gateway: Gateway) => Promise<Result>): Promise<Result> {
    const { argv, host, signal } = this.#run;
    const run = { argv, pid: host.pid, signal };
    return runWithGuards(this.configuration, run, (admit) => this.#online(admit, question));
  }

  /**
   * A way to dial the gateway, as often as is needed, to read. What runs on a connection ends with its signal.
   *
   * @param others departures from the settings of the user
   * @throws GsdkError (USAGE) when no gateway is named, or its files cannot be read
   */
  async dialer(others: Partial<Endpoint> = {}): Promise<OpenConnection> {
    return this.#dialer(rejectWrites, others);
  }

  /**
   * The gateway as it would be dialled, every file read and checked.
   *
   * @throws GsdkError (USAGE) when no gateway is named, or its files cannot be read
   */
  async endpoint(): Promise<Endpoint> {
    const { toEndpoint } = await import('./online.ts');
    return toEndpoint(this.configuration, this.#run.host.env);
  }

  async #dialer(admit: Admit, others: Partial<Endpoint>): Promise<OpenConnection> {
    const { guardedGateway, openGateway } = await import('./online.ts');
    const onCall = ({ rpc, elapsedMs, failure }: CompletedCall) =>
      this.#tell(`${rpc} ${Math.round(elapsedMs)} ms ${failure ?? 'OK'}`);
    const endpoint = { ...(await this.endpoint()), ...others };
    return async (signal) =>
      guardedGateway(await openGateway(endpoint, { signal, onCall, packageNames: this.#packageNames }), admit);
  }

  #tell(message: string): void {
    this.#run.onDetail(`${this.#whose}${message}`);
  }

  async #online<T>(admit: Admit, question: (gateway: Gateway) => Promise<T>): Promise<T> {
    const dial = await this.#dialer(admit, {});
    const gateway = await dial(this.signal);
    try {
      return await question(gateway);
    } finally {
      gateway.close();
    }
  }
}

const namesOf = (areOld: boolean) => (areOld ? 'of V1.4, without "gsdk."' : 'of V1.5, with "gsdk."');
