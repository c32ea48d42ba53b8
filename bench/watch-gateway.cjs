// The gateway of bench/watch.js and bench/watch-memory.js: told a burst of changes, it makes them.
const { startEmulator, realClock } = require('../dist/emulator.cjs');

const fleet = Array.from({ length: 100 }, (_, index) => ({
  deviceID: 1 + index,
  type: 18,
  IPAddr: `10.0.0.${1 + index}`,
}));

startEmulator({ fleet, clock: realClock(), journalSize: 1000 }).then((emulator) => {
  process.on('message', (burst) => emulator.faults.burst(burst));
  process.send({ address: emulator.address, ca: emulator.caCertificate });
});
