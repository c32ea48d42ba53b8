// How long gsdk takes from start to end as a whole process, beside the least that Node could do.
// The programs take turns, so that a slow minute of the machine meets all of them.
//
//   npm run bench:startup            40 rounds
//   node bench/startup.js 100        100 rounds
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../tools/run.js';

const rounds = Number(process.argv[2] ?? 40);
const { startEmulator } = createRequire(import.meta.url)('../dist/emulator.cjs');
const emulator = await startEmulator();
const folder = mkdtempSync(join(tmpdir(), 'gsdk-bench-'));
const caFile = join(folder, 'ca.crt');
writeFileSync(caFile, emulator.caCertificate);

// Node 20 parses NODE_EXTRA_CA_CERTS at every start, TLS or not, so it stays out of the environment.
const env = { PATH: process.env.PATH, GSDK_GATEWAY: emulator.address, GSDK_CA_FILE: caFile };
const gsdk = join(root, 'bin', 'gsdk.js');

/** What is compared with what: a program, and the floor it stands on. */
const comparisons = [
  { name: 'gsdk --version', program: [gsdk, '--version'], floor: ['-e', '0'], floorName: 'node -e 0' },
  { name: 'gsdk --help', program: [gsdk, '--help'], floor: ['-e', '0'], floorName: 'node -e 0' },
  {
    name: 'gsdk device ls -o json',
    program: [gsdk, 'device', 'ls', '-o', 'json'],
    floor: [join(root, 'bench', 'raw-call.cjs')],
    floorName: 'node:http2, same call',
  },
];

const wallMs = (args) =>
  new Promise((resolve, reject) => {
    const startMs = performance.now();
    spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] })
      .on('close', (code) =>
        code === 0 ? resolve(performance.now() - startMs) : reject(new Error(`${args}: ${code}`)),
      )
      .stdout.resume();
  });

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];

console.log('program                 median ms  floor                  median ms  ratio');
for (const { name, program, floor, floorName } of comparisons) {
  const times = { program: [], floor: [], ratio: [] };
  for (let round = -2; round < rounds; round++) {
    const programMs = await wallMs(program);
    const floorMs = await wallMs(floor);
    if (round < 0) continue;
    times.program.push(programMs);
    times.floor.push(floorMs);
    times.ratio.push(programMs / floorMs);
  }
  const cells = [
    name.padEnd(22),
    median(times.program).toFixed(1).padStart(10),
    ` ${floorName.padEnd(21)}`,
    median(times.floor).toFixed(1).padStart(10),
    median(times.ratio).toFixed(2).padStart(6),
  ];
  console.log(cells.join(' '));
}

await emulator.close();
rmSync(folder, { recursive: true });
