// What bench/watch.js and bench/watch-memory.js share: a gateway in a process of its own, and a look at processes.
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { root } from '../tools/run.js';

export const gsdk = join(root, 'bin', 'gsdk.js');

/** The watch that is measured: what the gateway has to tell is never dropped there. */
export const watch = [gsdk, 'watch', '-o', 'ndjson', '--queue-size', '1000000'];

/** A gateway with a hundred devices that are all connected, and the bare client loop as a program. */
export async function watchedGateway() {
  const folder = mkdtempSync(join(tmpdir(), 'gsdk-bench-'));
  const gateway = fork(join(root, 'bench', 'watch-gateway.cjs'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [{ address, ca }] = await once(gateway, 'message');
  const caFile = join(folder, 'ca.crt');
  writeFileSync(caFile, ca);
  const env = { PATH: process.env.PATH, GSDK_GATEWAY: address, GSDK_CA_FILE: caFile };
  const devices = Array.from({ length: 100 }, (_, index) => `${1 + index}@10.0.0.${1 + index}`);
  await once(spawn(process.execPath, [gsdk, 'async', 'add', ...devices, '--wait'], { env, stdio: 'ignore' }), 'exit');
  const floor = join(folder, 'floor.mjs');
  const entry = join(root, 'bench', 'raw-watch.js');
  await build({ entryPoints: [entry], outfile: floor, bundle: true, platform: 'node', format: 'esm' });
  return {
    env,
    process: gateway,
    floor: [floor],
    /** Has so many changes made, at such a rate. All at once: as fast as the gateway can. */
    change: (changes, perSecond = 500_000) => gateway.send({ changes, perSecond }),
    end() {
      gateway.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

/** CPU time of a process, in milliseconds, its resident memory, in MB, and whether it waits for something to happen. */
export function statOf({ pid }) {
  const cells = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return {
    cpuMs: (Number(cells[11]) + Number(cells[12])) * 10,
    mb: Number(cells[21]) / 256,
    isAsleep: cells[0] === 'S',
  };
}

/** Waits until processes have slept for a second: then all that there was is done. @returns the state of the first */
export async function untilIdle(...children) {
  for (let before = ''; ; ) {
    await pause(1000);
    const stats = children.map(statOf);
    const now = stats.map(({ cpuMs }) => cpuMs).join();
    if (now === before && stats.every(({ isAsleep }) => isAsleep)) return stats[0];
    before = now;
  }
}

export const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
