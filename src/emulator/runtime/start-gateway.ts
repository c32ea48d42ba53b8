import { emitWarning } from 'node:process';
import { inspect } from 'node:util';
import type { ControlTargets } from '../control/targets.ts';
import { createDeviceActions } from '../device-actions/simulation-actions.ts';
import { GatewayFaults } from '../faults/gateway-faults.ts';
import type { EmulatedGateway } from '../gateway-process/device-gateway.ts';
import { Runner } from '../scenario/runner.ts';
import { grpcServer } from '../server/grpc-server.ts';
import { type Listener, listen } from '../server/listener.ts';
import { probe } from '../server/probe.ts';
import { type Components, createComponents } from './components.ts';
import type { Emulator, EmulatorOptions } from './emulator.ts';
import { GatewayHost } from './gateway-host.ts';
import { viewOf } from './simulation-view.ts';

/** The parts of an emulator with a port in front of them. */
interface Hosted extends Components {
  readonly listener: Listener;
  readonly host: GatewayHost;
  readonly close: () => Promise<void>;
}

/**
 * Starts a gateway that nobody handles from outside, and resolves when it has answered a real call over TLS.
 * @throws as `startEmulator`; then nothing is left of it
 */
export async function startGateway(options: EmulatorOptions): Promise<ControlTargets> {
  const { onBug = warnOfBug } = options;
  const hosted = await open(await createComponents(options), { ...options, onBug });
  const { site, host, calls, ownClock } = hosted;
  const emulator = assembled(hosted);
  try {
    const { address, caCertificate: ca } = emulator;
    await probe({ address, ca, isTrustworthy: options.certificates === undefined, settings: hosted.settings });
  } catch (error) {
    await hosted.close();
    throw error;
  }
  // Nobody but us has made a call so far.
  calls.clear();
  return { emulator, site, host, clock: ownClock, onBug };
}

async function open(
  parts: Components,
  options: EmulatorOptions & { onBug: (error: unknown) => void },
): Promise<Hosted> {
  const { site, clock, certificates, assumptions, calls } = parts;
  const { port = 0, tlsMax = 'TLSv1.2', onBug } = options;
  const serve = (gateway: EmulatedGateway) => grpcServer(gateway, { onBug, calls });
  const listener = await listen(serve(site.gateway), { certificates, port, tlsMax }).catch((error) => {
    site.close();
    throw error;
  });
  const remembers = !assumptions.restartForgets;
  const host = new GatewayHost({ site, listener, clock, certificates, remembers, serve, onBug });
  let closing: Promise<void> | undefined;
  const close = () => {
    host.close();
    site.close();
    clock.close();
    closing ??= listener.close();
    return closing;
  };
  return { ...parts, listener, host, close };
}

function assembled(hosted: Hosted): Emulator {
  const { world, seed, clock, certificates, journal, calls, rules, site, listener, host, close } = hosted;
  const stage = new Runner(() => emulator);
  const emulator: Emulator = {
    ...{ world, seed, clock, journal, calls, rules, stage },
    address: `127.0.0.1:${listener.port}`,
    port: listener.port,
    caCertificate: certificates.ca,
    gateway: viewOf(site),
    faults: new GatewayFaults(hosted),
    fieldwork: createDeviceActions(hosted),
    control: undefined,
    unplug: (deviceID, how) => site.unplug(deviceID, how),
    plug: (deviceID) => site.plug(deviceID),
    restartGateway: (remembers) => host.restart(remembers),
    reset: () => reset(hosted, stage),
    settled: () => host.settled(),
    close,
  };
  return emulator;
}

/** Takes back whatever has begun, and then begins anew. */
function reset({ host, clock, rules, flaws, journal, calls }: Hosted, stage: Runner): void {
  host.refuseIfClosed();
  stage.clear();
  clock.clear();
  rules.clear();
  flaws.clear();
  host.reset(() => {
    journal.clear();
    calls.clear();
  });
}

const warnOfBug = (error: unknown) => emitWarning(`bug in the emulator: ${inspect(error)}`);
