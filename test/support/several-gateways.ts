import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Type } from '../../src/gen/device_pb.ts';
import { emulatedGateway } from './emulated-gateway.ts';
import { freePort } from './ports.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** The address of a device of a site: the sites share none. */
const addressOf = (deviceID: number) => `10.0.${Math.floor(deviceID / 256)}.${deviceID % 256}`;

/**
 * Two embedded gateways and one that is not running, as the profiles site1, site2, and away and gone, of a config file. site1 has
 * the devices 101 and 102 in its network, site2 has 201. Not to be called within a test.
 */
export async function severalGateways() {
  const device = (deviceID: number) => ({ deviceID, type: Type.BIOSTATION_2, IPAddr: addressOf(deviceID) });
  const site1 = await emulatedGateway({ fleet: [device(101), device(102)] });
  const site2 = await emulatedGateway({ fleet: [device(201)] });
  const away = `127.0.0.1:${await freePort()}`;
  const path = join(temporaryFolder(), 'config.json');
  const profiles = {
    site1: { gateway: site1.address, caFile: site1.caFile },
    site2: { gateway: site2.address, caFile: site2.caFile },
    away: { gateway: away, caFile: site1.caFile },
    gone: { gateway: away, caFile: site1.caFile },
  };
  writeFileSync(path, JSON.stringify({ profiles }), { mode: 0o600 });
  return { site1, site2, away, addressOf, env: { GSDK_CONFIG: path } };
}
