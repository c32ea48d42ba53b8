// What the embedded gateway costs: time to be ready, memory, changes a second. Each figure is of a process of its own.
//
//   npm run bench:emulator              all of them
//   node bench/emulator.js memory       those whose name begins so
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Client, credentials } from '@grpc/grpc-js';

const require = createRequire(import.meta.url);
const connect = '/gsdk.connect.Connect/';
const { startEmulator, manualClock, readFleetFile, scaledClock } = require('../dist/emulator.cjs');
const self = fileURLToPath(import.meta.url);
const megabyte = 1024 * 1024;

/** Devices with addresses in 10.0.0.0/8, all dialled by the gateway. */
const fleetOf = (count) =>
  Array.from({ length: count }, (_, index) => ({
    deviceID: index + 1,
    type: 18,
    IPAddr: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
  }));

const varint = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...varint(Math.floor(value / 128))]);
const field = (number, bytes) => [(number << 3) | 2, ...varint(bytes.length), ...bytes];

/** `AddAsyncConnectionRequest`, by hand: a client of its own, so that only the gateway is measured. */
const addAsyncRequest = (fleet) =>
  Buffer.from(
    fleet.flatMap(({ deviceID, IPAddr }) =>
      field(1, [8, ...varint(deviceID), ...field(2, Buffer.from(IPAddr)), 24, ...varint(51211)]),
    ),
  );

function clientOf({ address, caCertificate }) {
  const client = new Client(address, credentials.createSsl(Buffer.from(caCertificate)), {
    'grpc.ssl_target_name_override': 'localhost',
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_http_proxy': 0,
    'grpc.max_receive_message_length': -1,
  });
  const asIs = (bytes) => bytes;
  return {
    call: (method, request = Buffer.alloc(0)) =>
      new Promise((resolve, reject) => {
        client.makeUnaryRequest(`${connect}${method}`, asIs, asIs, request, (error, answer) =>
          error ? reject(error) : resolve(answer),
        );
      }),
    subscribe: (queueSize) =>
      client.makeServerStreamRequest(`${connect}SubscribeStatus`, asIs, asIs, Buffer.from([8, ...varint(queueSize)])),
    close: () => client.close(),
  };
}

const elapsed = async (act) => {
  const begun = performance.now();
  await act();
  return performance.now() - begun;
};

const until = async (isSo) => {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 1));
};

/** How long until a client's first call is answered, over what Node itself needs. */
async function ready(devices) {
  let emulator;
  const ms = await elapsed(async () => {
    emulator = await startEmulator({ fleet: fleetOf(devices) });
  });
  await emulator.close();
  return { figure: Math.round(performance.now() - loadedAt + loadMs), unit: 'ms', startAloneMs: Math.round(ms) };
}

/** The same with a fleet file that has each device on a line of its own. */
async function readyFromFile(devices) {
  const lines = fleetOf(devices).map(({ deviceID, IPAddr }) => `  - { deviceID: ${deviceID}, IPAddr: ${IPAddr} }`);
  const text = ['devices:', ...lines].join('\n');
  let plan;
  const ms = await elapsed(async () => {
    plan = await readFleetFile(text, 'fleet.yaml');
  });
  const emulator = await startEmulator(plan);
  await emulator.close();
  return { figure: Math.round(performance.now() - loadedAt + loadMs), unit: 'ms', readAloneMs: Math.round(ms) };
}

async function memory(devices) {
  const emulator = await startEmulator({ fleet: fleetOf(devices) });
  const client = clientOf(emulator);
  await client.call('GetDeviceList');
  global.gc?.();
  const figure = Math.round(process.memoryUsage().rss / megabyte);
  client.close();
  await emulator.close();
  return { figure, unit: 'MB' };
}

async function connections(devices) {
  const fleet = fleetOf(devices);
  const emulator = await startEmulator({ fleet, clock: scaledClock(9_999), journalSize: 1_000_000 });
  const client = clientOf(emulator);
  const request = addAsyncRequest(fleet);
  const ms = await elapsed(async () => {
    await client.call('AddAsyncConnection', request);
    await until(() => emulator.journal.seq >= 1 + 3 * devices);
    await client.call('GetDeviceList');
  });
  client.close();
  await emulator.close();
  return { figure: Math.round(ms), unit: 'ms' };
}

