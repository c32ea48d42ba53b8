// How much memory `gsdk watch -o ndjson` takes while its reader sleeps, above what it had once it was synced, beside the
// bare client loop that only counts. They take turns. When the reader wakes up it is held against the gateway: that
// every change is printed or said to be merged, and that the last status of each device is that of the list.
//
//   node bench/watch-memory.js               5 runs of 1,000,000 changes at once, and of 50,000 at 5,000 a second
//   node bench/watch-memory.js 9 300000      others
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { gsdk, median, statOf, untilIdle, watch, watchedGateway } from './watched.js';

const [runs = 5, changes = 1_000_000] = process.argv.slice(2).map(Number);
const gateway = await watchedGateway();

/** The growth of a program whose output nobody reads, at most, in MB; then what it has printed is given to `check`. */
async function growthOf(args, burst, check = () => {}) {
  const child = spawn(process.execPath, args, { env: gateway.env, stdio: ['ignore', 'pipe', 'inherit'] });
  const { mb: start } = await untilIdle(child, gateway.process);
  let most = start;
  const sampling = setInterval(() => {
    most = Math.max(most, statOf(child).mb);
  }, 20);
  gateway.change(...burst);
  await untilIdle(child, gateway.process);
  clearInterval(sampling);
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  await untilIdle(child, gateway.process);
  child.kill('SIGKILL');
  await once(child, 'close');
  check(text, burst[0]);
  return { start, growth: most - start };
}

/** @throws Error when a change was neither printed nor said to be merged, or the last view is wrong */
function isRight(text, made) {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const printed = lines.filter(({ event, synthetic }) => event === 'change' && !synthetic).length;
  const merged = lines.filter(({ event }) => event === 'merged').reduce((sum, line) => sum + line.changes, 0);
  if (printed + merged !== made) throw new Error(`${printed} printed and ${merged} merged of ${made} changes`);
  const last = Object.fromEntries(
    lines.flatMap(({ deviceID, to }) => (deviceID === undefined ? [] : [[deviceID, to]])),
  );
  const listed = JSON.parse(execFileSync(process.execPath, [gsdk, 'device', 'ls', '--json'], { env: gateway.env }));
  const wrong = listed.filter(({ deviceID, status }) => last[deviceID] !== status);
  if (wrong.length > 0) throw new Error(`the last view is wrong: ${JSON.stringify(wrong)}`);
}

const measures = [
  ['gsdk watch, all at once', watch, [changes], isRight],
  ['gsdk watch, 5,000 a second', watch, [Math.min(changes, 50_000), 5000], isRight],
  ['bare loop, all at once', gateway.floor, [changes]],
].map(([name, ...what]) => ({ name, what, runs: [] }));
for (let run = 0; run < runs; run++) for (const measure of measures) measure.runs.push(await growthOf(...measure.what));
for (const { name, what, runs: each } of measures) {
  const growths = each.map(({ growth }) => growth);
  const [start, growth] = [median(each.map((one) => one.start)), median(growths)].map((mb) => mb.toFixed(0));
  const most = Math.max(...growths).toFixed(0);
  console.log(`${name}, ${what[1][0]} changes: ${start} MB at the start, ${growth} MB more (at most ${most})`);
}
gateway.end();
