// The gateway of bench/site-of-doors.js: forgets everything when it is told to restart, and says how long it took until
// its doors were back when it is asked to `recover`.
const { readFileSync } = require('node:fs');
const { scaledClock, startEmulator, toFleet } = require('../dist/emulator.cjs');

const [site, factor] = process.argv.slice(2);
const doors = JSON.parse(readFileSync(site, 'utf8'));
const records = doors.map((fields, index) => ({ fields, where: `door ${index}` }));
const dialled = new Set(
  doors.filter((door) => door.connectionMode === 'SERVER_TO_DEVICE').map((door) => door.deviceID),
);

/** Restarts the gateway; the times until those that it dials are connected, and until all are, in milliseconds. */
function recover(emulator) {
  const up = new Set();
  const times = {};
  const startMs = performance.now();
  const stop = emulator.journal.follow(({ kind, deviceID, status }) => {
    if (kind !== 'status') return;
    if (status === 1 || status === 2) up.add(deviceID);
    else up.delete(deviceID);
    if ([...dialled].every((id) => up.has(id))) times.dialledMs ??= performance.now() - startMs;
    if (up.size < doors.length) return;
    stop();
    process.send({ ...times, allMs: performance.now() - startMs });
  });
  emulator.restartGateway(false);
}

startEmulator({ fleet: toFleet(records), clock: scaledClock(Number(factor)) }).then((emulator) => {
  process.on('message', (word) => {
    if (word === 'recover') return recover(emulator);
    emulator.restartGateway(false);
    process.send('restarted');
  });
  process.send({ address: emulator.address, ca: emulator.caCertificate });
});
