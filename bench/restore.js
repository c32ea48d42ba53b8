// How long it takes until all doors of a site are back after its gateway was restarted, with the watch of docs/sites.md
// that restores it: 1,000 doors on an embedded gateway in a process of its own, in real time. Doors that dial in try
// again 24 s after they were cut off, whatever anybody does.
//
//   node bench/restore.js         3 rounds
//   node bench/restore.js 5       5 rounds
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { gsdk, median, siteOfDoors } from './site-of-doors.js';

const rounds = Number(process.argv[2] ?? 3);
const { site, gateway, env, close } = await siteOfDoors(1);
const run = (...args) => spawnSync(process.execPath, gsdk(...args), { env, encoding: 'utf8' }).status;
if (run('apply', '-f', site, '--wait', '--timeout', '2m') !== 0) throw new Error('the site cannot be brought up');

const restore = `test "$GSDK_EMPTIED" = true || exit 0
"${process.execPath}" "${gsdk()[0]}" apply -f "${site}" --wait --timeout 5m > /dev/null && echo restored >&2`;
const watch = spawn(
  process.execPath,
  gsdk('watch', '--no-snapshot', '--exec-on', 'resumed', '--exec-timeout', '10m', '--', 'sh', '-c', restore),
  { env, stdio: ['ignore', 'pipe', 'pipe'] },
);
watch.stdout.setEncoding('utf8');
watch.stderr.setEncoding('utf8');
/** Resolves when a word comes on a stream. */
const told = (stream, word) =>
  new Promise((resolve) => {
    const look = (chunk) => {
      if (!chunk.includes(word)) return;
      stream.off('data', look);
      resolve();
    };
    stream.on('data', look);
  });
await told(watch.stdout, 'synced');
watch.stdout.resume();
const times = [];
for (let round = 0; round < rounds; round++) {
  const restored = told(watch.stderr, 'restored');
  gateway.send('recover');
  const [time] = await once(gateway, 'message');
  await restored;
  times.push(time);
  if (run('check', '-f', site) !== 0) throw new Error('the site is not as it should be');
}
watch.kill();
const line = (about, values) => console.log(`${about.padEnd(58)} ${(median(values) / 1000).toFixed(1)} s`);
line(
  'from the restart until the doors that are dialled are back',
  times.map(({ dialledMs }) => dialledMs),
);
line(
  'until those that dial in are back too',
  times.map(({ allMs }) => allMs),
);
close();
