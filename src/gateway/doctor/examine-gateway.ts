import { GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import type { Gateway, ManagedDevice } from '../gateway.ts';
import { versionBounds } from '../version-bounds.ts';
import { broken, type Finding, fine, odd } from './layer.ts';

/** How long devices are searched for, in milliseconds. */
const searchMs = 1000;

/** Looks at a gateway to which the way is open. */
export async function examineGateway(gateway: Gateway): Promise<Finding[]> {
  const devices = await gateway.devices().catch(toGsdkError);
  if (devices instanceof GsdkError) {
    const isAnswer = devices.failure.stage !== 'transport';
    return isAnswer ? [fine('grpc', 'it answers'), broken('service', devices)] : [broken('grpc', devices)];
  }
  return [
    fine('grpc', 'it answers'),
    fine('service', 'it is a device gateway'),
    fine('version', versionText(gateway, devices)),
    await searched(gateway),
    await filtered(gateway),
    managing(devices),
  ];
}

function versionText(gateway: Gateway, devices: readonly ManagedDevice[]): string {
  const { minVersion, maxVersion } = versionBounds(gateway.identity() ?? { hasOldNames: false }, devices);
  return maxVersion === null ? `${minVersion} or newer` : `${maxVersion} or older`;
}

async function searched(gateway: Gateway): Promise<Finding> {
  const answer = await gateway.search(searchMs).catch(toGsdkError);
  if (answer instanceof GsdkError) return broken('search', answer);
  if (answer.devices.length > 0) return fine('search', `${answer.devices.length} devices answered within 1 s`);
  return odd(
    'search',
    'no device answered within 1 s',
    'longer: gsdk search --duration 10s; another gateway on its host would keep the search port from it',
  );
}

async function filtered(gateway: Gateway): Promise<Finding> {
  const filter = await gateway.filter().catch(toGsdkError);
  if (filter instanceof GsdkError) return broken('filter', filter);
  if (!filter.allowAll) return fine('filter', `it accepts the ${filter.deviceIDs.length} devices that are listed`);
  const mend = 'to accept the listed devices only: gsdk filter listed-only --keep-connected';
  return odd('filter', 'it accepts whoever dials in', mend);
}

function managing(devices: readonly ManagedDevice[]): Finding {
  const connected = devices.filter((device) => device.connected).length;
  if (devices.length > 0)
    return fine('devices', `it manages ${devices.length} devices, ${connected} of them connected`);
  return odd(
    'devices',
    'it manages none; a gateway that was restarted has forgotten all',
    'from a site file: gsdk apply -f FILE; without: gsdk search',
  );
}
