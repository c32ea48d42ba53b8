import type { GatewayView } from './gateway-view.ts';
import type { Simulation } from './simulation.ts';

/** The gateway of a site, whichever process that is at the time. */
export const viewOf = (site: Simulation): GatewayView => ({
  get isUp() {
    return site.isUp;
  },
  get allowsAll() {
    return site.isUp && site.gateway.acceptFilter.rules.allowAll;
  },
  managed: () => (site.isUp ? site.gateway.managed.all() : []),
  managedDevice: (deviceID) => (site.isUp ? site.gateway.managed.get(deviceID) : undefined),
  accepts: (deviceID) => site.isUp && site.gateway.acceptFilter.accepts(deviceID),
});
