// How fast `gsdk watch -o ndjson` takes changes, beside a loop over the bare client library that only counts them,
// and how much memory it takes while its reader sleeps. The two take turns, so that a slow minute of the machine
// meets both; the gateway is a process of its own.
//
//   node bench/watch.js                      5 rounds of 100,000 changes, then 1,000,000 into a sleeping reader
//   node bench/watch.js 10 200000 2000000    others
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { build } from 'esbuild';
import { root } from '../tools/run.js';

const [rounds = 5, changes = 100_000, unread = 1_000_000] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'gsdk-bench-'));
const gateway = fork(join(root, 'bench', 'watch-gateway.cjs'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
const [{ address, ca }] = await once(gateway, 'message');
const caFile = join(folder, 'ca.crt');
writeFileSync(caFile, ca);
const env = { PATH: process.env.PATH, GSDK_GATEWAY: address, GSDK_CA_FILE: caFile };
const gsdk = join(root, 'bin', 'gsdk.js');
const devices = Array.from({ length: 100 }, (_, index) => `${1 + index}@10.0.0.${1 + index}`);
await once(spawn(process.execPath, [gsdk, 'async', 'add', ...devices], { env, stdio: 'ignore' }), 'exit');
const floor = join(folder, 'floor.mjs');
await build({
  ...{
    entryPoints: [join(root, 'bench', 'raw-watch.js')],
    outfile: floor,
    bundle: true,
    platform: 'node',
    format: 'esm',
  },
});
const watch = [gsdk, 'watch', '-o', 'ndjson', '--queue-size', '1000000'];

/** Lets the gateway make so many changes, and waits until it has. */
const change = async (count) => {
  gateway.send(count);
  await once(gateway, 'message');
};

/** CPU time of a process, in milliseconds, and its memory, in MB. */
const statOf = (pid) => {
  const cells = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return { cpuMs: (Number(cells[11]) + Number(cells[12])) * 10, mb: Number(cells[21]) / 256 };
};

/** Changes a second of CPU time that a program takes: until it has slept for half a second. */
const rateOf = async (args) => {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', openSync('/dev/null', 'w'), 'inherit'] });
  await pause(2500);
  const start = statOf(child.pid);
  await change(changes);
  let last = statOf(child.pid);
  for (let before = start; before.cpuMs !== last.cpuMs; last = statOf(child.pid)) {
    before = last;
    await pause(500);
  }
  child.kill('SIGKILL');
  await once(child, 'exit');
  return changes / ((last.cpuMs - start.cpuMs) / 1000);
};

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

const rates = { watch: [], floor: [], ratio: [] };
for (let round = 0; round < rounds; round++) {
  const floorRate = await rateOf([floor]);
  const watchRate = await rateOf(watch);
  rates.floor.push(floorRate);
  rates.watch.push(watchRate);
  rates.ratio.push(watchRate / floorRate);
}
console.log(`bare loop    ${Math.round(median(rates.floor))} changes a second`);
console.log(`gsdk watch   ${Math.round(median(rates.watch))} changes a second`);
console.log(`ratio        ${median(rates.ratio).toFixed(2)}`);

const child = spawn(process.execPath, watch, { env, stdio: ['ignore', 'pipe', 'inherit'] });
await pause(2500);
const start = statOf(child.pid);
let most = start.mb;
const sampling = setInterval(() => {
  most = Math.max(most, statOf(child.pid).mb);
}, 50);
await change(unread);
await pause(3000);
clearInterval(sampling);
console.log(
  `${unread} changes unread: ${start.mb.toFixed(0)} MB at the start, ${(most - start.mb).toFixed(0)} MB more at most`,
);
child.kill('SIGKILL');
gateway.kill();
rmSync(folder, { recursive: true });
