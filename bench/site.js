// How long it takes to find out what a gateway has forgotten, and to bring it back: 1,000 doors on an embedded gateway
// that is a process of its own, three of four dialled and the fourth dialling in. With a number of kills, apply is
// killed that often at a random moment and run again, and the end is compared.
//
//   node bench/site.js            5 rounds
//   node bench/site.js 10         10 rounds
//   node bench/site.js 5 200      5 rounds, then 200 kills
//   node bench/site.js 5 0 1      emulated time as fast as real time, and not 1,000 times: doors that dial in try again
//                                 after 24 s
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { gsdk, median, siteOfDoors } from './site-of-doors.js';

const [rounds = 5, kills = 0, factor = 1000] = process.argv.slice(2).map(Number);
const { folder, site, gateway, env, close } = await siteOfDoors(factor);
const apply = gsdk('apply', '-f', site, '--wait', '--timeout', '5m', '-o', 'json');

/** Runs a program to its end, with a folder of its own for locks, and tells how long it took in milliseconds. */
function run(args, expected) {
  const TMPDIR = mkdtempSync(join(folder, 'tmp-'));
  const startMs = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { env: { ...env, TMPDIR }, encoding: 'utf8' });
  if (status !== expected)
    throw new Error(`${args.slice(1).join(' ')}: ${status}, not ${expected}: ${stderr || stdout}`);
  return { elapsedMs: performance.now() - startMs, stdout };
}

const restart = async () => {
  gateway.send('restart');
  await once(gateway, 'message');
};
const times = { empty: [], back: [], content: [], again: [] };
for (let round = 0; round < rounds; round++) {
  await restart();
  times.empty.push(run(gsdk('check', '-f', site), 8).elapsedMs);
  times.back.push(run(apply, 0).elapsedMs);
  times.content.push(run(gsdk('check', '-f', site), 0).elapsedMs);
  times.again.push(run(apply, 0).elapsedMs);
}
const line = (about, values) => console.log(`${about.padEnd(58)} ${Math.round(median(values))} ms`);
line('check of 1,000 doors, all as they should be', times.content);
line('check of 1,000 doors that a gateway has forgotten', times.empty);
line('apply --wait after a restart, until all doors are back', times.back);
line('apply --wait with nothing to do', times.again);

const wanted = run(gsdk('export', '-o', 'json'), 0).stdout;
let killed = 0;
for (let left = kills; left > 0; left--) {
  if (Math.random() < 0.5) await restart();
  const TMPDIR = mkdtempSync(join(folder, 'tmp-'));
  const child = spawn(process.execPath, apply, { env: { ...env, TMPDIR }, stdio: 'ignore' });
  const ended = once(child, 'exit');
  await Promise.race([ended, pause(Math.random() * median(times.back))]);
  if (child.kill('SIGKILL')) killed++;
  await ended;
  run(apply, 0);
  run(gsdk('check', '-f', site), 0);
  if (run(gsdk('export', '-o', 'json'), 0).stdout !== wanted) throw new Error('it ended in another state');
}
if (kills > 0)
  console.log(`${killed} of ${kills} runs killed on their way; after the next one each time the same state`);
close();
