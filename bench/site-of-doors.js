// The site of bench/site.js and bench/restore.js: 1,000 doors on an embedded gateway that is a process of its own, three
// of four dialled and the fourth dialling in, a tenth with slaves.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../tools/run.js';

/** Starts its gateway. @param factor how fast emulated time is */
export async function siteOfDoors(factor) {
  const folder = mkdtempSync(join(tmpdir(), 'gsdk-bench-'));
  const site = join(folder, 'site.json');
  const doors = Array.from({ length: 1000 }, (_, index) => ({
    deviceID: 1001 + index,
    name: `Door ${index}`,
    IPAddr: `10.0.${index >> 7}.${(index & 127) + 1}`,
    connectionMode: index % 4 === 3 ? 'DEVICE_TO_SERVER' : 'SERVER_TO_DEVICE',
    useSSL: index % 2 === 0,
    rs485SlaveDeviceIDs: index % 10 === 0 ? [100_001 + index] : [],
  }));
  writeFileSync(site, JSON.stringify(doors));
  const gateway = fork(join(root, 'bench', 'site-gateway.cjs'), [site, String(factor)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const [{ address, ca }] = await once(gateway, 'message');
  const caFile = join(folder, 'ca.crt');
  writeFileSync(caFile, ca);
  const close = () => {
    gateway.kill();
    rmSync(folder, { recursive: true });
  };
  return { folder, site, gateway, env: { PATH: process.env.PATH, GSDK_GATEWAY: address, GSDK_CA_FILE: caFile }, close };
}

/** The command line of the built program. */
export const gsdk = (...args) => [join(root, 'bin', 'gsdk.js'), ...args];

/** The middle one of some numbers. */
export const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
