import type { Session } from '../../../cli/session.ts';
import type { FleetPlan, GatewayVersion } from '../../../emulator/index.ts';
import { usageError } from '../../../errors/gsdk-error.ts';
import { readFleet } from './fleet-option.ts';
import { readGatewayConfig } from './gateway-config.ts';

/** The options of the command line that say which gateway is played, and which devices. */
export interface GatewayOptions {
  fleet?: string | undefined;
  devices?: number | undefined;
  gatewayVersion?: GatewayVersion | undefined;
  gatewayConfig?: string | undefined;
}

/** The most devices that `--devices` takes: as many as a hundred gateways have (gateway-behaviour G4). */
export const mostDevices = 100_000;

/**
 * Reads the files that the options name. What an option says wins over the fleet file.
 *
 * @throws GsdkError (USAGE) naming file and place
 */
export async function readGateway(given: GatewayOptions, session: Session): Promise<FleetPlan> {
  const { fleet, devices, gatewayVersion } = given;
  if (fleet !== undefined && devices !== undefined) throw usageError('--devices beside --fleet', 'say one of them');
  const plan = fleet === undefined ? await numbered(devices) : await readFleet(fleet, session);
  return { ...plan, ...(await readOverrides({ gatewayVersion, gatewayConfig: given.gatewayConfig }, session)) };
}

/** What options say of every gateway that is started, whatever its fleet file says. */
export async function readOverrides(
  { gatewayVersion, gatewayConfig: path }: Pick<GatewayOptions, 'gatewayVersion' | 'gatewayConfig'>,
  session: Session,
): Promise<FleetPlan> {
  const gatewayConfig = path === undefined ? undefined : await readGatewayConfig(path, session);
  return { ...(gatewayVersion && { gatewayVersion }), ...(gatewayConfig && { gatewayConfig }) };
}

async function numbered(devices: number | undefined): Promise<FleetPlan> {
  if (devices === undefined) return {};
  const { numberedFleet } = await import('../../../emulator/index.ts');
  return { fleet: numberedFleet(devices) };
}
