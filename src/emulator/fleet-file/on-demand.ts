import type { FleetDevice } from '../world/device.ts';
import type { FleetPlan, ReadGatewayConfig } from './fleet-file.ts';

// What reads and writes YAML, and holds it against a schema, is loaded when a fleet file is at hand.

/**
 * Reads a fleet file.
 * @param source how messages name the file
 * @throws FileError with everything that is wrong with it, by line and column
 */
export const readFleetFile = async (text: string, source: string): Promise<FleetPlan> =>
  (await import('./fleet-file.ts')).readFleetFile(text, source);

/**
 * Reads the `config.json` of a real gateway. Keys that the vendor does not document are passed over.
 * @throws FileError for what cannot be, by line and column
 */
export const readGatewayConfig = async (text: string, source: string): Promise<ReadGatewayConfig> =>
  (await import('./fleet-file.ts')).readGatewayConfig(text, source);

/** A fleet as a fleet file: a device a line, with what differs from a device as it comes. */
export const toFleetFile = async (fleet: readonly FleetDevice[]): Promise<string> =>
  (await import('./fleet-file.ts')).toFleetFile(fleet);
