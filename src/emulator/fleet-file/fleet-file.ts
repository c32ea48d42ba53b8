import type { BehaviorSwitches } from '../fidelity/behavior-switches.ts';
import type { GatewayConfig, GatewayVersion } from '../gateway-process/settings.ts';
import { toFleet } from '../input/fleet-records.ts';
import type { EmulatorOptions } from '../runtime/emulator.ts';
import { checkBy } from './check.ts';
import { type FleetDocument, parseFile } from './document.ts';
import { type ExpandedDevice, expand } from './expand.ts';
import { FileError, type Path, type Problem, pathText, placeText } from './problem.ts';
import { fleetSchema, gatewayConfigSchema } from './schema.ts';

/** What a fleet file says of an emulator. */
export type FleetPlan = Pick<
  EmulatorOptions,
  'fleet' | 'gatewayIPAddr' | 'gatewayVersion' | 'gatewayConfig' | 'assumptions'
>;

/** What many devices can have in common, as the schema has it. */
export interface Settings {
  labels?: Readonly<Record<string, string | number | boolean>>;
  factoryInfo?: Readonly<Record<string, string>>;
}

interface FileDevice extends Settings {
  deviceID: number;
  IPAddr: string;
  template?: string;
}

/** A fleet file that keeps to the schema. */
export interface FleetFile {
  gatewayVersion?: string | number;
  gatewayIPAddr?: string;
  gatewayConfig?: GatewayConfig;
  assumptions?: Partial<BehaviorSwitches>;
  templates?: Readonly<Record<string, Settings>>;
  devices?: readonly FileDevice[];
  groups?: readonly (FileDevice & { group: string; count: number })[];
}

const checkFleet = checkBy(fleetSchema);
const checkGatewayConfig = checkBy(gatewayConfigSchema);

/**
 * Reads a fleet file.
 * @param source how messages name the file
 * @throws FileError with everything that is wrong with it, by line and column
 */
export function readFleetFile(text: string, source: string): FleetPlan {
  const document = parseFile(text, source);
  refuseIf(checkFleet(document));
  const { gatewayVersion, gatewayIPAddr, gatewayConfig, assumptions, ...file } = document.value as FleetFile;
  const fleet = fleetOf(file, document);
  return {
    fleet,
    ...(gatewayVersion !== undefined && { gatewayVersion: `${gatewayVersion}` as GatewayVersion }),
    ...(gatewayIPAddr !== undefined && { gatewayIPAddr }),
    ...(gatewayConfig && { gatewayConfig }),
    ...(assumptions && { assumptions }),
  };
}

function fleetOf(file: FleetFile, document: FleetDocument) {
  const { source } = document;
  const problems: Problem[] = [];
  const refuse = (path: Path, message: string, other?: Path) => {
    const beside = other ? `: it is in ${pathText(other)} too, line ${document.placeOf(other).line}` : '';
    problems.push({ source, ...document.placeOf(path), message: `${pathText(path)}: ${message}${beside}` });
  };
  if (!file.devices && !file.groups) {
    problems.push({ source, ...document.placeOf([]), message: 'expected devices or groups' });
  }
  const devices = expand(file, refuse);
  refuseIf(problems.sort((one, other) => one.line - other.line || one.column - other.column));
  return toFleet(devices.map((device) => toRecord(device, document)));
}

/** Places are worked out for messages only. */
const toRecord = ({ fields, path }: ExpandedDevice, { source, placeOf }: FleetDocument) => ({
  fields,
  get where() {
    return placeText({ source, ...placeOf(path) });
  },
});

function refuseIf(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new FileError(problems);
}

/** A configuration, and the keys in its file that were passed over. */
export interface ReadGatewayConfig {
  config: GatewayConfig;
  unknown: readonly Problem[];
}

/**
 * Reads the `config.json` of a real gateway. Keys that the vendor does not document are passed over.
 * @throws FileError for what cannot be, by line and column
 */
export function readGatewayConfig(text: string, source: string): ReadGatewayConfig {
  const document = parseFile(text, source);
  const findings = checkGatewayConfig(document);
  refuseIf(findings.filter(({ isUnknownKey }) => !isUnknownKey));
  return { config: document.value as GatewayConfig, unknown: findings };
}

export { toFleetFile } from './write.ts';
