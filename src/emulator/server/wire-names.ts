import type { DescMethod, DescService } from '@bufbuild/protobuf';
import type { GatewaySettings } from '../gateway-process/settings.ts';

type Naming = Pick<GatewaySettings, 'packagePrefix'>;

/** The full name of a service as a gateway has it: `connect.Connect` before V1.5 (gateway-behaviour section 11). */
export const serviceName = ({ typeName }: DescService, { packagePrefix }: Naming): string =>
  typeName.replace(/^gsdk\./, packagePrefix);

/** The path of a method as a gateway has it. */
export const methodPath = ({ parent, name }: DescMethod, naming: Naming): string =>
  `/${serviceName(parent, naming)}/${name}`;
