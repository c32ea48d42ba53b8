// How fast `gsdk watch -o ndjson` takes changes, beside a loop over the bare client library that only counts them. The
// two take turns, so that a slow minute of the machine meets both; the gateway is a process of its own.
//
//   node bench/watch.js              5 rounds of 100,000 changes
//   node bench/watch.js 10 200000    others
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { median, untilIdle, watch, watchedGateway } from './watched.js';

const [rounds = 5, changes = 100_000] = process.argv.slice(2).map(Number);
const gateway = await watchedGateway();

/** Changes a second of CPU time that a program takes. */
async function rateOf(args) {
  const child = spawn(process.execPath, args, {
    env: gateway.env,
    stdio: ['ignore', openSync('/dev/null', 'w'), 'inherit'],
  });
  const start = await untilIdle(child, gateway.process);
  gateway.change(changes);
  const { cpuMs } = await untilIdle(child, gateway.process);
  child.kill('SIGKILL');
  await once(child, 'exit');
  return changes / ((cpuMs - start.cpuMs) / 1000);
}

const rates = { watch: [], floor: [], ratio: [] };
for (let round = 0; round < rounds; round++) {
  const floorRate = await rateOf(gateway.floor);
  const watchRate = await rateOf(watch);
  rates.floor.push(floorRate);
  rates.watch.push(watchRate);
  rates.ratio.push(watchRate / floorRate);
}
console.log(`bare loop    ${Math.round(median(rates.floor))} changes a second`);
console.log(`gsdk watch   ${Math.round(median(rates.watch))} changes a second`);
console.log(`ratio        ${median(rates.ratio).toFixed(2)}`);
gateway.end();
