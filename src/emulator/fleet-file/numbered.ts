import { toFleet } from '../input/fleet-records.ts';
import type { FleetDevice } from '../world/device.ts';
import { expand } from './expand.ts';

/** So many devices that are alike, numbered from 540000001 on, at addresses from 10.0.0.1 on. @throws RangeError for too many */
export function numberedFleet(count: number): FleetDevice[] {
  const where = `${count} devices`;
  const group = { group: 'devices', count, deviceID: 540_000_001, IPAddr: '10.0.0.1/8' };
  const devices = expand({ groups: [group] }, (_, message) => {
    throw new RangeError(message);
  });
  return toFleet(devices.map(({ fields }) => ({ fields, where })));
}
