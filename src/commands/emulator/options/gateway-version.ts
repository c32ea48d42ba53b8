import { Option } from '@commander-js/extra-typings';
import type { GatewayVersion } from '../../../emulator/index.ts';

/** Written down once more, because the help must not load the emulator. */
const versions = ['1.4', '1.5', '1.7.1', '1.9.1'] as const satisfies readonly GatewayVersion[];

/** `--gateway-version` */
export const gatewayVersionOption = () =>
  new Option(
    '--gateway-version <VERSION>',
    'the version of the gateway, with what it differs in; 1.9.1 unless given',
  ).choices(versions);
