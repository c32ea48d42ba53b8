import type { ManagedDevice } from '../gateway.ts';
import type { GatewayIdentity } from '../transport/certificate.ts';

/** Which versions a gateway may be of, as far as it betrays that; null where nothing does. */
export interface VersionBounds {
  minVersion: string | null;
  maxVersion: string | null;
}

/**
 * No call asks a gateway for its version. V1.5 renamed its services (wire contract, section 0), and 1.9.1 brought a
 * status that older ones never show (gateway-behaviour F08).
 */
export function inferVersionBounds(
  { hasOldNames }: Pick<GatewayIdentity, 'hasOldNames'>,
  devices: readonly Pick<ManagedDevice, 'status'>[],
): VersionBounds {
  if (hasOldNames) return { minVersion: null, maxVersion: '1.4' };
  const isNew = devices.some(({ status }) => status === 'TRY_TO_CONNECT');
  return { minVersion: isNew ? '1.9.1' : '1.5', maxVersion: null };
}
