import { GsdkError, toGsdkError } from '../../errors/gsdk-error.ts';
import type { Gateway, ManagedDevice } from '../gateway.ts';
import { inferVersionBounds } from '../grpc/version-bounds.ts';
import { type CheckResult, fail, pass, warn } from './layer.ts';

/** How long devices are searched for, in milliseconds. */
const searchMs = 1000;

/** Looks at a gateway to which the way is open. */
export async function checkGateway(gateway: Gateway): Promise<CheckResult[]> {
  const devices = await gateway.devices().catch(toGsdkError);
  if (devices instanceof GsdkError) {
    const isAnswer = devices.failure.stage !== 'transport';
    return isAnswer ? [pass('grpc', 'it answers'), fail('service', devices)] : [fail('grpc', devices)];
  }
  return [
    pass('grpc', 'it answers'),
    pass('service', 'it is a device gateway'),
    pass('version', versionText(gateway, devices)),
    await searched(gateway),
    await filtered(gateway),
    managing(devices),
  ];
}

function versionText(gateway: Gateway, devices: readonly ManagedDevice[]): string {
  const { minVersion, maxVersion } = inferVersionBounds(gateway.identity() ?? { hasOldNames: false }, devices);
  return maxVersion === null ? `${minVersion} or newer` : `${maxVersion} or older`;
}

async function searched(gateway: Gateway): Promise<CheckResult> {
  const answer = await gateway.search(searchMs).catch(toGsdkError);
  if (answer instanceof GsdkError) return fail('search', answer);
  if (answer.devices.length > 0) return pass('search', `${answer.devices.length} devices answered within 1 s`);
  return warn(
    'search',
    'no device answered within 1 s',
    'longer: gsdk search --duration 10s; another gateway on its host would keep the search port from it',
  );
}

async function filtered(gateway: Gateway): Promise<CheckResult> {
  const filter = await gateway.filter().catch(toGsdkError);
  if (filter instanceof GsdkError) return fail('filter', filter);
  if (!filter.allowAll) return pass('filter', `it accepts the ${filter.deviceIDs.length} devices that are listed`);
  const mend = 'to accept the listed devices only: gsdk filter listed-only --keep-connected';
  return warn('filter', 'it accepts whoever dials in', mend);
}

function managing(devices: readonly ManagedDevice[]): CheckResult {
  const connected = devices.filter((device) => device.connected).length;
  if (devices.length > 0)
    return pass('devices', `it manages ${devices.length} devices, ${connected} of them connected`);
  return warn(
    'devices',
    'it manages none; a gateway that was restarted has forgotten all',
    'from a site file: gsdk apply -f FILE; without: gsdk search',
  );
}