/** Ten subscribers in another process; what they have been told is counted there. */
async function changes(perSecond) {
  const fleet = fleetOf(1_000);
  const emulator = await startEmulator({ fleet, clock: scaledClock(1), journalSize: 1_000_000 });
  const client = clientOf(emulator);
  await client.call('AddAsyncConnection', addAsyncRequest(fleet));
  await until(() => emulator.journal.seq >= 1 + 3 * 1_000);
  const { address, caCertificate } = emulator;
  const count = 10 * perSecond;
  const listener = spawn(process.execPath, [self, '--listen'], { stdio: ['pipe', 'pipe', 'inherit'] });
  listener.stdin.end(JSON.stringify({ address, caCertificate, count }));
  await new Promise((resolve) => listener.stdout.once('data', resolve));
  let told = '';
  listener.stdout.on('data', (data) => {
    told += data;
  });
  const ms = await elapsed(async () => {
    emulator.faults.burst({ changes: count, perSecond });
    await new Promise((resolve) => listener.once('close', resolve));
  });
  client.close();
  await emulator.close();
  const arrived = JSON.parse(told);
  return { figure: Math.round(Math.min(...arrived) / (ms / 1000)), unit: 'changes/s', lost: 10 * count - sum(arrived) };
}

const sum = (numbers) => numbers.reduce((one, other) => one + other, 0);

/** The other process of `changes`: ends when all have come, or none for two seconds. */
async function listen() {
  let input = '';
  for await (const chunk of process.stdin) input += chunk;
  const { count, ...target } = JSON.parse(input);
  const counts = Array(10).fill(0);
  const clients = counts.map(() => clientOf(target));
  for (const [index, client] of clients.entries()) {
    const stream = client.subscribe(20_000);
    stream.on('error', () => {});
    stream.on('data', () => {
      counts[index] += 1;
    });
    await client.call('GetDeviceList');
  }
  console.log('ready');
  let last = -1;
  while (sum(counts) < 10 * count && sum(counts) !== last) {
    last = sum(counts);
    for (let wait = 0; wait < 40 && sum(counts) < 10 * count; wait++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  console.log(JSON.stringify(counts));
  process.exit(0);
}

async function stop() {
  const emulator = await startEmulator({ fleet: fleetOf(10) });
  const clients = Array.from({ length: 10 }, () => clientOf(emulator));
  for (const client of clients) {
    client.subscribe(16).on('error', () => {});
    await client.call('GetDeviceList');
  }
  const figure = Math.round(await elapsed(() => emulator.close()));
  for (const client of clients) client.close();
  return { figure, unit: 'ms' };
}

/** A device a minute goes down and comes back a minute later, for days; the heap after the first day is the measure. */
async function soak(days) {
  const fleet = fleetOf(1_000);
  const clock = manualClock(0);
  const emulator = await startEmulator({ fleet, clock, journalSize: 1_000 });
  const client = clientOf(emulator);
  await client.call('AddAsyncConnection', addAsyncRequest(fleet));
  clock.advance(1_000);
  const heapAfter = (minutes) => {
    for (let minute = 0; minute < minutes; minute++) {
      emulator.unplug((minute % 1_000) + 1, minute % 2 ? 'fin' : 'silent');
      clock.advance(60_000);
      emulator.plug((minute % 1_000) + 1);
    }
    global.gc();
    return process.memoryUsage().heapUsed;
  };
  const first = heapAfter(24 * 60);
  const ms = await elapsed(() => heapAfter((days - 1) * 24 * 60));
  const last = heapAfter(1);
  client.close();
  await emulator.close();
  const growth = Math.round((1000 * (last - first)) / first) / 10;
  return { figure: growth, unit: '% of heap', wallMs: Math.round(ms), events: emulator.journal.seq };
}

/** Name, what is measured, and what is asked for at most (or at least, of a rate). */
const measures = [
  ['ready with 10 devices', () => ready(10), 500],
  ['ready with 10,000 devices', () => ready(10_000), 2_000],
  ['ready with a file of 10', () => readyFromFile(10), 500],
  ['ready with a file of 10,000', () => readyFromFile(10_000), 2_000],
  ['memory with 10,000 devices', () => memory(10_000), 150],
  ['memory with 100,000 devices', () => memory(100_000), 450],
  ['connections, 10,000 all up', () => connections(10_000), 3_000],
  ['changes to ten subscribers', () => changes(5_000), 5_000],
  ['stop with ten open streams', stop, 1_000],
  ['soak of 30 emulated days', () => soak(30), 5],
];

const loadMs = performance.now();
const loadedAt = performance.now();
const [option, wanted] = process.argv.slice(2);
if (option === '--listen') await listen();
else if (option === '--measure') {
  const [, measure] = measures.find(([name]) => name === wanted);
  console.log(JSON.stringify(await measure()));
} else for (const [name, , target] of measures) if (name.startsWith(option ?? '')) await show(name, target);

async function show(name, target) {
  const args = ['--expose-gc', self, '--measure', name];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  for await (const chunk of child.stdout) text += chunk;
  const { figure, unit, ...more } = JSON.parse(text || '{"figure":null,"unit":"failed"}');
  console.log(
    `${name.padEnd(30)} ${String(figure).padStart(8)} ${unit.padEnd(10)} target ${target}  ${JSON.stringify(more)}`,
  );
}
